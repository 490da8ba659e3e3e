"""Inserting rows on SQLite, many to a statement.

While a statement runs, other threads of the process do too. At a row to a statement (`executemany`) they hardly get a
turn, and a narrow table takes twice the time.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection

VALUES_AT_ONCE = 4000  # of 32,766 that SQLite takes; more are no faster


def insert_many(into: str, width: int, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows on SQLite, in the caller's transaction. `into` is the quoted table with its columns."""
    size = max(1, VALUES_AT_ONCE // width)
    marks = f"({', '.join('?' * width)})"
    # The driver's own connection: Django would translate the marks of every statement anew.
    with connection.wrap_database_errors:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            statement = f"INSERT INTO {into} VALUES {', '.join([marks] * len(some))}"  # noqa: S608
            connection.connection.execute(statement, list(chain.from_iterable(some)))
