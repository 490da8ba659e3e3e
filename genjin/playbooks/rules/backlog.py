"""A backlog that comes at once, with an import: which day each customer is planned on, within what a person can do.

The days are levelled as every day is; here is what an import says of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.rules.levelling import Standing, level
from genjin.playbooks.rules.planning import NO_LEAVE, SEARCHED_DAYS
from genjin.playbooks.rules.today import order_of_urgency
from genjin.playbooks.variant import Variant


@dataclass(frozen=True, slots=True)
class Spread:
    """`days`: each customer's day with why, in the order of the days; `left`: who finds no place in three months."""

    days: tuple[tuple[int, date, Reason], ...]
    left: tuple[int, ...]

    @property
    def last_on(self) -> date | None:
        return self.days[-1][1] if self.days else None

    @property
    def working_days(self) -> int:
        """On how many days somebody of them stands."""
        return len({on for _customer, on, _why in self.days})


def room(
    first: date, *, calendar: WorkingCalendar, load: Mapping[date, int], slots: int,
    leave: Mapping[date, int] = NO_LEAVE,
) -> dict[date, int]:  # fmt: skip
    """How many places of a person each working day from `first` on has left: `load` counts what stands on it."""
    days = islice(calendar.working_days(first), SEARCHED_DAYS)
    return {day: max(0, leave.get(day, slots) - load.get(day, 0)) for day in days}


def places(
    first: date, *, calendar: WorkingCalendar, load: Mapping[date, int], slots: int,
    leave: Mapping[date, int] = NO_LEAVE,
) -> Iterator[date]:  # fmt: skip
    """The free places of a person from `first` on, each by its day."""
    for day, free in room(first, calendar=calendar, load=load, slots=slots, leave=leave).items():
        yield from [day] * free


def spread(
    playbook: Variant, backlog: Iterable[Standing], *, first: date, calendar: WorkingCalendar, load: Mapping[date, int],
    slots: int, leave: Mapping[date, int] = NO_LEAVE,
) -> Spread:  # fmt: skip
    """One person's overdue customers over the coming working days: key customers first, then the longest overdue.

    No due date moves: who is planned on Thursday week is overdue until then.
    """
    waiting = sorted(backlog, key=order_of_urgency(playbook))
    free = room(first, calendar=calendar, load=load, slots=slots, leave=leave)
    levelled = level(playbook, waiting, free, today=first, leave=leave)
    figures = {"backlog": len(waiting), "slots": slots}
    placed = [each.customer for each in waiting if each.customer in levelled.days]
    days = tuple(
        (customer, levelled.days[customer], Reason("planned_backlog", {**figures, "nth": nth}))
        for nth, customer in enumerate(placed, start=1)
    )
    return Spread(days, tuple(each.customer for each in waiting if each.customer not in levelled.days))
