"""What one customer is that was two. Plain values in (as the audit record keeps them), answer out.

Nothing looks fresher than it is: of two last days of a cycle the earlier counts. Nothing that was done is lost:
contacts are added up.
"""

from collections.abc import Collection, Mapping
from typing import Any

ADDED_UP = ("attempts", "effective_contacts")
LATER = ("last_effective_on", "last_touch_at", "moved_up_on")
EARLIER = ("won_on",)
OF_THE_LAST_CONTACT = ("last_note", "missed_in_row")
DAYS = (("due_on", "due_why"), ("planned_on", "planned_why"))

Fields = Mapping[str, Any]


def merged_file(kept: Fields, absorbed: Fields, chosen: Collection[str], fields: Collection[str]) -> dict[str, Any]:
    """The file of both: what was chosen of the absorbed one, else the kept one's, else what it lacks."""
    return {field: absorbed[field] if field in chosen or kept[field] in ("", None) else kept[field] for field in fields}


def differing(kept: Fields, absorbed: Fields, fields: Collection[str]) -> list[str]:
    """The fields of which both have a value, and not the same: to be chosen by a person."""
    return [
        field
        for field in fields
        if kept[field] not in ("", None) and absorbed[field] not in ("", None) and kept[field] != absorbed[field]
    ]


def merged_standing(kept: Fields, absorbed: Fields) -> dict[str, Any]:
    """Where both stand together: class and owner are the kept one's; only an owned one has days."""
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
    if kept["owner_id"] is not None:
        for day, why in DAYS:
            first = min((each for each in (kept, absorbed) if each[day]), key=lambda each: each[day], default=kept)
            both[day], both[why] = first[day], first[why]
        both["appointment_at"] = min(filter(None, (kept["appointment_at"], absorbed["appointment_at"])), default=None)
    return both


def taken_apart(stood: Fields, left: Fields, now: Fields, absorbed: Fields) -> dict[str, Any]:
    """The kept one's fields without the other: what the merge changed goes back, unless somebody has changed it since;
    of what was added up the other's part is taken off."""
    back: dict[str, Any] = {}
    for field, before in stood.items():
        if field in ADDED_UP:
            back[field] = max(0, now[field] - absorbed[field])
        elif before != left[field] and now[field] == left[field]:
            back[field] = before
    if "effective_contacts" in back:
        back["effective_contacts"] = min(back["effective_contacts"], back["attempts"])
    return back
