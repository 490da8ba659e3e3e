"""How a unit works: its playbook and its working days together, which every date needs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from genjin.core.calendar.rules import WorkingCalendar
from genjin.organization.calendars import calendar_for, calendars_for
from genjin.organization.models import Person, Unit
from genjin.organization.rules import Tree
from genjin.playbooks.schema import shipped
from genjin.playbooks.services import playbook_for, playbooks_for, variant
from genjin.playbooks.variant import Variant


@dataclass(frozen=True, slots=True)
class Practice:
    """A unit's playbook, resolved to its number set and rhythm, and its calendar of working days."""

    playbook: Variant
    calendar: WorkingCalendar

    def slots_of(self, person: Person) -> int:
        """Contacts a day agreed with this person, else the playbook's."""
        return person.daily_slots or self.playbook.daily_slots


def practice_of(unit: Unit, *, held: str = "", tree: Tree | None = None) -> Practice:
    """The practice of a unit, as of now. `tree`: the units where they are known already.

    `held` is the playbook that a customer's class is of: while a unit's customers are brought to another playbook,
    those whose turn has not come work by the one they have.
    """
    playbook = playbook_for(unit.pk, tree=tree)
    if held and held != playbook.code and held in shipped():
        playbook = variant(held)
    return Practice(playbook, calendar_for(unit))


def practices_of(units: Collection[Unit]) -> dict[int, Practice]:
    """The practices of several units, by their keys, in as many queries as for one."""
    playbooks, calendars = playbooks_for(unit.pk for unit in units), calendars_for(units)
    return {unit.pk: Practice(playbooks[unit.pk], calendars[unit.pk]) for unit in units}


class Practices:
    """The practices of units as they are asked for, each read once: for a verb over many customers.

    `expected`: units that may be asked for, gone through and read together when the first one is.
    """

    def __init__(self, expected: Iterable[Unit] = ()) -> None:
        self._known: dict[tuple[int, str], Practice] = {}
        self._expected = expected

    def of(self, unit: Unit, *, held: str = "") -> Practice:
        """As `practice_of`."""
        if (unit.pk, held) not in self._known and not held:
            expected, self._expected = set(self._expected), ()
            self._known.update({(pk, ""): each for pk, each in practices_of(expected).items()} if expected else {})
        if (unit.pk, held) not in self._known:
            self._known[unit.pk, held] = practice_of(unit, held=held)
        return self._known[unit.pk, held]
