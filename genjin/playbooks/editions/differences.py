"""What differs between two versions of a playbook, place by place. Entries with a code are matched by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from genjin.playbooks.editions.canonical import as_plain
from genjin.playbooks.schema import Playbook

# What names an entry of a list: the first of these it has.
KEYS = ("code", "playbook")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place (`classes[3k].cycle.max`) with its value before and after; None where there was or is nothing."""

    place: str
    before: Any
    after: Any

    @property
    def section(self) -> str:
        """The part of the file it lies in: classes, blocks, chips."""
        return self.place.partition(".")[0].partition("[")[0]


def differences(before: Playbook, after: Playbook) -> list[Difference]:
    """Everything that differs, in the order of the file."""
    return list(_between("", as_plain(before), as_plain(after)))


def _between(place: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    one, other = _parts(before), _parts(after)
    if one is None or other is None:
        yield Difference(place, before, after)
        return
    for name in {**one, **other}:
        inside = f"{place}{name}" if name.startswith("[") or not place else f"{place}.{name}"
        yield from _between(inside, one.get(name), other.get(name))


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a value; None for a value that is shown as a whole."""
    if isinstance(value, dict):
        return None if set(value) <= {"min", "max"} else value
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        key = next((key for key in KEYS if all(key in each for each in value)), None)
        return {f"[{each[key] if key else nth}]": each for nth, each in enumerate(value)}
    return None
