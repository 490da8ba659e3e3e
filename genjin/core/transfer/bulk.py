"""Writing many rows past the ORM: many to a statement on SQLite, `COPY` on PostgreSQL. Constraints still hold."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from genjin.core.many_rows import insert_many


def column_names(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    """The columns that keep these fields."""
    return [model._meta.get_field(name).column for name in fields]  # type: ignore[union-attr,misc]


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values, in the caller's transaction.

    Days come as ISO text, instants through `instant`, JSON through `as_json`, references as keys.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    into = f"{table} ({', '.join(quote(column) for column in column_names(model, fields))})"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        insert_many(into, len(fields), rows if isinstance(rows, list) else list(rows))


def delete_rows(model: type[models.Model], field: str, values: Sequence[Any]) -> int:
    """Delete the rows whose field has one of these values, in the caller's transaction; how many there were.

    Nothing follows of itself: whoever calls this has taken away before what refers to them.
    """
    if not values:
        return 0
    quote = connection.ops.quote_name
    table, (column,) = quote(model._meta.db_table), column_names(model, [field])
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {quote(column)} IN ({marks})", list(values))  # noqa: S608
        return int(cursor.rowcount)


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys that nobody else will get, for rows inserted in this transaction."""
    if count == 0:
        return []
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction holds the only write lock; sqlite_sequence also knows the keys of rows that are gone.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        start = (last[0] if last else 0) + 1
        return list(range(start, start + count))


def instant(value: Any) -> Any:
    """An aware datetime as this database keeps one."""
    return connection.ops.adapt_datetimefield_value(value)


def as_json(value: Any) -> str:
    """A JSON field's text."""
    return json.dumps(value, ensure_ascii=False)
