"""One person's week as the calendar shows it: for each day who stands on it, what is agreed, how full it is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.calendar.models import CalendarDay
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Task
from genjin.followups.tasks.reading import ShownTask, shown
from genjin.followups.waiting import start_of
from genjin.followups.week import rules
from genjin.followups.week.bookings import Booked, bookings_of, made_on, stands_on
from genjin.followups.week.confirming import Visit, visits_to_confirm
from genjin.organization.models import Person
from genjin.playbooks.agenda import Agenda, agenda_of
from genjin.playbooks.practice import Practice, practice_of

SHOWN = 40  # customers of one day that are named, the most important first (ours); the others are counted


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer on a day. `cycle` are the days it can be moved to without a reason; `why` it stands there."""

    customer: int
    name: str
    rung: Rung
    state: str
    cycle: rules.Cycle
    why: dict


@dataclass(frozen=True, slots=True)
class Agreed:
    """An appointment at its time. A visit is to be confirmed by now where `visit` is there."""

    appointment: Appointment
    rung: Rung
    is_late: bool
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week.

    `off` says why it is not worked ("" where it is); `standing` are those without a time, `unnamed` how many more there
    are of them; `made` contacts and `effective` ones among them.
    """

    on: date
    off: str
    is_past: bool
    is_today: bool
    booked: Booked
    slots: int
    standard: rules.Standard | None
    lacking: int
    agreed: tuple[Agreed, ...]
    tasks: tuple[ShownTask, ...]
    standing: tuple[Standing, ...]
    classes: tuple[tuple[Rung, int], ...]
    unnamed: int
    made: int
    effective: int

    @property
    def is_off(self) -> bool:
        return bool(self.off)

    @property
    def is_full(self) -> bool:
        return self.booked.load >= self.slots


@dataclass(frozen=True, slots=True)
class Week:
    """A person's week, Monday first."""

    person: Person
    practice: Practice
    today: date
    days: tuple[WeekDay, ...]

    @property
    def monday(self) -> date:
        return self.days[0].on

    @property
    def booked(self) -> int:
        """All that is booked from today on."""
        return sum(day.booked.total for day in self.days)

    @property
    def lacking(self) -> list[WeekDay]:
        return [day for day in self.days if day.lacking]

    @property
    def has_standard(self) -> bool:
        return any(day.standard for day in self.days)


def week_of(person: Person, *, monday: date, at: datetime) -> Week:
    """One person's week from a Monday on."""
    practice, today = practice_of(person.unit), timezone.localdate(at)
    dates = rules.week_from(monday)
    agenda = agenda_of(person, practice, first=monday)
    booked = bookings_of([person], dates, today=today)
    made = made_on([person], dates, until=at)
    off = days_off(agenda, dates)
    wanted = standards_of(agenda, dates)
    totals = {day: booked[person.pk, day].total for day in dates}
    lacking = rules.short_of(totals, wanted, since=today + timedelta(days=1))
    agreed = _agreed(agenda, person, dates, at)
    tasks = _tasks(person, dates, at)
    timed = {day: {each.appointment.customer_id for each in agreed[day]} for day in dates}
    standing, classes = _standing(person, practice, dates, today)
    days = [
        WeekDay(
            on=day,
            off=off.get(day, ""),
            is_past=day < today,
            is_today=day == today,
            booked=booked[person.pk, day],
            slots=agenda.slots_on(day),
            standard=wanted.get(day),
            lacking=lacking.get(day, 0),
            agreed=tuple(agreed[day]),
            tasks=tuple(tasks[day]),
            standing=tuple(each for each in standing[day] if each.customer not in timed[day]),
            unnamed=booked[person.pk, day].customers - len(standing[day]),
            classes=tuple(classes[day]),
            made=made[person.pk, day][0],
            effective=made[person.pk, day][1],
        )
        for day in dates
    ]
    return Week(person, practice, today, tuple(days))


def days_off(agenda: Agenda, days: Sequence[date]) -> dict[date, str]:
    """The days that the person does not work, in words: a public holiday by its name, leave, else a day off."""
    free = [day for day in days if not agenda.practice.calendar.is_working(day)]
    names = {row.on: row.label for row in CalendarDay.objects.filter(on__in=free, kind=CalendarDay.Kind.HOLIDAY)}
    away = {day: _("Leave") for day in days if agenda.is_away(day)}
    return away | {day: names.get(day) or _("Day off") for day in free}


def standards_of(agenda: Agenda, days: Sequence[date]) -> dict[date, rules.Standard]:
    """The standard of each day the unit works; of half a day's leave its part, of a whole one's none."""
    worked = [day for day in days if agenda.practice.calendar.is_working(day)]
    wanted = rules.standards(agenda.practice.playbook.week, worked)
    return {
        day: standard.of_a_part(agenda.slots_on(day), agenda.slots)
        for day, standard in wanted.items()
        if not agenda.is_away(day)
    }


def _tasks(person: Person, days: Sequence[date], at: datetime) -> dict[date, list[ShownTask]]:
    """Open tasks of each day; what is late stands on today."""
    today = timezone.localdate(at)
    found: dict[date, list[ShownTask]] = defaultdict(list)
    rows = Task.objects.open().filter(person=person, on__lte=days[-1]).order_by("on", "at", "pk")
    for each in shown(rows, actor=person, at=at):
        found[max(each.task.on, today)].append(each)
    return found


def _agreed(agenda: Agenda, person: Person, days: Sequence[date], at: datetime) -> dict[date, list[Agreed]]:
    first, end = start_of(days[0]), start_of(days[-1] + timedelta(days=1))
    rows = Appointment.objects.open().filter(by=person, at__gte=first, at__lt=end)
    found: dict[date, list[Agreed]] = defaultdict(list)
    visits = {each.appointment.pk: each for each in visits_to_confirm({person.pk: agenda.calendar}, at=at)[person.pk]}
    for row in rows.select_related("customer").order_by("at", "pk"):
        rung = rung_of(row.customer.playbook, row.customer.class_code)
        found[timezone.localdate(row.at)].append(Agreed(row, rung, row.at < at, visits.get(row.pk)))
    return found


def _standing(
    person: Person, practice: Practice, days: Sequence[date], today: date
) -> tuple[dict[date, list[Standing]], dict[date, list[tuple[Rung, int]]]]:
    """Who is named on each day, nearest to payment first, and how many of each class stand there."""
    named: dict[date, list[Standing]] = defaultdict(list)
    classes: dict[date, list[tuple[Rung, int]]] = defaultdict(list)
    if days[-1] < today:
        return named, classes
    rows = Customer.objects.owned_by(person).filter(planned_on__lte=days[-1])
    if today < days[0]:
        rows = rows.filter(planned_on__gte=days[0])
    rows = rows.annotate(stands=stands_on(today))
    counts: Counter[tuple[date, int, str, str]] = Counter(
        rows.order_by().values_list("stands", "class_rank", "playbook", "class_code")
    )
    for (day, _rank, playbook, code), count in sorted(counts.items()):
        classes[day].append((rung_of(playbook, code), count))
    place = Window(RowNumber(), partition_by=F("stands"), order_by=["class_rank", "due_on", "pk"])
    first = rows.annotate(place=place).filter(place__lte=SHOWN).order_by("stands", "place")
    for row in first.only("name", "playbook", "class_code", "due_on", "due_why", "planned_on", "planned_why"):
        named[row.stands].append(_shown(row, practice, today))
    return named, classes


def cycle_for(row: Customer, practice: Practice, *, today: date) -> rules.Cycle:
    """The days an owned customer can be moved to without a reason."""
    assert row.due_on is not None
    if not practice.playbook.has_class(row.class_code):
        return rules.Cycle(today, max(today, row.due_on))
    cls = practice.playbook.class_of(row.class_code)
    return rules.cycle_of(cls, due_on=row.due_on, due_why=row.due_why, today=today, calendar=practice.calendar)


def _shown(row: Customer, practice: Practice, today: date) -> Standing:
    assert row.due_on is not None
    cycle = cycle_for(row, practice, today=today)
    state = "overdue" if row.due_on < today else "planned"
    rung = rung_of(row.playbook, row.class_code)
    return Standing(row.pk, row.name, rung, state, cycle, row.planned_why or row.due_why)
