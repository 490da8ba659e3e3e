"""Reading many rows as they stood at one moment, for minutes if need be, while everybody else goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_view() -> Iterator[None]:
    """What is read within is of one moment. For reading only.

    On SQLite every transaction of Django's has the only turn to write, so this is none of these: nobody waits for it.
    Within a transaction that is open already it is that one's view, and what fails within harms only itself.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            raw.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
