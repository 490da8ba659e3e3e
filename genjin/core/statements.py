"""Questions that pages ask again and again in the same words: their SQL is written once, only the values change.

Building a queryset and writing its SQL takes some ten times as long as SQLite takes to answer a small question. A
`Statement` keeps the SQL of a queryset together with what turns the answer into Python values.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Count, QuerySet, Value
from django.db.models.query import ModelIterable, get_related_populators


class Keys(list[int]):
    """A value of several keys. The rows of each key must be the same whichever others are asked for with it."""

    AT_ONCE = 64


# What stands in the place of a value while the SQL is written: nothing that a question would ask for by itself.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda nth: 31_513 + nth,  # fits the smallest column
    Keys: lambda nth: Keys(range(30_011 + 64 * nth, 30_011 + 64 * (nth + 1))),
    date: lambda nth: date(9513 + nth, 6, 1),
    datetime: lambda nth: datetime(9613, 1, 1 + nth, tzinfo=UTC),
    str: lambda nth: f"…{nth}…",
}
# A day may be asked for with others around it (`today - timedelta(days=30)`).
_AROUND = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL; for each of its places the name of a value with what makes a parameter of it, or a constant alone."""

    sql: str
    places: tuple[tuple[str | None, Any], ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]
    as_instance: Callable[[tuple[Any, ...]], Any] | None


class Statement:
    """A queryset as a function of plain values: `ask(owner=7, day=today)` gives its rows.

    They are the tuples of `values_list`, or instances with what `select_related` names (nothing is prefetched). The
    function is called once for each database, with marks in the place of the values; so it may hand them to filters,
    and decide nothing by them. Its parameters say their types: int, date, datetime, str or Keys.
    """

    around = "{}"  # what is asked with the SQL of the queryset

    def __init__(self, question: Callable[..., QuerySet[Any, Any]], *, may_ignore: bool = False) -> None:
        """`may_ignore`: whether the question may leave a value out."""
        self.question, self.may_ignore = question, may_ignore
        self._written: dict[str, _Written] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """The rows. Of more keys than are asked for at once, one portion after the other."""
        for name, keys in values.items():
            if isinstance(keys, Keys) and len(keys) > Keys.AT_ONCE:
                parts = (Keys(keys[at : at + Keys.AT_ONCE]) for at in range(0, len(keys), Keys.AT_ONCE))
                return [row for part in parts for row in self(**{**values, name: part})]
            if isinstance(keys, Keys) and not keys:
                return []
        return self._rows(values)

    def _rows(self, values: dict[str, Any]) -> list[Any]:
        written = self._written.get(connection.vendor) or self._write()
        given = [made if name is None else made(values[name]) for name, made in written.places]
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
        places = tuple(_place(param, marks) for param in params)
        lost = marks.keys() - {name for name, _made in places}
        if lost and not self.may_ignore:
            raise TypeError(f"{self.question.__qualname__}: no place in the SQL for {', '.join(sorted(lost))}")
        found = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        converters = tuple((at, *each) for at, each in found.items())
        whole = issubclass(queryset._iterable_class, ModelIterable)
        written = _Written(self.around.format(sql), places, converters, _maker(compiler) if whole else None)
        self._written[connection.vendor] = written
        return written


class Amount(Statement):
    """How many rows a queryset has, as one number: of a slice no more than it takes."""

    around = "SELECT COUNT(*) FROM ({}) AS counted"

    def __call__(self, **values: Any) -> int:  # type: ignore[override]
        return self._rows(values)[0][0]


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
    related = get_related_populators(found, compiler.select, database)  # type: ignore[call-arg]

    def made(row: tuple[Any, ...]) -> Any:
        instance = model.from_db(database, names, row[first:end])
        for each in related:
            each.populate(row, instance)
        return instance

    return made


def _place(param: Any, marks: dict[str, Any]) -> tuple[str | None, Any]:
    """Which value stands here, and how it is given to the database."""
    for name, mark in marks.items():
        if isinstance(mark, Keys) and param in mark:
            return name, _nth_key(mark.index(param), type(param))
        if isinstance(mark, int | str) and param == mark:
            # PostgreSQL is told the width of a whole number by its type
            return name, type(param) if isinstance(mark, int) else str
        if isinstance(mark, datetime) and param == connection.ops.adapt_datetimefield_value(mark):
            return name, lambda value: connection.ops.adapt_datetimefield_value(value)
        if type(mark) is date and (away := _days_away(param, mark)) is not None:
            return name, lambda value: connection.ops.adapt_datefield_value(value + away)
    return None, param


def _nth_key(nth: int, kind: Callable[[int], Any]) -> Callable[[Keys], Any]:
    """The nth of some keys; the last one again where there are fewer."""
    return lambda keys: kind(keys[min(nth, len(keys) - 1)])


def _days_away(param: Any, mark: date) -> timedelta | None:
    """How far a day in the SQL lies from a mark; None for what is no day, or none of this mark."""
    try:
        day = date.fromisoformat(param) if isinstance(param, str) else param
        away = day - mark
    except (TypeError, ValueError):
        return None
    return away if isinstance(away, timedelta) and abs(away) <= _AROUND else None


def _converted(rows: list[tuple[Any, ...]], converters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    turned = []
    for row in map(list, rows):
        for at, functions, expression in converters:
            for convert in functions:
                row[at] = convert(row[at], expression, connection)
        turned.append(tuple(row))
    return turned
