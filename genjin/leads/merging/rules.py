"""Where one lead stands that was two. Plain values in (as the audit record keeps them), answer out.

Nothing looks fresher than it is, and nothing is put off: of two days of a next push the earlier counts. Nothing that
was done is lost: attempts and arrivals are added up. Fields of the file are joined as those of any record
(`core/joining`).
"""

from collections.abc import Mapping
from typing import Any

from genjin.core import joining

ADDED_UP = ("pushes", "reached", "times")
LATER = ("last_push_at", "last_arrived_at")
EARLIER = ("first_push_at", "arrived_at")
OF_THE_LAST_PUSH = ("last_note", "missed_in_row", "judgement")

Fields = Mapping[str, Any]


def merged_standing(kept: Fields, absorbed: Fields) -> dict[str, Any]:
    """Where both stand together: owner and queue are the kept one's. One that had ended moves no day and no judgement
    of one that is open."""
    both: dict[str, Any] = {field: kept[field] + absorbed[field] for field in ADDED_UP}
    both |= {field: max(filter(None, (kept[field], absorbed[field])), default=None) for field in LATER}
    both |= {field: min(filter(None, (kept[field], absorbed[field])), default=None) for field in EARLIER}
    if absorbed["ended_at"] is not None:
        return both
    last = max(kept, absorbed, key=lambda each: each["last_push_at"] or "")
    both |= {field: last[field] for field in OF_THE_LAST_PUSH}
    first = min(kept, absorbed, key=lambda each: each["push_on"])
    both |= {"push_on": first["push_on"], "push_why": first["push_why"]}
    both["visit_at"] = min(filter(None, (kept["visit_at"], absorbed["visit_at"])), default=None)
    return both


def taken_apart(stood: Fields, left: Fields, now: Fields, absorbed: Fields) -> dict[str, Any]:
    """The kept one's fields without the other: what the merge changed goes back, unless somebody has changed it since;
    of what was added up the other's part is taken off. One that has ended since keeps what its ending took away."""
    back = joining.taken_apart({field: stood[field] for field in stood if field not in ADDED_UP}, left, now)
    back |= {field: max(0, now[field] - absorbed[field]) for field in ADDED_UP}
    back["reached"] = min(back["reached"], back["pushes"])
    back["times"] = max(1, back["times"])
    if now["ended_at"] is not None:
        back |= {field: now[field] for field in ("push_on", "push_why", "visit_at")}
    return back
