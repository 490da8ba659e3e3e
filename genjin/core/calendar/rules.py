"""Working days: which days a team works, and counting in them. Plain values, no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

IDLE_DAYS = 3660  # searched before a calendar counts as one in which nobody ever works


class Week(StrEnum):
    """How many days a team works a week."""

    FIVE = "five"
    SIX = "six"
    ALTERNATING = "alternating"  # 大小周: six days, then five
    SEVEN = "seven"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """One team's working days.

    `six_day_from` is a Monday of a six-day week and fixes the rhythm of an alternating pattern. Holidays and make-up
    days count only where the team observes them. A year outside `known_years` falls back to the plain week.
    """

    week: Week = Week.FIVE
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    six_day_from: date | None = None
    days_off: frozenset[date] = field(default=frozenset())

    def is_working(self, day: date) -> bool:
        if day in self.days_off:
            return False
        if day in self.makeup_days:
            return True
        return day not in self.holidays and self._in_week(day)

    def _in_week(self, day: date) -> bool:
        weekday = day.weekday()
        if weekday < 5 or self.week is Week.SEVEN:
            return True
        if weekday == 6 or self.week is Week.FIVE:
            return False
        if self.week is Week.SIX:
            return True
        start = self.six_day_from or date(2024, 1, 1)
        return (day - start).days // 7 % 2 == 0

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        return next(self.working_days(day))

    def working_days(self, start: date) -> Iterator[date]:
        """Working days from `start` on, itself included when it is worked; at most ten idle years are searched."""
        day = start
        for _ in range(3660):
            if self.is_working(day):
                yield day
            day += timedelta(days=1)

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after `day`; with 0 the day itself, or the next that is worked."""
        if working_days < 0:
            raise ValueError("working days are counted forward")
        if working_days == 0:
            return self.next_working(day)
        for count, worked in enumerate(self.working_days(day + timedelta(days=1)), start=1):
            if count == working_days:
                return worked
        raise ValueError(f"{working_days} working days after {day} lie beyond the calendar")

    def back(self, day: date, working_days: int) -> date:
        """The latest day from which so many working days have passed by the end of `day`; the first of all days where
        hardly anybody ever works.

        `add(began, n) <= day` holds exactly for `began <= back(day, n)`.
        """
        counted, idle = 0, 0
        while counted < working_days:
            if self.is_working(day):
                counted, idle = counted + 1, 0
            else:
                idle += 1
            if idle > IDLE_DAYS or day.toordinal() <= 1:
                return date.min
            day -= timedelta(days=1)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        whole_years = sum(self.worked_in(year) for year in range(start.year, end.year))
        return whole_years + _worked_days(self, end.year)[_nth(end)] - _worked_days(self, start.year)[_nth(start)]

    def worked_in(self, year: int) -> int:
        """Working days of a year."""
        return _worked_days(self, year)[-1]

    def unknown_years(self, start: date, end: date) -> list[int]:
        """Years of the span for which no holidays are known, so that the plain week was taken."""
        return [year for year in range(start.year, end.year + 1) if year not in self.known_years]


def _nth(day: date) -> int:
    """1 for the first of January."""
    return day.timetuple().tm_yday


@lru_cache(maxsize=512)
def _worked_days(calendar: WorkingCalendar, year: int) -> list[int]:
    """Working days of the year up to and including its n-th day, so that counting over months is two look-ups."""
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days if year < date.max.year else 365
    return list(accumulate((calendar.is_working(first + timedelta(days=n)) for n in range(days)), initial=0))
