"""The custom fields of a customer under the names that the audit record and a kept standing have: `custom.CODE`.

So one of them is changed, merged, undone and told by itself, although all stand in one column.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from genjin.core.fields.rules import merged

PREFIX = "custom."
COLUMN = "custom"


def is_custom(name: str) -> bool:
    return name.startswith(PREFIX)


def code_of(name: str) -> str:
    return name.removeprefix(PREFIX)


def names_of(*values: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The names of all that stands in any of these rows."""
    return tuple(dict.fromkeys(f"{PREFIX}{code}" for each in values for code in each or ()))


def value_of(row: Any, name: str) -> Any:
    """A field of the row by its name, a custom one, too."""
    return (row.custom or {}).get(code_of(name)) if is_custom(name) else getattr(row, name)


def set_value(row: Any, name: str, value: Any) -> None:
    """The same the other way. Saves nothing."""
    row.custom = merged(row.custom, {code_of(name): value})


def set_values(row: Any, values: Mapping[str, Any]) -> None:
    """The custom fields among these values; None empties one. Saves nothing."""
    for name in filter(is_custom, values):
        set_value(row, name, values[name])


def columns_of(names: Iterable[str]) -> list[str]:
    """The columns in which these fields stand, each once."""
    return list(dict.fromkeys(COLUMN if is_custom(name) else name for name in names))
