"""A week's days, what should be booked for them, and whether a day lies inside a customer's cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.structure import Week
from genjin.playbooks.variant import CustomerClass

DAYS = 7


@dataclass(frozen=True, slots=True)
class Standard:
    """What should be booked for one day: by whom books it (55 35 25 15 10 5), and at least, when a manager looks
    (35 25 25 20 15 15) (C8)."""

    booked: int
    inspected: int

    def of_a_part(self, left: int, whole: int) -> "Standard":
        """What is asked of a day of which only so many of its contacts are left: half a day's leave."""
        return Standard(self.booked * left // whole, self.inspected * left // whole) if left < whole else self


def confirmed_from(visit_on: date, calendar: WorkingCalendar) -> date:
    """The day from which a visit is to be confirmed: the last working day before it (C9)."""
    day = visit_on - timedelta(days=1)
    for _back in range(31):
        if calendar.is_working(day):
            return day
        day -= timedelta(days=1)
    return visit_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cycle:
    """The days a customer can stand on without a reason: from the cycle's minimum to its last day, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_from(monday: date) -> list[date]:
    """Monday to Sunday."""
    return [monday + timedelta(days=n) for n in range(DAYS)]


def standards(week: Week | None, worked: Sequence[date]) -> dict[date, Standard]:
    """The standard of each worked day of one week, in their order: the n-th figure is that of the n-th day worked, so a
    week that begins after a holiday still begins with the most (ours). The last figure stands for all after it."""
    if week is None:
        return {}

    def nth(figures: Sequence[int], number: int) -> int:
        return figures[min(number, len(figures) - 1)]

    return {
        day: Standard(nth(week.booked, number), nth(week.inspected, number))
        for number, day in enumerate(sorted(worked))
    }


def short_of(booked: Mapping[date, int], standards: Mapping[date, Standard], *, since: date) -> dict[date, int]:
    """The days from `since` on for which less is booked than a manager looks for, and how much is lacking."""
    lacking = {day: standard.inspected - booked.get(day, 0) for day, standard in standards.items() if day >= since}
    return {day: lack for day, lack in lacking.items() if lack > 0}


def cycle_of(
    cls: CustomerClass, *, due_on: date, due_why: Mapping[str, Any], today: date, calendar: WorkingCalendar
) -> Cycle:
    """The days a person may choose without saying why.

    From the first day that planning may choose, never before today, to the last day of the cycle; once that has
    passed, up to the next working day. Where the day was not counted from anything, from today.
    """
    since = due_why.get("since")
    first = today
    if since is not None:
        first = max(today, min(calendar.add(date.fromisoformat(since), cls.min_days), due_on))
    return Cycle(first, max(due_on, calendar.next_working(today)) if due_on < today else due_on)


def what_needs_a_reason(cls: CustomerClass, day: date, cycle: Cycle, calendar: WorkingCalendar) -> Reason | None:
    """Why this day is not to be had without a reason: before the cycle's first day, or not worked. That it lies past
    the cycle is said where the last day moves (`due_by_person`)."""
    if not calendar.is_working(day):
        return Reason("day_is_off", {"day": day.isoformat()})
    if day < cycle.first:
        figures = {"playbook": cls.playbook, "class_code": cls.code, "min": cls.min_days, "max": cls.max_days}
        return Reason("day_before_cycle", {**figures, "day": day.isoformat(), "first": cycle.first.isoformat()})
    return None
