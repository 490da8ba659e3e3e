"""When a customer goes back to the pool: by which condition, after which day, how many working days are left.

Every condition is a clock: working days since the last effective contact, the last move nearer to payment, or since it
was taken on. A new owner starts all of them. The day a clock runs out is its last: the customer goes back in the night
after it. So the question can be asked both ways: of one customer when it goes back, or of many by the latest day on
which a clock must have begun to have run out by now (`WorkingCalendar.back`). Both give the same answer always.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from genjin.core.calendar.rules import IDLE_DAYS, WorkingCalendar
from genjin.core.reasons import Reason

# In the order in which they are named where several run out on one day.
RECYCLED_BY = ("no_contact", "no_move_up", "not_won")

Bounds = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a customer is judged by. `taken_on`: since when its owner has it; `kept_until`: kept by a manager up to and
    including that day."""

    taken_on: date | None
    effective_on: date | None = None
    moved_up_on: date | None = None
    kept_until: date | None = None
    is_won: bool = False

    def began(self, condition: str) -> date | None:
        """The day from which a condition counts. What happened before the owner had it counts for nothing."""
        if self.taken_on is None:
            return None
        happened = {"no_contact": self.effective_on, "no_move_up": self.moved_up_on}.get(condition)
        return max(self.taken_on, happened) if happened else self.taken_on


@dataclass(frozen=True, slots=True)
class GoesBack:
    """In the night after `on`, since nothing happened in `days` working days after `since`. `kept_until` when a manager
    has put it off."""

    on: date
    condition: str
    days: int
    since: date
    kept_until: date | None = None

    def left(self, calendar: WorkingCalendar, today: date) -> int:
        """Working days after today in which the owner can still keep it: 0 is tonight."""
        return max(calendar.between(today, self.on), 0)

    @property
    def reason(self) -> Reason:
        return Reason(f"recycle_{self.condition}", {"days": self.days, "since": self.since.isoformat()})


def goes_back(bounds: Bounds, clocks: Clocks, calendar: WorkingCalendar) -> GoesBack | None:
    """When a customer with these clocks goes back by these bounds: the first to run out decides. None is never: no
    bound for its class, won, or owned by nobody."""
    if clocks.is_won or clocks.taken_on is None:
        return None
    first: GoesBack | None = None
    for condition in RECYCLED_BY:
        began, days = clocks.began(condition), bounds.get(condition)
        if days is None or began is None:
            continue
        on = _last_day(calendar, began, days)
        if first is None or on < first.on:
            first = GoesBack(on, condition, days, began)
    if first is None or clocks.kept_until is None or clocks.kept_until < first.on:
        return first
    on = calendar.next_working(clocks.kept_until + timedelta(days=1))
    return GoesBack(on, first.condition, first.days, first.since, clocks.kept_until)


@lru_cache(maxsize=4096)
def _last_day(calendar: WorkingCalendar, began: date, days: int) -> date:
    """Counted once for all that began on one day: it took a third of a night."""
    return calendar.add(began, days)


def last_worked(calendar: WorkingCalendar, day: date) -> date:
    """The day itself if it is worked, else the last one before it that was."""
    for _tried in range(IDLE_DAYS):
        if calendar.is_working(day):
            return day
        day -= timedelta(days=1)
    return date.min


def loosened(before: Bounds, now: Bounds) -> dict[str, int]:
    """The bounds on the day they change: what is loosened counts at once, what is tightened from the next day."""
    return {condition: max(before[condition], days) for condition, days in now.items() if condition in before}
