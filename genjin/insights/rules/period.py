"""The days that a report is about: this week, this month, or chosen ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

LONGEST = 366
Kind = Literal["week", "last_week", "month", "last_month", "chosen"]


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    kind: Kind
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def earlier(self, number: int) -> list["Period"]:
        """As many periods of the same length and the same days of the week right before it, the nearest first."""
        step = timedelta(days=-(-self.days // 7) * 7)
        return [Period("chosen", self.first - nth * step, self.last - nth * step) for nth in range(1, number + 1)]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(today: date) -> Period:
    """From Monday until today."""
    return Period("week", monday_of(today), today)


def next_week(today: date) -> tuple[date, ...]:
    """Monday to Sunday after this week's."""
    monday = monday_of(today) + timedelta(days=7)
    return tuple(monday + timedelta(days=number) for number in range(7))


def period(kind: str, *, today: date, first: date | None = None, last: date | None = None) -> Period:
    """The period of an address; whatever makes no sense is this week."""
    if kind == "chosen" and first and last:
        first, last = min(first, last), min(max(first, last), today)
        first = max(first, last - timedelta(days=LONGEST - 1))
        return Period("chosen", min(first, last), last)
    if kind == "last_week":
        monday = monday_of(today) - timedelta(days=7)
        return Period("last_week", monday, monday + timedelta(days=6))
    if kind == "month":
        return Period("month", today.replace(day=1), today)
    if kind == "last_month":
        end = today.replace(day=1) - timedelta(days=1)
        return Period("last_month", end.replace(day=1), end)
    return week(today)
