"""Undone customers get a new day the same night. No due date moves by this: what is overdue stays overdue."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, entry, record_many
from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.core.statements import Statement
from genjin.customers.models import Customer
from genjin.customers.services.records import write_many
from genjin.followups.services.outcome import LOAD_WINDOW, added_up
from genjin.followups.tasks.waiting import tasks_per_day
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import Agenda, agendas_of
from genjin.playbooks.practice import practices_of

MOVED = ("planned_on", "planned_why", "postponements", "version")
READ = (*MOVED, "class_code", "class_rank", "due_on")


def replan_undone(*, day: date, at: datetime) -> int:
    """Give everybody's customers that stood on a list up to `day` and are undone the next working day with a place.

    Key customers first, then the longest overdue. Never past the due date unless that has passed. Returns how many
    moved; a second run moves none.
    """
    people = list(Person.objects.active().filter(pk__in=_holding_undone(day)).select_related("unit"))
    agendas = agendas_of(people, practices_of({person.unit for person in people}), first=day)
    return sum(_replan_person(person, agendas[person.pk], day=day, at=at) for person in people)


def _holding_undone(day: date) -> Iterator[int]:
    rows = Customer.objects.open().filter(owner__isnull=False, planned_on__lte=day)
    return rows.order_by().values_list("owner", flat=True).distinct().iterator()


@transaction.atomic
def _replan_person(person: Person, agenda: Agenda, *, day: date, at: datetime) -> int:
    next_day = day + timedelta(days=1)
    first, passed = agenda.calendar.next_working(next_day), agenda.practice.calendar.next_working(next_day)
    undone = Customer.objects.select_for_update(of=("self",)).owned_by(person).filter(planned_on__lt=passed)
    rows = list(undone.only(*READ).order_by("pk"))
    load = added_up(_standing(person=person.pk, first=first, last=first + LOAD_WINDOW))
    keys = agenda.practice.playbook.key_classes
    entries: list[Entry] = []
    for row in sorted(rows, key=lambda row: (row.class_code not in keys, row.due_on, row.class_rank, row.pk)):
        before = {field: getattr(row, field) for field in MOVED}
        _move_on(row, agenda, first, load)
        assert row.planned_on is not None
        load[row.planned_on] += 1
        changes = changes_between(before, {field: getattr(row, field) for field in MOVED})
        entries.append(
            entry(by=None, at=at, verb="customer.replanned", kind="customer", subject=row.pk, changes=changes)
        )
    write_many(rows, MOVED)
    record_many(entries)
    return len(rows)


@Statement
def _standing(person: int, first: date, last: date) -> QuerySet:
    """How many customers and tasks stand on each of the coming days."""
    return Customer.objects.per_day(person, first, last).union(tasks_per_day(person, first, last), all=True)


def _move_on(row: Customer, agenda: Agenda, first: date, load: dict[date, int]) -> None:
    assert row.planned_on is not None
    assert row.due_on is not None
    calendar, slots, leave = agenda.calendar, agenda.slots, agenda.leave
    wanted = rules.first_free(first, calendar=calendar, load=load, slots=slots, leave=leave) or first
    on = min(wanted, max(row.due_on, first)) if row.due_on >= first else wanted
    if not calendar.is_working(on):
        on = _last_working(calendar, first, on)
    passed = sum(load.get(each, 0) >= agenda.slots_on(each) for each in _between(calendar, first, on))
    row.postponements += 1
    row.version += 1
    figures = {"was": row.planned_on.isoformat(), "times": row.postponements}
    reason = Reason("replanned_full", {**figures, "full": passed}) if passed else Reason("replanned_undone", figures)
    row.planned_on, row.planned_why = on, reason.as_json()


def _last_working(calendar: WorkingCalendar, first: date, until: date) -> date:
    """The last working day from `first` to `until`."""
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    return max((day for day in days if calendar.is_working(day)), default=first)


def _between(calendar: WorkingCalendar, first: date, on: date) -> Iterator[date]:
    """Working days from `first` up to the day before `on`."""
    for day in calendar.working_days(first):
        if day >= on:
            return
        yield day


def replan_until_yesterday(*, at: datetime) -> int:
    """What is still to be replanned now: everything up to the day before."""
    return replan_undone(day=timezone.localdate(at) - timedelta(days=1), at=at)
