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
from django.db.models import Aggregate, Count, QuerySet, Value
from django.db.models.query import ModelIterable, get_related_populators

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
    as_instance: Callable[[tuple[Any, ...]], Any] | None


class Statement:
    """A queryset as a function of plain values: `ask(owner=7, day=today)` gives its rows.

    They are the tuples of `values_list`, or instances with what `select_related` names (nothing is prefetched). The
    function is called once for each database, with marks in the place of the values; so it may hand them to filters,
    and decide nothing by them. Its parameters say their types: int, date, datetime or str.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        self.question = question
        self._written: dict[str, _Written] = {}

    def __call__(self, **values: Any) -> list[Any]:
        written = self._written.get(connection.vendor) or self._write()
        given = [constant if name is None else constant(values[name]) for name, constant in written.places]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, given)
            rows = cursor.fetchall()
        if written.converters:
            rows = _converted(rows, written.converters)
        return rows if written.as_instance is None else [written.as_instance(row) for row in rows]

    def one(self, **values: Any) -> Any:
        """The only row of an answer that always has one, such as a count."""
        (row,) = self(**values)
        return row

    def _write(self) -> _Written:
        kinds = {name: each.annotation for name, each in inspect.signature(self.question).parameters.items()}
        marks = {name: _MARKS[kind](nth) for nth, (name, kind) in enumerate(kinds.items())}
        queryset = self.question(**marks)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        adapted = {name: _adapter(kinds[name])(mark) for name, mark in marks.items()}
        places = tuple(_place(param, adapted, kinds) for param in params)
        if lost := marks.keys() - {name for name, _adapt in places}:
            raise TypeError(f"{self.question.__qualname__}: no place in the SQL for {', '.join(sorted(lost))}")
        found = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        converters = tuple((at, *each) for at, each in found.items())
        whole = issubclass(queryset._iterable_class, ModelIterable)
        written = _Written(sql, places, converters, _maker(compiler) if whole else None)
        self._written[connection.vendor] = written
        return written


def counted(rows: QuerySet[Any, Any], *counts: Aggregate) -> QuerySet[Any, Any]:
    """One row with what these aggregates say of all the rows; how many there are when none is named."""
    named = {f"count_{nth}": each for nth, each in enumerate(counts or (Count("pk"),))}
    return rows.order_by().annotate(whole=Value(1)).values("whole").annotate(**named).values_list(*named)


def _maker(compiler: Any) -> Callable[[tuple[Any, ...]], Any]:
    """What makes an instance of a row, as Django's own iteration over a queryset does."""
    found, database = compiler.klass_info, connection.alias
    model, places = found["model"], found["select_fields"]
    first, end = places[0], places[-1] + 1
    names = [each[0].target.attname for each in compiler.select[first:end]]
    related = get_related_populators(found, compiler.select, database)  # type: ignore[call-arg]  stubs of Django 6

    def made(row: tuple[Any, ...]) -> Any:
        instance = model.from_db(database, names, row[first:end])
        for each in related:
            each.populate(row, instance)
        return instance

    return made


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
