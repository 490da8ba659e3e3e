"""A place of a playbook's file in the words of a sales manager: 普3 · 周期 · 最长."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from genjin.playbooks.editing.places import steps
from genjin.playbooks.editions.differences import Difference

NAMES = {
    "after": pgettext_lazy("place in a playbook", "after"),
    "active": pgettext_lazy("place in a playbook", "switched on"),
    "aim": pgettext_lazy("place in a playbook", "aim"),
    "approve_giving_up": pgettext_lazy("place in a playbook", "giving up needs approval"),
    "badge": pgettext_lazy("place in a playbook", "badge"),
    "blocks": pgettext_lazy("place in a playbook", "Blocks of the day"),
    "booked": pgettext_lazy("place in a playbook", "booked"),
    "bring_next": pgettext_lazy("place in a playbook", "Bring next time"),
    "chips": pgettext_lazy("place in a playbook", "Chips"),
    "claims_a_day": pgettext_lazy("place in a playbook", "claims a day"),
    "class_targets": pgettext_lazy("place in a playbook", "of classes"),
    "classes": pgettext_lazy("place in a playbook", "Classes"),
    "close_within": pgettext_lazy("place in a playbook", "close within"),
    "comes_from": pgettext_lazy("place in a playbook", "From another playbook"),
    "conditions": pgettext_lazy("place in a playbook", "Conditions"),
    "count": pgettext_lazy("place in a playbook", "number"),
    "cycle": pgettext_lazy("place in a playbook", "cycle"),
    "cycles": pgettext_lazy("place in a playbook", "cycles"),
    "daily_slots": pgettext_lazy("place in a playbook", "Contacts a day"),
    "days": pgettext_lazy("place in a playbook", "working days"),
    "definition": pgettext_lazy("place in a playbook", "who belongs here"),
    "effective": pgettext_lazy("place in a playbook", "effective contacts"),
    "embargo_days": pgettext_lazy("place in a playbook", "held back while fresh"),
    "end_of_day": pgettext_lazy("place in a playbook", "End of the day"),
    "enter": pgettext_lazy("place in a playbook", "before entering"),
    "entry_class": pgettext_lazy("place in a playbook", "Entry class"),
    "first_contact_within": pgettext_lazy("place in a playbook", "first contact within"),
    "from": pgettext_lazy("place in a playbook", "from"),
    "give_up": pgettext_lazy("place in a playbook", "Giving up"),
    "inspected": pgettext_lazy("place in a playbook", "inspected"),
    "interests": pgettext_lazy("place in a playbook", "Interests"),
    "key": pgettext_lazy("place in a playbook", "key"),
    "key_same_day": pgettext_lazy("place in a playbook", "key again the same day"),
    "kp_known": pgettext_lazy("place in a playbook", "KP known"),
    "ladder": pgettext_lazy("place in a playbook", "Ladder of what is overdue"),
    "limit": pgettext_lazy("place in a playbook", "limit"),
    "lock_out_days": pgettext_lazy("place in a playbook", "former owner locked out"),
    "masked_phones": pgettext_lazy("place in a playbook", "phones masked"),
    "max": pgettext_lazy("place in a playbook", "longest"),
    "min": pgettext_lazy("place in a playbook", "shortest"),
    "miss_reasons": pgettext_lazy("place in a playbook", "Why not reached"),
    "mix": pgettext_lazy("place in a playbook", "Mix"),
    "mixes": pgettext_lazy("place in a playbook", "Mixes"),
    "move_to": pgettext_lazy("place in a playbook", "move to"),
    "name": pgettext_lazy("place in a playbook", "name"),
    "no_contact": pgettext_lazy("place in a playbook", "without effective contact"),
    "no_move_up": pgettext_lazy("place in a playbook", "without moving up"),
    "not_won": pgettext_lazy("place in a playbook", "not won"),
    "objections": pgettext_lazy("place in a playbook", "Objections"),
    "parts": pgettext_lazy("place in a playbook", "parts"),
    "pool": pgettext_lazy("place in a playbook", "Pool"),
    "proposals": pgettext_lazy("place in a playbook", "Proposals"),
    "propose": pgettext_lazy("place in a playbook", "proposes"),
    "quarantine_days": pgettext_lazy("place in a playbook", "out of all pools after giving up"),
    "recycle": pgettext_lazy("place in a playbook", "Going back to the pool"),
    "rest": pgettext_lazy("place in a playbook", "Any time"),
    "retired": pgettext_lazy("place in a playbook", "Classes left out"),
    "retry": pgettext_lazy("place in a playbook", "Not reached"),
    "rhythms": pgettext_lazy("place in a playbook", "Rhythms"),
    "rules": pgettext_lazy("place in a playbook", "rules"),
    "say": pgettext_lazy("place in a playbook", "what to say"),
    "services": pgettext_lazy("place in a playbook", "Services introduced"),
    "sizes": pgettext_lazy("place in a playbook", "Number sets"),
    "standards": pgettext_lazy("place in a playbook", "standards"),
    "starts": pgettext_lazy("place in a playbook", "from"),
    "steps": pgettext_lazy("place in a playbook", "steps"),
    "stock": pgettext_lazy("place in a playbook", "stock"),
    "summary": pgettext_lazy("place in a playbook", "summary"),
    "talk_track": pgettext_lazy("place in a playbook", "Talk track"),
    "target": pgettext_lazy("place in a playbook", "target"),
    "then": pgettext_lazy("place in a playbook", "then"),
    "times": pgettext_lazy("place in a playbook", "times"),
    "title": pgettext_lazy("place in a playbook", "title"),
    "to": pgettext_lazy("place in a playbook", "to"),
    "views_a_day": pgettext_lazy("place in a playbook", "views a day"),
    "warn_days": pgettext_lazy("place in a playbook", "warned days before"),
    "warn_from_day": pgettext_lazy("place in a playbook", "warn from day"),
    "warning": pgettext_lazy("place in a playbook", "warning level"),
    "week": pgettext_lazy("place in a playbook", "Week"),
    "weekend": pgettext_lazy("place in a playbook", "Weekend message"),
    "when": pgettext_lazy("place in a playbook", "on occasion of"),
    "who": pgettext_lazy("place in a playbook", "who hears of it"),
    "words": pgettext_lazy("place in a playbook", "words"),
    "won_class": pgettext_lazy("place in a playbook", "Won class"),
    "worth_following": pgettext_lazy("place in a playbook", "Worth following"),
    "zh": pgettext_lazy("place in a playbook", "Chinese"),
    "en": pgettext_lazy("place in a playbook", "English"),
}


def place_words(place: str, raw: Any) -> str:
    """The way to a place, from the whole to the part; entries of a list by their name, else by their number."""
    said: list[str] = []
    badges = badges_of(raw)
    for step in steps(place) or (place,):
        if isinstance(step, int):
            entry = raw[step] if isinstance(raw, list) and step < len(raw) else None
            said.append(_name_of(entry, badges) or _("no. %(n)d") % {"n": step + 1})
            raw = entry
        else:
            said.append(str(NAMES.get(step, step)))
            raw = raw.get(step) if isinstance(raw, dict) else None
    return pgettext("between parts of a place", " · ").join(said)


def badges_of(*playbooks: Any) -> dict[str, str]:
    """What stands on the badge of each class, by its code, in the reader's language; the first that knows it."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    found: dict[str, str] = {}
    for raw in playbooks:
        classes = raw.get("classes") if isinstance(raw, dict) else None
        for entry in classes if isinstance(classes, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("badge"), dict):
                found.setdefault(entry.get("code", ""), str(entry["badge"].get(language) or ""))
    return found


NO_BADGES: Mapping[str, str] = MappingProxyType({})


def _name_of(entry: Any, badges: Mapping[str, str] = NO_BADGES) -> str:
    """What an entry is called by whoever wrote the file."""
    if not isinstance(entry, dict):
        return str(entry) if isinstance(entry, str) else ""
    if isinstance(entry.get("classes"), list) and "name" not in entry:
        return " ".join(badges.get(code, str(code)) for code in entry["classes"])
    words = entry.get("name") or entry.get("words") or entry.get("title") or entry
    language = "en" if (get_language() or "").startswith("en") else "zh"
    found = words.get(language) if isinstance(words, dict) else None
    return found if isinstance(found, str) else ""


def in_words(found: Iterable[Difference], before: Any, after: Any) -> list[tuple[str, str, str]]:
    """Differences between two playbooks as plain values: the place, what stood there, what stands there."""
    badges = badges_of(after, before)
    return [
        (
            difference_words(each.place, before, after),
            value_words(worn(each.place, each.before, badges)),
            value_words(worn(each.place, each.after, badges)),
        )
        for each in found
    ]


# Parts of the file that name classes by their codes.
OF_CLASSES = frozenset({"classes", "then", "to", "move_to", "entry_class", "won_class", "retired"})


def worn(place: str, value: Any, badges: Mapping[str, str]) -> Any:
    """The value of a place with the badges of classes instead of their codes, where it names classes."""
    if not OF_CLASSES & set(place.replace("]", "").replace("[", ".").split(".")[-2:]):
        return value
    if isinstance(value, list):
        return [badges.get(each, each) if isinstance(each, str) else each for each in value]
    return badges.get(value, value) if isinstance(value, str) else value


def difference_words(place: str, before: Any, after: Any) -> str:
    """The place of a difference (`classes[3k].cycle`), whose entries are named by their codes."""
    parts = []
    badges = badges_of(after, before)
    for name in place.replace("]", "").replace("[", ".").split("."):
        entry = _entry(after, name) or _entry(before, name)
        step: Any = name
        if entry is not None:
            parts.append(_name_of(entry, badges) or name)
        elif name.isdecimal() and isinstance(after or before, list):
            nth = int(name)
            found = next((raw[nth] for raw in (after, before) if isinstance(raw, list) and nth < len(raw)), None)
            parts.append(_name_of(found, badges) or _("no. %(n)d") % {"n": nth + 1})
            step = nth
        else:
            parts.append(str(NAMES.get(name, name)))
        before, after = _inside(before, step, entry), _inside(after, step, entry)
    return pgettext("between parts of a place", " · ").join(parts)


def _entry(raw: Any, code: str) -> Any:
    """The entry of a list with this code."""
    entries = raw if isinstance(raw, list) else ()
    return next((each for each in entries if isinstance(each, dict) and each.get("code") == code), None)


def _inside(raw: Any, step: Any, entry: Any) -> Any:
    if isinstance(raw, list):
        if entry is not None:
            return _entry(raw, entry["code"])
        return raw[step] if isinstance(step, int) and step < len(raw) else None
    return raw.get(step) if isinstance(raw, dict) else None


def value_words(value: Any) -> str:
    """What stood or stands at a place, in one line: 5–8, 是, 新客户."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _(", ").join(value_words(each) for each in value) or "–"
    if isinstance(value, dict) and set(value) == {"min", "max"}:
        low, high = value["min"], value["max"]
        return str(low) if low == high else f"{low}–{high}"
    if isinstance(value, dict):
        shown = (f"{NAMES.get(name, name)} {value_words(each)}" for name, each in value.items() if name != "code")
        return _name_of(value) or _(", ").join(shown)
    return str(value)
