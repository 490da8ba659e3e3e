"""What a lead says of the customer it becomes, and what of it goes back. Plain values in, answer out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from genjin.playbooks.variant import CustomerClass, Variant

NAMED = 60  # characters of a contact person's name
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Carried:
    """`file` are fields of the customer, `person` those of a contact person there (none where nobody is known),
    `phones` belong to that person, or to the customer where there is none."""

    file: dict[str, Any]
    person: dict[str, str]
    phones: tuple[str, ...]


def carried(lead: Fields, *, name: str = "") -> Carried:
    """What the lead's fields are at a customer. `name` is what a person calls it; else the company, else the person.

    A person is named by what reaches them where no name is known. A number that is none is kept among the remarks.
    """
    called = name or lead["company"] or lead["person_name"] or lead["phone"] or lead["phone_text"] or lead["email"]
    said = (lead["product"], lead["wants"], lead["phone_text"] if called != lead["phone_text"] else "")
    file = {
        "kind": "org" if lead["company"] or not lead["person_name"] else "person",
        "name": called,
        "source_id": lead["source_id"],
        "province": lead["province"],
        "city": lead["city"],
        "remarks": "\n".join(part for part in said if part)[:5000],
        "referred_by_id": lead["referred_by_id"],
    }
    reached = {"wechat": lead["wechat"], "email": lead["email"]}
    who = (lead["person_name"] or lead["wechat"] or lead["email"])[:NAMED]
    person = {"name": who, "title": lead["title"], **reached} if who else {}
    return Carried(file, person, (lead["phone"],) if lead["phone"] else ())


TAKEN = ("source_id", "province", "city", "referred_by_id")  # filled at a customer that is there, where it has none


def filled(standing: Fields, file: Fields, chosen: Collection[str]) -> dict[str, Any]:
    """The fields of a customer that is there which the lead changes: what it lacks, what was chosen of the lead; its
    remarks are added to."""
    changed: dict[str, Any] = {}
    for field in TAKEN:
        value = file[field]
        if value not in ("", None) and value != standing[field] and (field in chosen or standing[field] in ("", None)):
            changed[field] = value
    if file["remarks"] and file["remarks"] not in standing["remarks"]:
        changed["remarks"] = "\n".join(part for part in (standing["remarks"], file["remarks"]) if part)[:5000]
    return changed


def differing(standing: Fields, file: Fields) -> list[str]:
    """The fields of which both have a value, and not the same: to be chosen by a person."""
    return [
        field
        for field in TAKEN
        if file[field] not in ("", None) and standing[field] not in ("", None) and file[field] != standing[field]
    ]


def person_filled(there: Fields, person: Fields) -> dict[str, str]:
    """The fields of a contact person who is there that the lead fills: only what they lack."""
    return {field: value for field, value in person.items() if value and not there[field]}


def may_enter(playbook: Variant) -> list[CustomerClass]:
    """The classes that a lead may become a customer in: none that closes, and none of who has bought (a receipt says
    that, not a lead)."""
    return [cls for cls in playbook.classes if not cls.closes_as and not cls.is_won]


def given_back(stood: Fields, left: Fields, now: Fields, *, standing: Collection[str]) -> dict[str, Any]:
    """What goes back at a customer that was there: each field of its file that nobody has changed since; whose it is
    and when it is contacted only all together, for half of a standing is none."""
    changed = {field for field, before in stood.items() if before != left[field]}
    back = {field: stood[field] for field in changed if field not in standing and now[field] == left[field]}
    if all(now[field] == left[field] for field in stood if field in standing):
        back |= {field: stood[field] for field in changed if field in standing}
    return back
