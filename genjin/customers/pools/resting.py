"""A customer rests in its pool until a day: it stands on no pool's list and nobody claims it.

Two things let one rest: the pool's embargo on what has just come in, and whatever lays it there and says until when
(a customer that was given up). The later day counts.
"""

from datetime import date

from genjin.core.reasons import Reason
from genjin.playbooks.practice import Practice


def claimable_from(practice: Practice, *, today: date, resting_until: date | None = None) -> date | None:
    """The first day on which a customer that is laid into a pool today may be claimed; None when that is today."""
    days = [day for day in (resting_until, _end_of_embargo(practice, today)) if day is not None and day > today]
    return max(days, default=None)


def _end_of_embargo(practice: Practice, today: date) -> date | None:
    """The pool's embargo counts working days of its unit."""
    working_days = practice.playbook.pool.embargo_days
    return practice.calendar.add(today, working_days) if working_days else None


def rests(claimable_from: date | None, today: date) -> bool:
    return claimable_from is not None and claimable_from > today


def refusal_to_wake(*, name: str, claimable_from: date | None, today: date) -> Reason | None:
    """Why a customer cannot be claimed today: it still rests."""
    if claimable_from is None or not rests(claimable_from, today):
        return None
    return Reason("rests_until", {"name": name, "on": claimable_from.isoformat()})
