"""What one record is that was two, field by field, and each of the two again. Plain values in, answer out.

Values are as the audit record keeps them (`core/audit`). A field without a value is None or "".
"""

from collections.abc import Collection, Mapping
from typing import Any

Fields = Mapping[str, Any]
EMPTY: tuple[Any, ...] = ("", None)


def joined(
    kept: Fields, absorbed: Fields, fields: Collection[str], *, chosen: Collection[str] = (), both: Collection[str] = ()
) -> dict[str, Any]:
    """The fields of both: of what was `chosen` the absorbed one's value, else the kept one's, else what it lacks.

    `both` are texts of which the absorbed one's is added below the kept one's, unless it stands there already.
    """
    return {
        field: _below(kept[field], absorbed[field])
        if field in both
        else absorbed[field]
        if field in chosen or kept[field] in EMPTY
        else kept[field]
        for field in fields
    }


def differing(kept: Fields, absorbed: Fields, fields: Collection[str]) -> list[str]:
    """The fields of which both have a value, and not the same: to be chosen by a person."""
    return [
        field
        for field in fields
        if kept[field] not in EMPTY and absorbed[field] not in EMPTY and kept[field] != absorbed[field]
    ]


def taken_apart(stood: Fields, left: Fields, now: Fields) -> dict[str, Any]:
    """What goes back where two are taken apart: fields that were changed by joining (`stood` before it, `left` after
    it), unless somebody has changed them since."""
    return {field: before for field, before in stood.items() if before != left[field] and now[field] == left[field]}


def _below(text: str, more: str) -> str:
    return "\n".join(part for part in (text, "" if more in text else more) if part)
