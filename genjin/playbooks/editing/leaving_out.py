"""A playbook without one of its classes: taken out wherever it is named, with what its customers become."""

from copy import deepcopy
from typing import Any

from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.schema import Playbook

# Lists of classes by the name they have in the file.
LISTS = ("classes", "then", "to")


def without_class(playbook: Playbook, code: str, became: str) -> Playbook:
    """An unknown class, or one that would become itself, is a KeyError."""
    codes = {entry.code for entry in playbook.classes}
    if code not in codes or became not in codes - {code}:
        raise KeyError(code)
    raw = deepcopy(as_plain(playbook))
    raw["classes"] = [entry for entry in raw["classes"] if entry["code"] != code]
    for name, part in raw.items():
        if name not in ("classes", "retired"):
            raw[name] = _freed(part, code, became)
    for name in ("entry_class", "won_class"):
        if raw.get(name) == code:
            raw[name] = became
    raw["retired"] = {old: became if new == code else new for old, new in raw.get("retired", {}).items()}
    raw["retired"][code] = became
    return from_plain(raw)


def _freed(part: Any, code: str, became: str) -> Any:
    if isinstance(part, list):
        return [freed for each in part if not _is_empty(freed := _freed(each, code, became), each)]
    if not isinstance(part, dict):
        return part
    found: dict[str, Any] = {}
    for name, each in part.items():
        if name in LISTS and isinstance(each, list):
            found[name] = [one for one in each if one != code]
        elif name == "classes" and isinstance(each, dict):
            found[name] = {theirs: became if ours == code else ours for theirs, ours in each.items()}
        elif name == "move_to" and each == code:
            found[name] = became
        else:
            found[name] = _freed(each, code, became)
    return found


def _is_empty(freed: Any, before: Any) -> bool:
    """Whether an entry named only the class that is gone."""
    if not isinstance(freed, dict):
        return False
    lists = (name for name in ("classes", "to") if isinstance(freed.get(name), list))
    return any(before[name] and not freed[name] for name in lists)
