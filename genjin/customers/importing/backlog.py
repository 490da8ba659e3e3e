"""Customers who are overdue as soon as they are imported: each is planned on one of the coming days of its owner's.

Overdue is still read from `due_on`; what moves is only the day on which somebody has a place for them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from genjin.core.audit.services import changes_between, entry, plain, record_many
from genjin.core.transfer import bulk
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer, ImportedChange
from genjin.customers.services.records import write_many
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import agenda_of
from genjin.playbooks.practice import Practice, Practices
from genjin.playbooks.rules.backlog import places

VERB = "customer.backlog_planned"
HORIZON = timedelta(days=366)  # of the plans that stand already; more than three working months
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a person's backlog of `count` comes to: `a_day` at most, done within `days` working days, `left` with no
    place in three months."""

    name: str
    count: int
    days: int
    a_day: int
    last_on: str
    left: int


def first_day(practice: Practice, person: Person, at: datetime) -> date:
    """Today while the shift of a working day runs, else the next working day."""
    now = timezone.localtime(at)
    start = now.date() if now.time() < person.unit.shift_to else now.date() + timedelta(days=1)
    return practice.calendar.next_working(start)


def ahead(counts: Mapping[int, int], *, at: datetime) -> list[dict[str, Any]]:
    """What the backlogs of these people (key → how many) come to, the longest first, as plain values."""
    practices = Practices()
    people = Person.objects.filter(pk__in=[pk for pk, count in counts.items() if count]).select_related("unit")
    found = []
    for person in people.order_by("pk"):
        practice, count = practices.of(person.unit), counts[person.pk]
        first = first_day(practice, person, at)
        agenda = agenda_of(person, practice, first=first)
        coming = places(
            first, calendar=practice.calendar, load=_load(person, first), slots=agenda.slots, leave=agenda.leave
        )
        free = list(islice(coming, count))
        last = free[-1].isoformat() if free else ""
        days = practice.calendar.between(first, free[-1]) + 1 if free else 0
        found.append(Ahead(person.name, count, days, agenda.slots, last, count - len(free)))
    return [asdict(one) for one in sorted(found, key=lambda one: (-one.days, -one.count))]


def place_backlog(run: ImportRun, *, at: datetime) -> int:
    """Plan every customer whose last day has passed by what the run told of it and who stands on no day yet.

    A transaction to a person; done a second time it places nobody again. How many were placed.
    """
    today = timezone.localdate(at)
    practices = Practices()
    owners = _backlog(run, today).order_by().values_list("owner", flat=True).distinct()
    people = Person.objects.filter(pk__in=list(owners)).select_related("unit").order_by("pk")
    return sum(_place(run, person, practices.of(person.unit), at=at) for person in people)


def _backlog(run: ImportRun, today: date) -> QuerySet[Customer]:
    changes = ImportedChange.objects.filter(run=run, customer=OuterRef("pk"), after__has_key="due_on").order_by()
    of_run = Q(import_run=run) | Q(Exists(changes))
    return Customer.objects.open().filter(of_run, owner__isnull=False, due_on__lt=today, planned_on=None)


@transaction.atomic
def _place(run: ImportRun, person: Person, practice: Practice, *, at: datetime) -> int:
    first = first_day(practice, person, at)
    # No key: a transaction on PostgreSQL that hangs something on a customer need not wait.
    backlog = _backlog(run, timezone.localdate(at)).filter(owner=person).order_by("pk")
    rows = {row.pk: row for row in backlog.select_for_update(of=("self",), no_key=True)}
    agenda = agenda_of(person, practice, first=first)
    overdue = [rules.Standing(row.pk, row.class_code, first, row.due_on) for row in rows.values() if row.due_on]
    spread = rules.spread(
        practice.playbook, overdue, first=first, calendar=practice.calendar, load=_load(person, first),
        slots=agenda.slots, leave=agenda.leave,
    )  # fmt: skip
    changed = []
    for pk, on, why in spread.days:
        row = rows[pk]
        row.planned_on, row.planned_why = on, why.as_json()
        if row.import_run_id != run.pk:
            row.version += 1
            changed.append(row)
    write_many([rows[pk] for pk, _on, _why in spread.days], ("planned_on", "planned_why", "version"))
    _record(run, changed, at=at)
    return len(spread.days)


def _record(run: ImportRun, changed: list[Customer], *, at: datetime) -> None:
    """The entries of customers who were there before the import, and what undoing gives back."""
    before: dict[str, Any] = {"planned_on": None, "planned_why": {}}
    entries, kept = [], []
    for row in changed:
        after = {name: plain(getattr(row, name)) for name in before}
        changes = {
            **changes_between(before, after),
            "import_run": [None, run.pk],
            "version": [row.version - 1, row.version],
        }
        entries.append(entry(by=run.by, at=at, verb=VERB, kind="customer", subject=row.pk, changes=changes))
        kept.append((run.pk, row.pk, row.version, *map(bulk.as_json, (before, after, {}))))
    record_many(entries)
    bulk.insert_rows(ImportedChange, ("run", "customer", "version", "before", "after", "made"), kept)


def _load(person: Person, first: date) -> dict[date, int]:
    return Customer.objects.planned_per_day(person, first, first + HORIZON)
