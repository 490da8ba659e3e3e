"""What the machine could not do is told apart from what the program did wrong."""

import errno

import psycopg
import pytest
import redis.exceptions
from django.db import IntegrityError, InterfaceError, OperationalError

from genjin.web.faults import fault_of


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("database or disk is full"), "machine_disk_is_full"),
        (OperationalError("attempt to write a readonly database"), "machine_folder_is_read_only"),
        (OperationalError("unable to open database file"), "machine_folder_is_read_only"),
        (OperationalError("database is locked"), "machine_is_busy"),
        (OperationalError("disk I/O error"), "machine_disk_fails"),
        (OSError(errno.ENOSPC, "No space left on device"), "machine_disk_is_full"),
        (OSError(errno.EROFS, "Read-only file system"), "machine_folder_is_read_only"),
        (PermissionError(errno.EACCES, "Permission denied"), "machine_folder_is_read_only"),
        (raised(OperationalError("gone"), psycopg.OperationalError("connection refused")), "machine_database_is_away"),
        (raised(OperationalError("gone"), psycopg.errors.AdminShutdown("x")), "machine_database_is_away"),
        (raised(InterfaceError("gone"), psycopg.InterfaceError("closed")), "machine_database_is_away"),
        (raised(OperationalError("x"), psycopg.errors.DiskFull("x: No space left on device")), None),
        (raised(RuntimeError("while saving"), OperationalError("database or disk is full")), "machine_disk_is_full"),
        (OperationalError("no such table: customers"), None),
        (raised(OperationalError("x"), psycopg.errors.QueryCanceled("x")), None),
        (psycopg.OperationalError("the connection is lost"), "machine_database_is_away"),
        (redis.exceptions.ConnectionError("refused"), "machine_queue_is_away"),
        (redis.exceptions.ResponseError("WRONGTYPE"), None),
        (IntegrityError("UNIQUE constraint failed"), None),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (ZeroDivisionError(), None),
        (None, None),
    ],
)
def test_each_has_its_sentence_and_the_rest_none(error, code):
    assert fault_of(error) == code
