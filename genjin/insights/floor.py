"""Who a board is about: the people of the units chosen, with how each unit works."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from genjin.core.calendar.rules import WorkingCalendar
from genjin.followups import team
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Person, Unit
from genjin.organization.rules import Tree


@dataclass(frozen=True, slots=True)
class Floor:
    """`units` are all that may be chosen, `within` those looked at; `boards` as the team page counts them."""

    units: list[Unit]
    chosen: Unit | None
    within: frozenset[int]
    boards: list[team.Board]
    calendars: dict[int, WorkingCalendar]

    @property
    def people(self) -> dict[int, Person]:
        return {line.person.pk: line.person for board in self.boards for line in board.lines}

    def calendar_of(self, person: Person) -> WorkingCalendar:
        return self.calendars[person.unit_id]


def floor_of(actor: Person, unit: Unit | None, *, today: date) -> Floor:
    """What the actor sees of a unit and all below it; without one of everything they see."""
    visible = {each.pk: each for each in Unit.objects.visible_to(actor)}
    tree = Tree({pk: each.parent_id for pk, each in visible.items()})
    within = frozenset(tree.below(unit.pk) if unit else visible)
    shown = [each for pk, each in visible.items() if pk in within]
    return Floor(
        units=list(visible.values()),
        chosen=unit,
        within=within,
        boards=team.boards(units=shown, today=today, stock_only=True),
        calendars=calendars_for(shown),
    )


def people_of(actor: Person, unit: Unit | None) -> list[Person]:
    """Who may hold customers there, without anything counted."""
    found = Person.objects.visible_to(actor).holding_customers().select_related("unit")
    if unit is not None:
        found = found.filter(unit__in=Unit.tree().below(unit.pk))
    return list(found.order_by("unit", "pk"))


def start_of(day: date) -> datetime:
    """Midnight at which the day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Midnight after which it is over."""
    return start_of(day + timedelta(days=1))


def keys(people: Iterable[Person]) -> list[int]:
    return [person.pk for person in people]
