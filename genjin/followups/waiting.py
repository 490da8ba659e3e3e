"""Whoever belongs to a person's day, as one statement reads them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from genjin.core.statements import Keys, Statement
from genjin.customers.models import Customer
from genjin.followups.models import Promise
from genjin.followups.tasks.waiting import NO_TASKS, TasksOfDay, start_of
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.variant import Variant

# How the code of a planned_why begins when the levelled days have no slot for the customer.
NO_DAY = "no_day_is_"


class Waiting(NamedTuple):
    """A customer that belongs to the day. The whys stand as they are kept: few of them are read."""

    customer: int
    name: str
    playbook: str
    class_code: str
    due_on: date
    planned_on: date | None
    appointment_at: datetime | None
    last_effective_on: date | None
    planned_why: str
    due_why: str
    asked: bool = False
    asked_at: time | None = None


class Promising(NamedTuple):
    """An open promise that is due by the end of the day."""

    customer: int
    what: str
    by_when: datetime
    made_at: datetime


def belonging_to(
    person: Person, playbook: Variant, on: date, promised: Iterable[Promising] = (), tasks: TasksOfDay = NO_TASKS
) -> list[Waiting]:
    """Whoever belongs to the day: planned by then, due and placed nowhere, appointed, promised something by then,
    waiting in the queue, or named in a task that the person has by then. Each once."""
    ask = _belonging(tuple(sorted(playbook.queue_classes)))
    rows = ask(person=person.pk, on=on, first=start_of(on), end=start_of(on + timedelta(days=1)))
    found = {row[0]: Waiting(*row) for row in rows}
    if others := Keys(sorted({each.customer for each in promised} - set(found))):
        found |= {row[0]: Waiting(*row) for row in _these(person=person.pk, customers=others)}
    if others := Keys(customer for customer in tasks.at if customer not in found):
        found |= {row[0]: Waiting(*row) for row in _besides(customers=others)}
    for pk, task in tasks.at.items():
        if pk in found:
            found[pk] = found[pk]._replace(planned_on=on, planned_why=task.why, asked=True, asked_at=task.at)
    return [_suited(waiting, playbook) for waiting in found.values()]


def promised_by(person: Person, on: date) -> list[Promising]:
    """The person's open promises that are due by the end of the day, the earliest first."""
    return [Promising(*row) for row in _promised(person=person.pk, until=start_of(on + timedelta(days=1)))]


@Statement
def _promised(person: int, until: datetime) -> QuerySet:
    theirs = Promise.objects.filter(by=person).due_by(until).order_by("by_when", "pk")
    return theirs.values_list("customer_id", "what", "by_when", "made_at")


@Statement
def _these(person: int, customers: Keys) -> QuerySet:
    return _as_read(Customer.objects.owned_by(person).filter(pk__in=customers))


def _suited(waiting: Waiting, playbook: Variant) -> Waiting:
    """Where the unit's playbook has just changed, the class it is going to have."""
    if waiting.playbook == playbook.code:
        return waiting
    return waiting._replace(class_code=rules.map_class(playbook, waiting.playbook, waiting.class_code).code)


def _as_read(rows: QuerySet) -> QuerySet:
    return rows.values_list(
        "pk", "name", "playbook", "class_code", "due_on", "planned_on", "appointment_at", "last_effective_on",
        Cast("planned_why", TextField()), Cast("due_why", TextField()),
    )  # fmt: skip


@Statement
def _besides(customers: Keys) -> QuerySet:
    """Customers that a task names, be they another's who lent them."""
    return _as_read(Customer.objects.open().filter(pk__in=customers, owner__isnull=False))


@cache
def _belonging(queue: tuple[str, ...]) -> Statement:
    def belonging(person: int, on: date, first: datetime, end: datetime) -> QuerySet:
        belongs = (
            Q(planned_on__lte=on)
            | Q(planned_on=None, due_on__lte=on)
            | Q(planned_on=None, class_code__in=queue)
            | Q(appointment_at__gte=first, appointment_at__lt=end)
        )
        return _as_read(Customer.objects.owned_by(person).filter(belongs))

    return Statement(belonging)
