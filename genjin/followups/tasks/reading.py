"""Tasks as pages show them: what one has to do, what one's people have, one customer's; and how each person stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.followups.models import Touch
from genjin.followups.tasks.models import Task, TaskQuerySet
from genjin.organization.models import Person

Outcome = Task.Outcome
MOST = 300  # rows of one page (ours)
NOTES = 5
ENDED_DAYS = 14  # how long an answer stands in the list of what is new for the giver (ours)
STATES = ("open", "late", "done", "declined", "withdrawn", "all")


@dataclass(frozen=True, slots=True)
class ShownTask:
    """`state` is one of the four words while it is open, `note` the note it was done by. `is_mine`: to be answered by
    the reader, `may_lead`: to be withdrawn."""

    task: Task
    state: str
    rung: Rung | None
    note: Touch | None
    is_mine: bool
    may_lead: bool

    @property
    def said(self) -> str:
        """What came of it."""
        if self.task.withdrawn_by_rule:
            return BY_RULE[self.task.withdrawn_by_rule]()
        if self.task.result:
            return self.task.result
        return self.note.remarks if self.note else ""


BY_RULE = {
    "closed": lambda: _("The customer was closed."),
    "pooled": lambda: _("The customer went into the pool."),
    "left": lambda: _("The colleague left."),
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """How one person stands with what they were asked: open, of that late; carried out and not in the last weeks."""

    person: Person
    open: int
    late: int
    done: int
    declined: int


def listed(
    rows: TaskQuerySet, *, actor: Person, state: str, at: datetime, person: int | None = None
) -> list[ShownTask]:
    """At most three hundred of these tasks; open ones by their day, ended ones newest first."""
    today = timezone.localdate(at)
    if person is not None:
        rows = rows.filter(person=person)
    if state == "open":
        rows = rows.open()
    elif state == "late":
        rows = rows.late(today)
    elif state != "all":
        rows = rows.filter(outcome=state)
    order = ("on", "at", "pk") if state in ("open", "late") else ("-ended_at", "on", "pk")
    return shown(rows.order_by(*order)[:MOST], actor=actor, at=at)


def shown(rows: QuerySet, *, actor: Person, at: datetime) -> list[ShownTask]:
    """These tasks as this person sees them."""
    today = timezone.localdate(at)
    gives = actor.may("followups.give_tasks")
    found = []
    for row in rows.select_related("person", "given_by", "customer", "touch"):
        rung = rung_of(row.customer.playbook, row.customer.class_code) if row.customer else None
        leads = gives and (
            row.given_by_id == actor.pk or actor.scope.everything or row.person.unit_id in actor.scope.units
        )
        note = row.touch if row.touch and row.touch.undone_at is None else None
        found.append(ShownTask(row, row.state(today), rung, note, row.person_id == actor.pk, leads))
    return found


def at_customer(customer: Customer, *, actor: Person, at: datetime) -> list[ShownTask]:
    """Open tasks at a customer, and those that ended in the last days: for whoever sees the customer."""
    recent = Q(ended_at=None) | Q(ended_at__gte=at - timedelta(days=ENDED_DAYS))
    rows = Task.objects.filter(recent, customer=customer).exclude(outcome=Outcome.WITHDRAWN)
    return shown(rows.order_by("ended_at", "on", "pk")[:20], actor=actor, at=at)


def lines_of(people: Iterable[Person], *, at: datetime) -> list[PersonLine]:
    """Everybody who has or lately had something to do; who is latest first."""
    today = timezone.localdate(at)
    late = Q(ended_at=None, on__lt=today)
    since = Q(ended_at__gte=at - timedelta(days=ENDED_DAYS))
    by_person = {person.pk: person for person in people}
    rows = Task.objects.filter(Q(ended_at=None) | since, person__in=by_person).order_by()
    counted: Any = rows.values_list("person").annotate(
        open=Count("pk", filter=Q(ended_at=None)),
        late=Count("pk", filter=late),
        done=Count("pk", filter=since & Q(outcome=Outcome.DONE)),
        declined=Count("pk", filter=since & Q(outcome=Outcome.DECLINED)),
    )
    lines = [PersonLine(by_person[pk], *counts) for pk, *counts in counted]
    return sorted(lines, key=lambda line: (-line.late, -line.open, line.person.pk))


def counts_of(rows: TaskQuerySet, *, today: date) -> dict[str, int]:
    """How many are in each state."""
    late = Q(ended_at=None, on__lt=today)
    return rows.order_by().aggregate(
        open=Count("pk", filter=Q(ended_at=None)),
        late=Count("pk", filter=late),
        done=Count("pk", filter=Q(outcome=Outcome.DONE)),
        declined=Count("pk", filter=Q(outcome=Outcome.DECLINED)),
    )


def notes_for(task: Task) -> list[Touch]:
    """The newest notes by which it may have been carried out: its person's at its customer since it was given."""
    if task.customer_id is None:
        return []
    notes = Touch.objects.made_here().filter(customer=task.customer_id, author=task.person_id, at__gte=task.given_at)
    return list(notes.order_by("-at", "-pk")[:NOTES])
