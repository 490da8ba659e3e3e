"""What stands in a day's list besides customers, tasks and visits: entries of apps further right, which register here.

Each entry takes a slot of the day as a contact does, done or still to do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from genjin.core.reasons import Reason
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """One thing to do. `state` is one of the four words; `since` when it came, for what is answered by the minute; `at`
    its local time, where it has one that is on the day."""

    name: str
    about: str
    address: str
    icon: str
    state: str
    why: Reason
    since: datetime | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class OtherEntries:
    """One app's part of a person's day: what is still to do, in its order, and how many are done."""

    title: Any
    waiting: Sequence[OtherEntry]
    done: int


@dataclass(frozen=True, slots=True)
class EntrySource:
    """`rows` are what may stand in the day of a person of this key, for counting: by day `by`, or done between the
    instants `first` and `end`. `read` gives the entries, in one query, and is asked only where there are any rows."""

    rows: Callable[[int, date, datetime, datetime], QuerySet]
    read: Callable[[Person, date], OtherEntries]


_sources: list[EntrySource] = []


def register_entries(source: EntrySource) -> None:
    """Called from an app's `features.py`."""
    if source not in _sources:
        _sources.append(source)


def sources() -> list[EntrySource]:
    return list(_sources)


def entries_of(person: Person, on: date, counts: Sequence[int]) -> tuple[OtherEntries, ...]:
    """What each app has for that day; `counts` say how many rows each of `sources` has."""
    return tuple(source.read(person, on) for source, count in zip(_sources, counts, strict=True) if count)


def slots_taken(entries: Sequence[OtherEntries]) -> int:
    return sum(len(each.waiting) + each.done for each in entries)
