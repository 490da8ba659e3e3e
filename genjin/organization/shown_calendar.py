"""A year's days off and make-up days as people speak of them: National Day from the 1st to the 7th."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from genjin.core.calendar.models import CalendarDay


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row with one kind and one name, which is in the reader's language."""

    kind: str
    name: str
    days: tuple[CalendarDay, ...]


def spans(days: Iterable[CalendarDay]) -> list[Span]:
    """The days, in their order, put together where they follow each other and have the same name."""
    found: list[list[CalendarDay]] = []
    for day in days:
        last = found[-1][-1] if found else None
        follows = last is not None and day.on - last.on == timedelta(days=1)
        if last is not None and follows and (day.kind, day.name) == (last.kind, last.name):
            found[-1].append(day)
        else:
            found.append([day])
    return [Span(each[0].kind, each[0].label, tuple(each)) for each in found]
