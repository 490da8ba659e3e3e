"""What is booked for each day of some people's week: counts only, in as many queries for fifty as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DateField, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Task, Touch
from genjin.followups.waiting import start_of
from genjin.organization.models import Person


@dataclass(slots=True)
class Booked:
    """One person's one day.

    `customers`: placed on the day; of today, with those left from before. `besides`: appointments and tasks at
    customers who stand on another day. `calls`, `visits` and `tasks`: all of the day; `others`: tasks at no customer.
    """

    customers: int = 0
    besides: int = 0
    calls: int = 0
    visits: int = 0
    tasks: int = 0
    others: int = 0

    @property
    def load(self) -> int:
        """Slots that are taken of the day: a task takes one as a contact does."""
        return self.total + self.others

    @property
    def total(self) -> int:
        """What is compared with the standard: each customer once."""
        return self.customers + self.besides


Bookings = dict[tuple[int, date], Booked]


def bookings_of(people: Iterable[Person], days: Sequence[date], *, today: date) -> Bookings:
    """By person's key and day; a day with nothing is there too. Days before today hold no booking any more."""
    keys = [person.pk for person in people]
    booked: Bookings = {(pk, day): Booked() for pk in keys for day in days}
    if not keys or days[-1] < today:
        return booked
    for pk, day, count in _customers(keys, days, today):
        booked[pk, day].customers = count
    met: set[tuple[int, date, int]] = set()
    for pk, day, customer, is_visit, stands_there in _appointments(keys, days, today):
        each = booked[pk, day]
        each.visits += is_visit
        each.calls += not is_visit
        each.besides += not stands_there
        met.add((pk, day, customer))
    for pk, on, customer, planned_on in _tasks(keys, days):
        day = max(on, today)
        if day not in days:
            continue
        each = booked[pk, day]
        each.tasks += 1
        each.others += customer is None
        stands_there = planned_on is not None and max(planned_on, today) == day
        if customer is not None and not stands_there and (pk, day, customer) not in met:
            each.besides += 1
            met.add((pk, day, customer))
    return booked


def stands_on(today: date) -> Greatest:
    """The day a planned customer stands on: one left from before stands on today."""
    return Greatest("planned_on", Value(today), output_field=DateField())


def _customers(keys: list[int], days: Sequence[date], today: date) -> list[tuple[int, date, int]]:
    rows = Customer.objects.open().filter(owner__in=keys, planned_on__lte=days[-1])
    if today < days[0]:
        rows = rows.filter(planned_on__gte=days[0])
    counted = rows.order_by().annotate(stands=stands_on(today)).values_list("owner", "stands")
    return [row for row in counted.annotate(n=Count("pk")) if row[1] in set(days)]


def _appointments(keys: list[int], days: Sequence[date], today: date) -> list[tuple[int, date, int, bool, bool]]:
    """(person, day, customer, whether a visit, whether the customer is planned for that day): each once a day."""
    first, end = start_of(max(days[0], today)), start_of(days[-1] + timedelta(days=1))
    rows = Appointment.objects.open().filter(by__in=keys, at__gte=first, at__lt=end).order_by("at")
    found: dict[tuple[int, date, int], tuple[bool, bool]] = {}
    for pk, at, kind, customer, planned_on in rows.values_list("by", "at", "kind", "customer", "customer__planned_on"):
        day = timezone.localdate(at)
        stands = planned_on is not None and max(planned_on, today) == day
        found.setdefault((pk, day, customer), (kind == Appointment.Kind.VISIT, stands))
    return [(*where, is_visit, stands) for where, (is_visit, stands) in found.items()]


def _tasks(keys: list[int], days: Sequence[date]) -> QuerySet:
    """(person, day, customer, the day it is planned for) of what is to be done by the end of the week."""
    rows = Task.objects.open().filter(person__in=keys, on__lte=days[-1]).order_by("on", "pk")
    return rows.values_list("person", "on", "customer", "customer__planned_on")


def made_on(
    people: Iterable[Person], days: Sequence[date], *, until: datetime
) -> dict[tuple[int, date], tuple[int, int]]:
    """Contacts that were made, and effective ones among them, by person and day."""
    keys = [person.pk for person in people]
    touches = Touch.objects.made_here().filter(author__in=keys, at__gte=start_of(days[0]), at__lte=until)
    touches = touches.filter(at__lt=start_of(days[-1] + timedelta(days=1)))
    found: dict[tuple[int, date], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for author, at, is_effective in touches.values_list("author", "at", "is_effective"):
        made, effective = found[author, timezone.localdate(at)]
        found[author, timezone.localdate(at)] = (made + 1, effective + is_effective)
    return found
