"""Many rows at once: asked for by their keys, updated by them, and inserted on SQLite many to a statement.

Handing a value over takes as long as writing some: of a wide table whose rows share most of their values those are
handed over once to a statement (customers of an import: 22 µs a row instead of 36, measured). At a row to a statement
(`executemany`) a narrow table takes half as long again.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

VALUES_AT_ONCE = 4000  # of 32,766 that SQLite takes; more are no faster
ROWS_AT_ONCE = 2000  # updated by one statement on PostgreSQL
WORTH_LOOKING = 50  # rows from which on it pays to look for what they share


def among(keys: Sequence[int]) -> RawSQL:
    """These keys, for `filter(pk__in=…)` with thousands of them: one value to the statement instead of one for each."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])


def update_many(
    model: type[models.Model], columns: "Sequence[models.Field[Any, Any]]", rows: Sequence[Sequence[Any]]
) -> None:
    """Give rows new values of these columns, in the caller's transaction: each row is the values as the columns prepare
    them for saving, then the key. A key stands there once.

    On PostgreSQL one statement takes them all: it plans a statement of its own for each row otherwise, and each is a
    journey (1.7 ms a customer instead of 0.3, at a load of 9). SQLite prepares one for all.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), [quote(str(column.column)) for column in columns]
    if connection.vendor != "postgresql":
        change = f"UPDATE {table} SET {', '.join(f'{name} = %s' for name in names)} WHERE id = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(change, rows)
        return
    # No width: a value that is too long is refused, not cut off.
    kinds = [str(column.db_type(connection)).partition("(")[0] for column in columns]
    values = ", ".join(f"%s::{kind}[]" for kind in (*kinds, "bigint"))
    change = (
        f"UPDATE {table} SET {', '.join(f'{name} = given.{name}' for name in names)} "  # noqa: S608
        f"FROM UNNEST({values}) AS given ({', '.join(names)}, id) WHERE {table}.id = given.id"
    )
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            cursor.execute(change, [list(column) for column in zip(*rows[start : start + ROWS_AT_ONCE], strict=True)])


def insert_many(into: str, width: int, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows on SQLite, in the caller's transaction. `into` is the quoted table with its columns."""
    shared = _shared(rows, width) if len(rows) >= WORTH_LOOKING else []
    differing = [place for place in range(width) if place not in shared]
    values = [rows[0][place] for place in shared]
    size = (VALUES_AT_ONCE - len(values)) // len(differing) if differing else VALUES_AT_ONCE
    # The driver's own connection: Django would translate the marks of every statement anew.
    with connection.wrap_database_errors:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            statement = f"INSERT INTO {into} VALUES {_marks(width, tuple(shared), len(some))}"  # noqa: S608
            given = (
                values + [row[place] for row in some for place in differing] if shared else chain.from_iterable(some)
            )
            connection.connection.execute(statement, list(given))


@lru_cache(64)
def _marks(width: int, shared: tuple[int, ...], rows: int) -> str:
    """Marks for so many rows, the shared ones numbered first. One without a number takes the next after the highest."""
    numbers = {place: number for number, place in enumerate(shared, 1)}
    others = iter(range(len(shared) + 1, width + 1))
    first = ", ".join([f"?{numbers.get(place) or next(others)}" for place in range(width)])
    rest = ", ".join([f"?{numbers[place]}" if place in numbers else "?" for place in range(width)])
    return ", ".join([f"({first})", *[f"({rest})"] * (rows - 1)])


def _shared(rows: Sequence[Sequence[Any]], width: int) -> list[int]:
    """The places in which all rows have one value."""
    first, middle, last = rows[0], rows[len(rows) // 2], rows[-1]
    return [
        place
        for place in range(width)
        if first[place] == middle[place] == last[place]
        and [row[place] for row in rows].count(first[place]) == len(rows)
    ]
