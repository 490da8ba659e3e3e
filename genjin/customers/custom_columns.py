"""Custom fields of customers as columns of a list, for whose role sees them: `custom_CODE`."""

from collections.abc import Callable, Iterable
from typing import Any

from genjin.core.fields.definitions import NUMBERS, Definition
from genjin.core.fields.reading import Viewer, field_of, fields_of
from genjin.customers.columns import COLUMNS, Column
from genjin.customers.shown import Line
from genjin.web import formats
from genjin.web.fields.words import plain_value

PREFIX = "custom_"
CELLS = {"number": "number", "money": "money", "date": "day"}


def column_named(name: str, reader: Viewer) -> Column | None:
    """A column by its name, a custom one, too; None where there is none that the reader sees."""
    if name in COLUMNS or not name.startswith(PREFIX):
        return COLUMNS.get(name)
    field = field_of("customer", name.removeprefix(PREFIX), reader)
    return column_of(field) if field else None


def named(names: Iterable[str], reader: Viewer) -> tuple[Column, ...]:
    """The columns of these names, in this order; what is no column, or stands there twice, is left out."""
    found = (column_named(name, reader) for name in dict.fromkeys(names))
    return tuple(column for column in found if column is not None)


def custom_columns(reader: Viewer) -> list[Column]:
    """Those of the fields in use, in their order."""
    return [column_of(field) for field in fields_of("customer", reader)]


def column_of(field: Definition) -> Column:
    return Column(
        f"{PREFIX}{field.code}",
        field.label,
        _value(field),
        CELLS.get(field.kind, "long" if field.kind == "text" else "text"),
        num=field.kind in NUMBERS,
        reads=("custom",),
    )


def _value(field: Definition) -> Callable[[Line], Any]:
    def value(line: Line) -> Any:
        kept = (line.customer.custom or {}).get(field.code)
        names = line.named() if field.kind == "person" and kept is not None else None
        plain = plain_value(field, kept, names)
        if field.kind == "phone" and plain is not None and line.is_masked:
            return formats.masked(str(plain))
        return "" if plain is None and field.kind not in CELLS else plain

    return value
