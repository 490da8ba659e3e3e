"""What the machine could not do, told apart from what the program did wrong: the page then says what to mend."""

import errno

import psycopg
from django.db import DatabaseError, InterfaceError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}

# What SQLite and PostgreSQL say, in lower case → the code of the sentence. The first that is found counts.
SAID = [
    ("database or disk is full", "machine_disk_is_full"),
    ("no space left on device", "machine_disk_is_full"),
    ("attempt to write a readonly database", "machine_folder_is_read_only"),
    ("unable to open database file", "machine_folder_is_read_only"),
    ("read-only transaction", "machine_folder_is_read_only"),
    ("database is locked", "machine_is_busy"),
    ("disk i/o error", "machine_disk_fails"),
    ("database disk image is malformed", "machine_rows_are_damaged"),
    ("file is not a database", "machine_rows_are_damaged"),
]
# PostgreSQL's classes of states in which the server is not there: connection, shutting down or starting.
AWAY = ("08", "57P")


def fault_of(error: BaseException | None) -> str | None:
    """The code of the sentence for an error that is the machine's, None for every other."""
    while error is not None:
        if code := _fault(error):
            return code
        error = error.__cause__ or error.__context__
    return None


def _fault(error: BaseException) -> str | None:
    if isinstance(error, OSError):
        return (
            "machine_disk_is_full" if error.errno in FULL
            else "machine_folder_is_read_only" if error.errno in READ_ONLY
            else None
        )  # fmt: skip
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and error.sqlstate is None:
        return "machine_database_is_away"  # the job queue's own connection
    if type(error).__module__ == "redis.exceptions" and type(error).__name__ in ("ConnectionError", "TimeoutError"):
        return "machine_queue_is_away"
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    said = str(error).lower()
    if code := next((code for words, code in SAID if words in said), None):
        return code
    state = getattr(error.__cause__, "sqlstate", None)
    gone = isinstance(error, InterfaceError) or (type(error).__name__ == "OperationalError" and state is None)
    is_postgresql = type(error.__cause__).__module__.startswith("psycopg")
    return "machine_database_is_away" if is_postgresql and (gone or (state or "").startswith(AWAY)) else None
