"""What is counted beside the lists: for the rail of every page, and around a person's day. One question each time."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.statements import Statement
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Digest, NoteReading, Promise, Proposal, Task
from genjin.followups.other_entries import sources
from genjin.followups.waiting import start_of
from genjin.organization.models import Person

_KEPT = "_counted_for_the_rail"


class Around(NamedTuple):
    """How much stands around a person's day. What there is none of, the page does not ask for.

    `promises` are due by the end of the day, `appointments` are on it; `tasks` open by then, `tasks_done` at no
    customer carried out on it; `visits` from now on to be confirmed by today; `news` said about one's notes;
    `others` what apps further right have, each in its place among `other_entries.sources`.
    """

    overdue: int
    unread: int
    promises: int
    appointments: int
    tasks: int
    tasks_done: int
    visits: int
    to_decide: int
    news: int
    others: tuple[int, ...]


def around(person: Person, on: date, calendar: WorkingCalendar, *, at: datetime) -> Around:
    """Around the day `on`: today, or the next working day. `calendar` is the unit's own, as visits go by it."""
    today = timezone.localdate(at)
    visits_to = calendar.next_working(today + timedelta(days=1))
    found = _around.one(
        person=person.pk,
        today=today,
        by=max(on, today),
        now=at,
        first=start_of(on),
        end=start_of(on + timedelta(days=1)),
        visits_end=start_of(visits_to + timedelta(days=1)),
    )
    own = len(Around._fields) - 1
    return Around._make((*found[:own], tuple(found[own:])))


def keep_for_the_rail(person: Person, counted: Around) -> None:
    """The rail of this page need not ask for what was counted already."""
    setattr(person, _KEPT, {"overdue": counted.overdue, "unread": counted.unread})


def overdue_count(person: Person) -> int:
    """How many of a person's own customers are overdue today: the figure at the place Today."""
    return _in_rail(person, "overdue")


def unread_count(person: Person) -> int:
    """How many reminders a person has not read: the figure at the bell."""
    return _in_rail(person, "unread")


def _in_rail(person: Person, figure: str) -> int:
    """Both figures stand in the rail of every page, one of them twice: who asks is the person of one request."""
    kept: dict[str, int] | None = getattr(person, _KEPT, None)
    if kept is None:
        overdue, unread = _in_the_rail.one(person=person.pk, today=timezone.localdate())
        kept = {"overdue": overdue, "unread": unread}
        setattr(person, _KEPT, kept)
    return kept[figure]


@Statement
def _in_the_rail(person: int, today: date) -> QuerySet:
    return _amounts(person, _overdue(person, today), _unread(person))


@Statement
def _around(
    person: int, today: date, by: date, now: datetime, first: datetime, end: datetime, visits_end: datetime
) -> QuerySet:
    appointments = Appointment.objects.open().filter(by=person)
    tasks = Task.objects.filter(person=person)
    done = tasks.filter(customer=None, outcome=Task.Outcome.DONE)
    return _amounts(
        person,
        _overdue(person, today),
        _unread(person),
        Promise.objects.filter(by=person).due_by(end),
        appointments.filter(at__range=(first, end)),
        tasks.open().filter(on__lte=by),
        done.filter(ended_at__gte=first, ended_at__lt=end),
        appointments.filter(kind=Appointment.Kind.VISIT, at__gte=now, at__lt=visits_end),
        Proposal.objects.to_decide().filter(owner=person),
        NoteReading.objects.filter(author=person, seen_at=None),
        *(source.rows(person, by, first, end) for source in sources()),
    )


def _overdue(person: int, today: date) -> QuerySet:
    return Customer.objects.owned_by(person).filter(due_on__lt=today)


def _unread(person: int) -> QuerySet:
    return Digest.objects.unread().filter(person=person)


def _amounts(person: int, *rows: QuerySet[Any, Any]) -> QuerySet:
    """One row with how many there are of each."""
    return Person.objects.filter(pk=person).order_by().values_list(*map(_amount, rows))


def _amount(rows: QuerySet[Any, Any]) -> Coalesce:
    """How many rows there are, as a value in another question."""
    amount = rows.order_by().annotate(whole=Value(1)).values("whole").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(amount, output_field=IntegerField()), 0)
