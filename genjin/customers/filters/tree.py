"""Conditions in groups, and how they are written in an address. Plain values: no Django, no table.

    where=city:is:无锡,苏州;attempts:min:3      both hold
    where=any(class:is:5;tag:is:7)            one of them holds
    where=…&where=…                           groups; all hold, with join=any one of them

A backslash stands before a comma, a semicolon or a backslash that belongs to a value.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

MOST = 50
JOINS = ("all", "any")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Condition:
    """A field, an operator and what it is compared with, as text: `city`, `is`, ("无锡", "苏州")."""

    field: str
    operator: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        written = ",".join(_escaped(value) for value in self.values)
        return f"{self.field}:{self.operator}" + (f":{written}" if self.values else "")


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all hold, or any."""

    conditions: tuple[Condition, ...]
    join: str = "all"

    def __str__(self) -> str:
        written = ";".join(str(condition) for condition in self.conditions)
        return f"any({written})" if self.join == "any" else written


@dataclass(frozen=True, slots=True)
class Where:
    """Groups of which all hold, or any. Empty, it is met by everybody."""

    groups: tuple[Group, ...] = ()
    join: str = "all"

    def __bool__(self) -> bool:
        return bool(self.groups)

    def __iter__(self) -> Iterator[Condition]:
        return (condition for group in self.groups for condition in group.conditions)

    def written(self) -> list[str]:
        """One text for each group, as the address has it."""
        return [str(group) for group in self.groups]

    def without(self, group: int, place: int) -> "Where":
        """The same without one condition; a group that has none left goes, too."""
        kept = self.groups[group].conditions[:place] + self.groups[group].conditions[place + 1 :]
        return self._with_group(group, kept)

    def plus(self, condition: Condition, *, group: int | None = None, join: str = "all") -> "Where":
        """The same with one condition more: in that group, else in a new one."""
        if group is None or group >= len(self.groups):
            return replace(self, groups=(*self.groups, Group((condition,), join)))
        return self._with_group(group, (*self.groups[group].conditions, condition))

    def _with_group(self, place: int, conditions: tuple[Condition, ...]) -> "Where":
        groups = [*self.groups[:place], replace(self.groups[place], conditions=conditions), *self.groups[place + 1 :]]
        return replace(self, groups=tuple(group for group in groups if group.conditions))


EVERYBODY = Where()


def parse(texts: Iterable[str], join: str = "all") -> tuple[Where, list[str]]:
    """The groups that these texts write, and the pieces that write no condition."""
    groups, astray = [], []
    for text in texts:
        group, wrong = _group(text)
        astray += wrong
        if group.conditions:
            groups.append(group)
    return Where(tuple(groups), join if join in JOINS else "all"), astray


def _group(text: str) -> tuple[Group, list[str]]:
    join, inner = "all", text.strip()
    if len(inner) > LONGEST:
        return Group(()), [inner[:40] + "…"]
    for name in JOINS:
        if inner.startswith(f"{name}(") and inner.endswith(")"):
            join, inner = name, inner[len(name) + 1 : -1]
    conditions, astray = [], []
    for piece in _split(inner, ";"):
        field, _colon, rest = piece.strip().partition(":")
        operator, colon, values = rest.partition(":")
        if field.isidentifier() and operator.isidentifier():
            given = [_plain(value).strip() for value in _split(values, ",")] if colon else []
            conditions.append(Condition(field, operator, tuple(given)))
        elif piece.strip():
            astray.append(piece.strip()[:60])
    return Group(tuple(conditions), join), astray


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that no backslash keeps."""
    parts, part, kept = [], "", False
    for sign in text:
        if sign == mark and not kept:
            parts.append(part)
            part = ""
        else:
            part += sign
        kept = sign == "\\" and not kept
    return [*parts, part]


def _plain(text: str) -> str:
    plain, kept = "", False
    for sign in text:
        if sign == "\\" and not kept:
            kept = True
        else:
            plain, kept = plain + sign, False
    return plain


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\,;" else sign for sign in text)
