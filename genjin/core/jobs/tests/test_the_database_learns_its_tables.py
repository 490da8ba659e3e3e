"""After a large change the database is told to count its tables, so that it finds the short way."""

import pytest
from django.db import connection

from genjin.core.jobs.jobs import refresh_statistics


@pytest.mark.django_db
def test_afterwards_the_database_knows_how_many_rows_a_table_has():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE counted (n INTEGER PRIMARY KEY, m INTEGER)")
        cursor.execute("CREATE INDEX counted_m ON counted (m)")
        cursor.executemany("INSERT INTO counted VALUES (%s, %s)", [(n, n) for n in range(300)])
    refresh_statistics()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'counted'")
            assert cursor.fetchone()[0].startswith("300")
        else:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'counted'")
            assert cursor.fetchone()[0] == 300
