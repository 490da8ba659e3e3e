"""The custom fields of a row beside its own, as fields that are joined and taken apart: `custom.` and the code."""

from collections.abc import Collection, Mapping
from typing import Any

from genjin.core.fields.models import Describable
from genjin.core.fields.rules import merged

PREFIX = "custom."


def custom_fields(*rows: Describable) -> list[str]:
    """Those that one of the rows has a value of."""
    return [PREFIX + code for code in dict.fromkeys(code for row in rows for code in row.custom or {})]


def values_of(row: Describable, fields: Collection[str]) -> dict[str, Any]:
    """The values of those of these fields that are custom ones; None where the row has none."""
    known = row.custom or {}
    return {field: known.get(field.removeprefix(PREFIX)) for field in fields if field.startswith(PREFIX)}


def set_values(row: Describable, values: Mapping[str, Any]) -> None:
    """Set the custom fields among these values; None empties one. Saves nothing."""
    given = {field.removeprefix(PREFIX): value for field, value in values.items() if field.startswith(PREFIX)}
    if given:
        row.custom = merged(row.custom, given)
