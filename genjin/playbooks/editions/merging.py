"""A draft carried over to a version that somebody else has made meanwhile: place by place, as plain values.

What only one of the two changed is taken from that one. What both changed to different things is a clash, and a person
says which of the two it shall be; until then nothing of either is lost. Entries of a list that have a code are matched
by it, however they moved; lists without codes are taken entry by entry where none came or went, else as a whole.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from genjin.playbooks.editions.differences import KEYS

Side = Literal["mine", "theirs"]


class _Nothing(Enum):
    """What stands at a place where nothing does."""

    HERE = None


NOTHING = _Nothing.HERE


@dataclass(frozen=True, slots=True)
class Clash:
    """One place (`classes[3k].cycle`) that both changed; None where one of them took it out."""

    place: str
    before: Any
    mine: Any
    theirs: Any


@dataclass(slots=True)
class Merged:
    """`content` holds mine at every clash that nobody has decided yet."""

    content: dict[str, Any] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def merged(base: Any, mine: Any, theirs: Any, chosen: Mapping[str, Side] | None = None) -> Merged:
    """Bring together what became of `base` on two sides. `chosen`: the side for places that clash."""
    found = Merged()
    content = _merge("", base, mine, theirs, chosen or {}, found.clashes)
    assert isinstance(content, dict)
    found.content = deepcopy(content)
    return found


def _merge(place: str, base: Any, mine: Any, theirs: Any, chosen: Mapping[str, Side], clashes: list[Clash]) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    parts = _matched(base, mine, theirs)
    if parts is not None:
        return _merge_parts(place, mine, *parts, chosen, clashes)
    clashes.append(Clash(place, *(None if each is NOTHING else each for each in (base, mine, theirs))))
    return theirs if chosen.get(place) == "theirs" else mine


def _merge_parts(
    place: str, mine: Any, base: dict, ours: dict, others: dict, chosen: Mapping[str, Side], clashes: list[Clash]
) -> Any:
    found: dict[str, Any] = {}
    for name in _in_order(base, ours, others):
        inside = f"{place}{name}" if name.startswith("[") or not place else f"{place}.{name}"
        was, one, other = (each.get(name, NOTHING) for each in (base, ours, others))
        value = _merge(inside, was, one, other, chosen, clashes)
        if value is not NOTHING:
            found[name] = value
    return list(found.values()) if isinstance(mine, list) else found


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a value; None for one that is taken as a whole, such as a cycle."""
    if isinstance(value, dict):
        return None if set(value) <= {"min", "max"} else value
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return None
    key = next((key for key in KEYS if all(key in each for each in value)), None)
    named = {f"[{each[key] if key else nth}]": each for nth, each in enumerate(value)}
    return named if len(named) == len(value) else None


def _matched(base: Any, mine: Any, theirs: Any) -> tuple[dict, dict, dict] | None:
    """The named parts of all three, where they can be told from each other; None where they are taken as a whole.
    Entries that are only counted are told from each other where none came or went."""
    before, ours, others = _parts(base), _parts(mine), _parts(theirs)
    if before is None or ours is None or others is None or type(mine) is not type(theirs):
        return None
    entries = [each for part in (before, ours, others) for each in part.values()]
    coded = isinstance(mine, dict) or any(all(key in each for each in entries) for key in KEYS)
    return (before, ours, others) if coded or before.keys() == ours.keys() == others.keys() else None


def _in_order(base: dict, mine: dict, theirs: dict) -> list[str]:
    """The order of whoever changed it, mine where both did; what the other added comes after what it stands after."""
    common = [name for name in base if name in mine and name in theirs]
    moved = [name for name in mine if name in common] != common
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    before: str | None = None
    for name in second:
        if name not in order:
            order.insert(order.index(before) + 1 if before in order else 0, name)
        before = name
    return order
