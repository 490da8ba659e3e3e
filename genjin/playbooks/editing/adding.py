"""A playbook with one class more: beside another one wherever that is named, so that its customers stand in a block, a
count and a rule from the first day on."""

import re
from copy import deepcopy
from typing import Any

from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.schema import Playbook

# Lists of classes by the name they have in the file: whom a rule is for. Where customers go (`to`) is left as it is.
LISTS = ("classes", "then")
_CODE = re.compile(r"[A-Za-z0-9]{1,4}")


def with_class(
    playbook: Playbook, *, like: str, name: dict[str, str], badge: str, definition: dict[str, str] | None = None
) -> Playbook:
    """A class that begins as `like` is: its cycle, look, conditions and talk track, next to it on the ladder, counted
    with it. An unknown class, or the one a payment leads to, is a KeyError."""
    beside = next((entry for entry in playbook.classes if entry.code == like), None)
    if beside is None or like == playbook.won_class:
        raise KeyError(like)
    raw = deepcopy(as_plain(playbook))
    code = code_for(playbook, badge)
    entry = deepcopy(next(each for each in raw["classes"] if each["code"] == like))
    entry |= {"code": code, "name": name, "badge": {"zh": badge, "en": badge}}
    if definition:
        entry["definition"] = definition
    for part, value in raw.items():
        if part not in ("classes", "retired", "comes_from"):
            raw[part] = _joined(value, like, code)
    at = next(nth for nth, each in enumerate(raw["classes"]) if each["code"] == like)
    raw["classes"].insert(at + 1, entry)
    return from_plain(raw)


def code_for(playbook: Playbook, badge: str) -> str:
    """What the class is called in files and records: its badge where that is free, else a number of its own. Never
    again the code of a class that was left out: records keep it."""
    taken = {entry.code for entry in playbook.classes} | set(playbook.retired)
    if _CODE.fullmatch(badge) and badge not in taken:
        return badge
    return next(code for code in (f"c{number}" for number in range(1, 1000)) if code not in taken)


def _joined(part: Any, like: str, code: str) -> Any:
    if isinstance(part, list):
        return [_joined(each, like, code) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _beside(each, like, code) if name in LISTS and isinstance(each, list) else _joined(each, like, code)
        for name, each in part.items()
    }


def _beside(codes: list[Any], like: str, code: str) -> list[Any]:
    return [one for each in codes for one in ((each, code) if each == like else (each,))]
