"""A backlog that comes at once, with an import: which day each customer is planned on, within what a person can do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.rules.planning import SEARCHED_DAYS


@dataclass(frozen=True, slots=True)
class Overdue:
    """A customer whose last day has passed and who stands on no day; `rank` is its class's, 0 nearest to payment."""

    customer: int
    due_on: date
    is_key: bool
    rank: int


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


def places(first: date, *, calendar: WorkingCalendar, load: Mapping[date, int], slots: int) -> Iterator[date]:
    """The free places of a person from `first` on, each by its day. `load` counts what stands on each day already."""
    for day in islice(calendar.working_days(first), SEARCHED_DAYS):
        yield from [day] * max(0, slots - load.get(day, 0))


def spread(
    backlog: Iterable[Overdue], *, first: date, calendar: WorkingCalendar, load: Mapping[date, int], slots: int
) -> Spread:
    """One person's backlog over the coming working days: key customers first, then the longest overdue.

    No due date moves: who is planned on Thursday week is overdue until then.
    """
    waiting = sorted(backlog, key=lambda each: (not each.is_key, each.due_on, each.rank, each.customer))
    free = list(islice(places(first, calendar=calendar, load=load, slots=slots), len(waiting)))
    figures = {"backlog": len(waiting), "slots": slots}
    days = tuple(
        (each.customer, on, Reason("planned_backlog", {**figures, "nth": nth}))
        for nth, (each, on) in enumerate(zip(waiting, free, strict=False), start=1)
    )
    return Spread(days, tuple(each.customer for each in waiting[len(free) :]))
