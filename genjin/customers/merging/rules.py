"""Where one customer stands that was two. Plain values in (as the audit record keeps them), answer out.

Nothing looks fresher than it is: of two last days of a cycle the earlier counts. Nothing that was done is lost:
contacts are added up. Fields of the file are joined as those of any record (`core/joining`).
"""

from collections.abc import Mapping
from typing import Any

from genjin.core import joining

ADDED_UP = ("attempts", "effective_contacts")
LATER = ("last_effective_on", "last_touch_at", "moved_up_on")
EARLIER = ("won_on",)
OF_THE_LAST_CONTACT = ("last_note", "missed_in_row")
DAYS = (("due_on", "due_why"), ("planned_on", "planned_why"))

Fields = Mapping[str, Any]


def merged_standing(kept: Fields, absorbed: Fields) -> dict[str, Any]:
    """Where both stand together: class and owner are the kept one's; only an open owned one has days."""
    both: dict[str, Any] = {field: kept[field] + absorbed[field] for field in ADDED_UP}
    both |= {field: max(filter(None, (kept[field], absorbed[field])), default=None) for field in LATER}
    both |= {field: min(filter(None, (kept[field], absorbed[field])), default=None) for field in EARLIER}
    last = max(kept, absorbed, key=lambda each: each["last_touch_at"] or "")
    both |= {field: last[field] for field in OF_THE_LAST_CONTACT}
    if kept["playbook"] == absorbed["playbook"]:
        entered = [each["entered_classes"] for each in (kept, absorbed)]
        both["entered_classes"] = {
            code: min(filter(None, (each.get(code) for each in entered)))
            for code in dict.fromkeys((*entered[0], *entered[1]))
        }
        both["conditions"] = list(dict.fromkeys((*kept["conditions"], *absorbed["conditions"])))
    if kept["owner_id"] is not None and kept["closed_on"] is None:
        for day, why in DAYS:
            first = min((each for each in (kept, absorbed) if each[day]), key=lambda each: each[day], default=kept)
            both[day], both[why] = first[day], first[why]
        both["appointment_at"] = min(filter(None, (kept["appointment_at"], absorbed["appointment_at"])), default=None)
    return both


def taken_apart(stood: Fields, left: Fields, now: Fields, absorbed: Fields) -> dict[str, Any]:
    """The kept one's fields without the other: what the merge changed goes back, unless somebody has changed it since;
    of what was added up the other's part is taken off."""
    back = joining.taken_apart({field: stood[field] for field in stood if field not in ADDED_UP}, left, now)
    back |= {field: max(0, now[field] - absorbed[field]) for field in ADDED_UP if field in stood}
    if "effective_contacts" in back:
        back["effective_contacts"] = min(back["effective_contacts"], back["attempts"])
    return back
