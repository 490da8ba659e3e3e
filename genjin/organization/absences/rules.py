"""Which halves of which days somebody is away, and whether an absence may be written down. Plain values."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from genjin.core.reasons import Reason

MORNING, AFTERNOON = "morning", "afternoon"
WHOLE = frozenset({MORNING, AFTERNOON})
HALVES = {"day": WHOLE, MORNING: frozenset({MORNING}), AFTERNOON: frozenset({AFTERNOON})}

# The longest absence that is written at once (ours): whoever is away longer hands the customers over.
LONGEST = 92
# How far back a manager may still say that somebody was away (ours).
DAYS_BACK = 31

Span = tuple[date, date, str]  # first and last day, and which part of each


def halves_off(spans: Iterable[Span], *, first: date, last: date) -> dict[date, frozenset[str]]:
    """Day → the halves that are off, of the days from `first` to `last`."""
    off: dict[date, frozenset[str]] = {}
    for begins, ends, part in spans:
        day = max(begins, first)
        while day <= min(ends, last):
            off[day] = off.get(day, frozenset()) | HALVES[part]
            day += timedelta(days=1)
    return off


def refusal_to_be_absent(
    *, first: date, last: date, part: str, today: date, is_own: bool, there: Iterable[Span]
) -> Reason | None:
    """Why this cannot be written down: backwards, too long, in the past, or said already. `there`: what is."""
    length = (last - first).days + 1
    if length < 1:
        return Reason("absence_runs_backwards", {"first": first.isoformat(), "last": last.isoformat()})
    if length > LONGEST:
        return Reason("absence_too_long", {"days": length, "longest": LONGEST})
    if is_own and first < today:
        return Reason("absence_of_past_days", {"first": first.isoformat()})
    if first < today - timedelta(days=DAYS_BACK):
        return Reason("absence_long_past", {"first": first.isoformat(), "days": DAYS_BACK})
    off = halves_off(there, first=first, last=last)
    taken = _first_taken(off, HALVES[part], first, last)
    return Reason("absence_there_already", {"day": taken.isoformat()}) if taken else None


def _first_taken(off: Mapping[date, frozenset[str]], halves: frozenset[str], first: date, last: date) -> date | None:
    return min((day for day, taken in off.items() if first <= day <= last and taken & halves), default=None)


def refusal_to_remove(*, first: date, today: date, is_own: bool) -> Reason | None:
    """Why an absence cannot be taken back: what has begun is the manager's to correct."""
    if is_own and first < today:
        return Reason("absence_has_begun", {"first": first.isoformat()})
    return None
