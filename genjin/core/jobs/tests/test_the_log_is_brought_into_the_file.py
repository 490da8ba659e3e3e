"""The worker empties SQLite's log, so that no one who saves a note waits for it."""

import pytest
from django.db import connection

from genjin.core.jobs.jobs import bring_log_into_file


@pytest.mark.django_db(transaction=True)
def test_afterwards_no_page_of_the_log_is_missing_in_the_file():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE logged (n INTEGER)")
        cursor.execute("INSERT INTO logged VALUES (1)")
        bring_log_into_file()
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            _busy, in_log, in_file = cursor.fetchone()
            assert in_log == in_file
        cursor.execute("SELECT n FROM logged")
        assert cursor.fetchone() == (1,)
        cursor.execute("DROP TABLE logged")
