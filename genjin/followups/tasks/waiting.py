"""Tasks that bring their customer onto a person's day, whatever day the customer itself stands on."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.core.statements import Statement
from genjin.followups.tasks.models import Task


class Asked(NamedTuple):
    """One open task at a customer that has not been talked with effectively on its day. `at`: its time, where it has
    one that is today."""

    customer: int
    purpose: str
    by: str
    at: time | None

    @property
    def why(self) -> str:
        """As a customer keeps why it stands on a day."""
        return json.dumps(Reason("task_given", {"by": self.by, "purpose": self.purpose}).as_json())


@dataclass(frozen=True, slots=True)
class TasksOfDay:
    """By customer what a person is asked to do there by a day, the earliest of several; `besides`: how many tasks at no
    customer the day holds, carried out or not: each takes a slot as a contact does."""

    at: Mapping[int, Asked]
    besides: int


NO_TASKS = TasksOfDay({}, 0)


def tasks_of(person: int, on: date) -> TasksOfDay:
    """A customer that was talked with on the day is done for it, though the task stays open until it is answered."""
    found: dict[int, Asked] = {}
    besides = 0
    rows = _due(person=person, on=on, first=start_of(on), end=start_of(on + timedelta(days=1)))
    for customer, purpose, by, at in rows:
        if customer is None:
            besides += 1
            continue
        local = timezone.localtime(at) if at else None
        timed = local.time() if local and local.date() == on else None
        found.setdefault(customer, Asked(customer, purpose, by, timed))
    return TasksOfDay(found, besides)


def start_of(day: date) -> datetime:
    """The first instant of a day in the organisation's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


@Statement
def _due(person: int, on: date, first: datetime, end: datetime) -> QuerySet:
    untouched = Q(customer__last_effective_on=None) | Q(customer__last_effective_on__lt=on)
    there = untouched & Q(customer__closed_on=None, customer__owner__isnull=False)
    done_today = Q(outcome=Task.Outcome.DONE, ended_at__gte=first, ended_at__lt=end)
    waits = Q(ended_at=None, on__lte=on) & (Q(customer=None) | there)
    rows = Task.objects.filter(waits | Q(customer=None) & done_today, person=person)
    return rows.order_by("on", "pk").values_list("customer", "purpose", "given_by__name", "at")


@dataclass(frozen=True, slots=True)
class DaysOfTasks:
    """What tasks take of the coming days of a person: `at` is the day on which one brings a customer of theirs onto the
    list, `besides` the slots of a day for those at no customer, at another's, or a second one at the same."""

    at: Mapping[int, date]
    besides: Counter[date]


def days_of_tasks(person: int, held: Collection[int], *, first: date, today: date) -> DaysOfTasks:
    """Of one person's open tasks from `first` on, today or later; what is late stands on today. `held`: customers of
    theirs whose days are being levelled."""
    at: dict[int, date] = {}
    besides: Counter[date] = Counter()
    elsewhere: set[tuple[int, date]] = set()
    talked = Q(customer__last_effective_on__gte=today)
    gone = Q(customer__closed_on__isnull=False) | Q(customer__isnull=False, customer__owner=None)
    rows = Task.objects.open().filter(person=person).exclude(gone)
    rows = rows.filter(on__gte=first) if first > today else rows.exclude(talked, on__lte=today)
    for customer, on in rows.order_by("on", "pk").values_list("customer", "on"):
        day = max(on, today)
        if customer is None:
            besides[day] += 1
        elif customer in held and customer not in at:
            at[customer] = day
        elif at.get(customer) != day and (customer, day) not in elsewhere:
            elsewhere.add((customer, day))
            besides[day] += 1
    return DaysOfTasks(at, besides)


def tasks_per_day(person: int, first: date, last: date) -> QuerySet:
    """How many open tasks take a slot of each day besides the person's customers who stand on it: (day, how many).
    What is late stands on `first`, unless its customer was talked with then."""
    gone = Q(customer__closed_on__isnull=False) | Q(customer__isnull=False, customer__owner=None)
    talked = Q(customer__last_effective_on__gte=first, on__lte=first)
    rows = Task.objects.open().filter(person=person).exclude(gone).exclude(talked)
    rows = rows.annotate(day=Greatest(F("on"), Value(first, DateField()))).filter(day__lte=last)
    stands_there = Q(customer__owner=person, customer__planned_on__isnull=False, customer__planned_on=F("day"))
    counted = rows.filter(Q(customer=None) | ~stands_there).order_by().values_list("day")
    return counted.annotate(n=Count("pk"))
