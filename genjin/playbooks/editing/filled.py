"""A playbook with what a form has sent written into it."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from secrets import token_hex
from typing import Any, Protocol

from genjin.playbooks.editing.kinds import has_field, is_struct, kind_of, may_be_absent
from genjin.playbooks.editing.places import put, steps, take_out, value_at
from genjin.playbooks.words import Words

REMOVE = "remove"


class Sent(Protocol):
    """A form's fields: several values to a name."""

    def keys(self) -> Iterable[str]: ...
    def getlist(self, key: str) -> list[str]: ...


def filled(raw: Mapping[str, Any], sent: Sent, roots: Iterable[str]) -> dict[str, Any]:
    """The plain values of a playbook with the fields of a form in their places.

    Only places below `roots` are written. What no number is stays as the text it was, for the parser to name. A part of
    which every field was cleared is left out; a new row that was left blank never comes to be.
    """
    found = deepcopy(dict(raw))
    places = sorted((name for name in sent.keys() if _is_below(name, roots)), key=_order)  # noqa: SIM118
    touched = [place for place in places if _write(found, place, sent.getlist(place))]
    for parent in sorted({_parent(place) for place in touched}, key=_order, reverse=True):
        _complete(found, parent)
    removed = (name for name in sent.getlist(REMOVE) if _is_below(name, roots))
    for place in sorted(set(removed) | _blank_rows(found, touched), key=_order, reverse=True):
        take_out(found, place)
    return found


def _is_below(place: str, roots: Iterable[str]) -> bool:
    way = steps(place)
    return way is not None and way[0] in set(roots)


def _order(place: str) -> tuple[Any, ...]:
    return tuple((1, step, "") if isinstance(step, int) else (0, 0, step) for step in steps(place) or ())


def _parent(place: str) -> str:
    return place.rpartition("[")[0] if place.endswith("]") else place.rpartition(".")[0]


def _write(raw: dict[str, Any], place: str, texts: list[str]) -> bool:
    """Whether the place was one that a form can fill."""
    try:
        kind = kind_of(place)
    except KeyError:
        return False
    given = [text.strip() for text in texts if text.strip()]
    text = given[-1] if given else ""
    value: Any
    if kind == "codes":
        value = list(dict.fromkeys(given))
    elif kind == "yes_no":
        value = bool(given)
    elif kind == "number":
        value = int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else text or None
    else:
        value = text or None
    put(raw, place, value)
    return True


def _complete(raw: dict[str, Any], place: str) -> None:
    """Words in one language stand for the other, too; a part whose fields are all empty is absent where it may be."""
    part = value_at(raw, place) if place else None
    if not isinstance(part, dict):
        return
    if is_struct(place, Words) and (part.get("zh") or part.get("en")):
        part["zh"], part["en"] = part.get("zh") or part["en"], part.get("en") or part["zh"]
    if not _says_anything(part) and may_be_absent(place):
        take_out(raw, place)
    elif place.endswith("]") and has_field(place, "code") and not part.get("code"):
        part["code"] = f"own_{token_hex(4)}"  # never again the code of one that was taken out: notes keep it


def _blank_rows(raw: dict[str, Any], touched: Iterable[str]) -> set[str]:
    """Entries of lists of which the form has left nothing, such as the row for a new one."""
    rows = {place[: place.rindex("]") + 1] for place in touched if "]" in place}
    return {row for row in rows if is_struct(row) and not _says_anything(value_at(raw, row))}


def _says_anything(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_says_anything(each) for name, each in value.items() if name != "code")
    if isinstance(value, list):
        return any(_says_anything(each) for each in value)
    return value is not None and value is not False and value != ""
