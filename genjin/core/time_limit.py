"""A question to the database that may take long is stopped in time, so that the one who asked hears why."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, transaction

STEPS = 20_000  # of SQLite's machine between two looks at the clock: less than a millisecond
QUERY_CANCELED = "57014"  # PostgreSQL's code
INTERRUPTED = "SQLITE_INTERRUPT"


class TakesTooLong(Exception):
    """The database was stopped: the answer would have come after the limit."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """All statements within are to be answered in so many seconds together; else `TakesTooLong`.

    For reading only: on PostgreSQL it opens a transaction, which a stop ends.
    """
    until = monotonic() + seconds

    def in_time(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if monotonic() >= until:
            raise TakesTooLong
        return execute(sql, params, many, context)

    limited = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    try:
        with limited(until), connection.execute_wrapper(in_time):
            yield
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        raise TakesTooLong from error


def _was_stopped(error: OperationalError) -> bool:
    """What the database itself says: its clock may strike a moment before ours."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", "") == QUERY_CANCELED or getattr(cause, "sqlite_errorname", "") == INTERRUPTED


@contextmanager
def _on_sqlite(until: float) -> Iterator[None]:
    connection.ensure_connection()
    raw = connection.connection
    raw.set_progress_handler(lambda: monotonic() >= until, STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def _on_postgresql(until: float) -> Iterator[None]:
    def with_what_is_left(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left = max(int((until - monotonic()) * 1000), 1)
        connection.connection.execute(f"SET LOCAL statement_timeout = {left}")
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(with_what_is_left):
            yield
        connection.connection.execute("SET LOCAL statement_timeout TO DEFAULT")
