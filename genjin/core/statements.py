"""Questions that pages ask again and again in the same words: their SQL is written once, only the values change.

Building a queryset and writing its SQL takes some ten times as long as SQLite takes to answer a small question. A
`Statement` keeps the SQL of a queryset together with what turns the answer into Python values.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# What stands in the place of a value while the SQL is written: nothing that a question would ask for by itself.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda nth: 31_513 + nth,  # fits the smallest column
    date: lambda nth: date(9513, 1, 1 + nth),
    datetime: lambda nth: datetime(9514, 1, 1 + nth, tzinfo=UTC),
    str: lambda nth: f"…{nth}…",
}


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL; for each of its places the name of a value with what adapts it, or None with a constant."""

    sql: str
    places: tuple[tuple[str | None, Any], ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]


class Statement:
    """A queryset of `values_list`, as a function of plain values: `ask(owner=7, day=today)` gives its rows.

    The function is called once for each database, with marks in the place of the values; so it may hand them to
    filters, and decide nothing by them. Its parameters say their types: int, date, datetime or str.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        self.question = question
        self._written: dict[str, _Written] = {}

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        written = self._written.get(connection.vendor) or self._write()
        given = [constant if name is None else constant(values[name]) for name, constant in written.places]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, given)
            rows = cursor.fetchall()
        return _converted(rows, written.converters) if written.converters else rows

    def one(self, **values: Any) -> tuple[Any, ...]:
        """The only row of an answer that always has one, such as a count."""
        (row,) = self(**values)
        return row

    def _write(self) -> _Written:
        kinds = {name: each.annotation for name, each in inspect.signature(self.question).parameters.items()}
        marks = {name: _MARKS[kind](nth) for nth, (name, kind) in enumerate(kinds.items())}
        compiler = self.question(**marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        adapted = {name: _adapter(kinds[name])(mark) for name, mark in marks.items()}
        places = tuple(_place(param, adapted, kinds) for param in params)
        if lost := marks.keys() - {name for name, _adapt in places}:
            raise TypeError(f"{self.question.__qualname__}: no place in the SQL for {', '.join(sorted(lost))}")
        found = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        converters = tuple((at, *each) for at, each in found.items())
        self._written[connection.vendor] = _Written(sql, places, converters)
        return self._written[connection.vendor]


def _adapter(kind: type) -> Callable[[Any], Any]:
    """How a value of this kind is given to the database."""
    if kind is date:
        return lambda value: connection.ops.adapt_datefield_value(value)
    if kind is datetime:
        return lambda value: connection.ops.adapt_datetimefield_value(value)
    return lambda value: value


def _place(param: Any, adapted: dict[str, Any], kinds: dict[str, type]) -> tuple[str | None, Any]:
    for name, mark in adapted.items():
        if param == mark:
            whole = isinstance(param, int)  # PostgreSQL is told the width of a whole number by its type
            return name, type(param) if whole else _adapter(kinds[name])
    return None, param


def _converted(rows: list[tuple[Any, ...]], converters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    turned = []
    for row in map(list, rows):
        for at, functions, expression in converters:
            for convert in functions:
                row[at] = convert(row[at], expression, connection)
        turned.append(tuple(row))
    return turned
