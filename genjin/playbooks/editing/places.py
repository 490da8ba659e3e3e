"""Places of a playbook's file, as the parser names them (`classes[3].cycle.max`), and plain values there."""

import re
from itertools import pairwise
from typing import Any

Step = str | int

_STEP = re.compile(r"\[(\d+)\]|(?:^|\.)([A-Za-z0-9_]+)")
LONGEST = 400  # entries of a list that a form may name


def steps(place: str) -> tuple[Step, ...] | None:
    """The way to a place; None for what names none."""
    found: list[Step] = []
    at = 0
    for match in _STEP.finditer(place):
        if match.start() != at:
            return None
        at = match.end()
        found.append(int(match[1]) if match[1] else match[2])
    sane = at == len(place) and found and all(step < LONGEST for step in found if isinstance(step, int))
    return tuple(found) if sane else None


def value_at(raw: Any, place: str) -> Any:
    """What stands there; None where nothing does."""
    for step in steps(place) or ():
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def put(raw: Any, place: str, value: Any) -> None:
    """Write a value, making the parts that lead to it. A list grows by one entry: a place further on is the next."""
    way = steps(place) or ()
    for step, following in pairwise(way):
        raw = _inside(raw, step, [] if isinstance(following, int) else {})
    last = way[-1]
    if isinstance(last, int) and last >= len(raw):
        raw.append(value)
    else:
        raw[last] = value


def _inside(raw: Any, step: Step, otherwise: Any) -> Any:
    if isinstance(step, int):
        if step >= len(raw):
            raw.append(otherwise)
            return raw[-1]
        return raw[step]
    if raw.get(step) is None:
        raw[step] = otherwise
    return raw[step]


def take_out(raw: Any, place: str) -> None:
    """Remove what stands there; nothing where nothing does."""
    way = steps(place)
    if not way:
        return
    parent = raw
    for step in way[:-1]:
        try:
            parent = parent[step]
        except (KeyError, IndexError, TypeError):
            return
    last = way[-1]
    if isinstance(last, int):
        if isinstance(parent, list) and last < len(parent):
            del parent[last]
    elif isinstance(parent, dict):
        parent.pop(last, None)
