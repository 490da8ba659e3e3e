"""A playbook with some values exchanged, as tests put it into drafts."""

from typing import Any

from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.editions.services import change_draft, put_into_effect
from genjin.playbooks.schema import Playbook, shipped

NORMAL_3 = 3  # where the class stands in the file


def changed(changes: dict[str, Any], code: str = "telesales", held: Playbook | None = None) -> Playbook:
    """`changes` maps a path as in `classes.3.cycle.max` to its value; None takes the part out."""
    raw = as_plain(held or shipped()[code])
    for path, value in changes.items():
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        part: Any = raw
        for step in steps:
            part = part[step]
        if value is None:
            del part[last]
        else:
            part[last] = value
    return from_plain(raw)


def without_class(code: str, became: str | None = None) -> Playbook:
    """Telesales without a class, taken out wherever it is named."""

    def freed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: freed(each) for key, each in value.items() if each != code or key == "badge"}
        if isinstance(value, list):
            return [freed(each) for each in value if each != code]
        return value

    raw = as_plain(shipped()["telesales"])
    raw["classes"] = [entry for entry in raw["classes"] if entry["code"] != code]
    kept = {key: raw.pop(key) for key in ("classes", "comes_from", "conditions", "chips", "week")}
    raw = freed(raw) | kept
    for size in raw["sizes"]:
        size["stock"] = [stock for stock in size["stock"] if stock["classes"]]
    raw["comes_from"][0]["classes"] = {a: b for a, b in raw["comes_from"][0]["classes"].items() if b != code}
    if became:
        raw["retired"] = {code: became}
    return from_plain(raw)


def made_current(content: Playbook, *, by, at, dates_too: bool = False, note: str = "试一周") -> Edition:
    """Put a playbook into effect the way a person does."""
    draft = change_draft(playbook=content.code, content=content, by=by, at=at)
    return put_into_effect(draft=draft, note=note, dates_too=dates_too, by=by, at=at)
