"""After a large change the database is told to count its tables, so that it finds the short way."""

from unittest import mock

import pytest
from django.db import DatabaseError, connection

from genjin.config import preparing
from genjin.core import statistics
from genjin.core.jobs import worker
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


def test_a_start_does_not_wait_for_it_but_a_new_edition_does(db):
    with mock.patch.object(statistics, "refresh") as refresh:
        assert preparing.migrate() is False
        preparing.prepare()
        assert not refresh.called
        with (
            mock.patch.object(preparing, "MigrationExecutor") as executor,
            mock.patch.object(preparing, "call_command"),
        ):
            executor.return_value.migration_plan.return_value = ["one"]
            assert preparing.migrate() is True
        assert refresh.called


def test_the_worker_lets_sqlite_learn_when_it_starts(db):
    with mock.patch.object(statistics, "refresh") as refresh, mock.patch.object(worker, "connection") as used:
        used.vendor = "sqlite"
        worker.count_tables()
        used.vendor = "postgresql"
        worker.count_tables()
    assert refresh.call_count == 1
    assert used.close.call_count == 2


def test_a_database_that_refuses_costs_the_figures_not_the_worker(caplog):
    with (
        mock.patch.object(statistics, "refresh", side_effect=DatabaseError),
        mock.patch.object(worker, "connection") as used,
    ):
        used.vendor = "sqlite"
        worker.count_tables()
    assert "not counted" in caplog.text
