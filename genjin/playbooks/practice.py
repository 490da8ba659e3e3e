"""How a unit works: its playbook and its working days together, which every date needs."""

from dataclasses import dataclass

from genjin.core.calendar.rules import WorkingCalendar
from genjin.organization.calendars import calendar_for
from genjin.organization.models import Person, Unit
from genjin.playbooks.services import playbook_for
from genjin.playbooks.variant import Variant


@dataclass(frozen=True, slots=True)
class Practice:
    """A unit's playbook, resolved to its number set and rhythm, and its calendar of working days."""

    playbook: Variant
    calendar: WorkingCalendar

    def slots_of(self, person: Person) -> int:
        """Contacts a day agreed with this person, else the playbook's."""
        return person.daily_slots or self.playbook.daily_slots


def practice_of(unit: Unit) -> Practice:
    """The practice of a unit, as of now."""
    return Practice(playbook_for(unit.pk), calendar_for(unit))
