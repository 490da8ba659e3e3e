"""How one person works: the unit's practice, their own number of contacts a day, and the days they are away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from genjin.core.calendar.rules import WorkingCalendar
from genjin.organization.absences.reading import off_days, off_days_of
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice
from genjin.playbooks.variant import Variant


@dataclass(frozen=True)
class Agenda:
    """`slots`: contacts of a whole day; `off`: which halves of which days the person is away."""

    practice: Practice
    slots: int
    off: Mapping[date, frozenset[str]]

    @cached_property
    def leave(self) -> dict[date, int]:
        """Day → contacts that are left of it, of every day with leave."""
        return rules.slots_of_days(self.practice.playbook, self.off, self.slots, self.off)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The days on which the person works: the unit's without those that are off as a whole. Cycles count by the
        unit's own."""
        away = frozenset(day for day, halves in self.off.items() if halves >= set(rules.HALVES))
        calendar = self.practice.calendar
        return replace(calendar, days_off=calendar.days_off | away) if away else calendar

    def is_away(self, day: date) -> bool:
        """Whether a working day of the unit is off as a whole."""
        return self.off.get(day, frozenset()) >= set(rules.HALVES)

    def slots_on(self, day: date) -> int:
        return self.leave.get(day, self.slots)

    def playbook_on(self, day: date) -> Variant:
        """The playbook with the blocks of that day."""
        return rules.without(self.practice.playbook, self.off.get(day, frozenset()))


def agenda_of(person: Person, practice: Practice, *, first: date) -> Agenda:
    """A person's days from `first` on."""
    return Agenda(practice, practice.slots_of(person), off_days(person, first=first))


def agendas_of(people: Collection[Person], practices: Mapping[int, Practice], *, first: date) -> dict[int, Agenda]:
    """Those of several people by their keys; `practices` by the keys of their units."""
    off = off_days_of(people, first=first)
    return {
        person.pk: Agenda(practices[person.unit_id], practices[person.unit_id].slots_of(person), off.get(person.pk, {}))
        for person in people
    }
