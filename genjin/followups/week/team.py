"""A team's week: what each person has booked for each day against the standard, and which visits nobody confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from genjin.followups.week import rules
from genjin.followups.week.bookings import Booked, bookings_of
from genjin.followups.week.confirming import Visit, visits_to_confirm
from genjin.followups.week.reading import standards_of
from genjin.organization.models import Person, Role
from genjin.playbooks.agenda import Agenda, agendas_of
from genjin.playbooks.practice import practices_of


@dataclass(frozen=True, slots=True)
class TeamDay:
    """`lacking`: fewer than a manager looks for; `is_off`: not worked by this person, who `is_away` by leave."""

    on: date
    booked: Booked
    standard: rules.Standard | None
    lacking: int
    slots: int
    is_away: bool
    is_off: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One person's week. `visits` are those to be confirmed by now."""

    person: Person
    days: tuple[TeamDay, ...]
    visits: tuple[Visit, ...]

    @property
    def booked(self) -> int:
        return sum(day.booked.total for day in self.days)

    @property
    def lacking(self) -> int:
        return sum(day.lacking for day in self.days)

    @property
    def unconfirmed(self) -> list[Visit]:
        return [visit for visit in self.visits if not visit.is_confirmed]


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """The week of several people; who lacks most comes first."""

    today: date
    days: tuple[date, ...]
    lines: tuple[TeamLine, ...]

    @property
    def monday(self) -> date:
        return self.days[0]

    @property
    def unconfirmed(self) -> list[Visit]:
        return [visit for line in self.lines for visit in line.unconfirmed]

    @property
    def short(self) -> list[TeamLine]:
        return [line for line in self.lines if line.lacking]

    @property
    def totals(self) -> list[int]:
        return [sum(line.days[number].booked.total for line in self.lines) for number in range(len(self.days))]


def team_week(people: Iterable[Person], *, monday: date, at: datetime) -> TeamWeek:
    """The week of these people from a Monday on, in as many queries for fifty as for one. Of service people those for
    whom anything is booked: nobody looks for bookings where there are no customers."""
    people, today, days = list(people), timezone.localdate(at), rules.week_from(monday)
    agendas = agendas_of(people, practices_of({person.unit for person in people}), first=monday)
    booked = bookings_of(people, days, today=today)
    visits = visits_to_confirm({pk: agenda.calendar for pk, agenda in agendas.items()}, at=at)
    lines = [
        TeamLine(person, _days(person, agendas[person.pk], days, booked, today), tuple(visits[person.pk]))
        for person in people
    ]
    lines = [line for line in lines if line.person.role != Role.SERVICE or line.booked or line.visits]
    lines.sort(key=lambda line: (-line.lacking, -line.booked, line.person.pk))
    return TeamWeek(today, tuple(days), tuple(lines))


def _days(
    person: Person, agenda: Agenda, days: Sequence[date], booked: dict[tuple[int, date], Booked], today: date
) -> tuple[TeamDay, ...]:
    wanted = standards_of(agenda, days)
    totals = {day: booked[person.pk, day].total for day in days}
    lacking = rules.short_of(totals, wanted, since=today + timedelta(days=1))
    return tuple(
        TeamDay(
            on=day,
            booked=booked[person.pk, day],
            standard=wanted.get(day),
            lacking=lacking.get(day, 0),
            slots=agenda.slots_on(day),
            is_away=agenda.is_away(day),
            is_off=not agenda.calendar.is_working(day),
            is_past=day < today,
        )
        for day in days
    )
