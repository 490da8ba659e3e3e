"""The connection holds the door exactly as long as it may write."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from genjin.core.jobs.models import Heartbeat

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a matter of SQLite"),
]


def in_another_thread(act) -> list:
    """What it raised there, if anything."""
    raised: list = []

    def run() -> None:
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised


def beat(name: str) -> None:
    connection.settings_dict["OPTIONS"]["timeout"] = 0.2
    Heartbeat.objects.update_or_create(name=name, defaults={"at": "2026-11-24T00:00:00Z"})


@pytest.fixture(autouse=True)
def _patience():
    before = connection.settings_dict["OPTIONS"]["timeout"]
    yield
    connection.settings_dict["OPTIONS"]["timeout"] = before


def test_after_a_commit_the_next_one_writes():
    with transaction.atomic():
        beat("one")
    assert in_another_thread(lambda: beat("two")) == []


def test_after_a_rollback_the_next_one_writes():
    with transaction.atomic():
        beat("one")
        transaction.set_rollback(True)
    assert in_another_thread(lambda: beat("two")) == []
    assert not Heartbeat.objects.filter(name="one").exists()


def test_after_a_failed_statement_the_next_one_writes():
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert in_another_thread(lambda: beat("two")) == []


def test_a_connection_closed_in_the_middle_lets_the_next_one_write():
    with transaction.atomic():
        beat("one")
        connection.close()
    assert in_another_thread(lambda: beat("two")) == []


def test_within_a_transaction_others_wait_and_say_so_in_the_end():
    with transaction.atomic():
        beat("one")
        raised = in_another_thread(lambda: beat("two"))
        assert in_another_thread(lambda: Heartbeat.objects.count()) == []
    assert [type(error) for error in raised] == [OperationalError]
    assert str(raised[0]) == "database is locked"


def test_many_threads_lose_nothing():
    def write(number: int) -> None:
        for _ in range(10):
            with transaction.atomic():
                row = Heartbeat.objects.select_for_update().get(name="sum")
                Heartbeat.objects.create(name=f"{number} {_}", at=row.at)

    connection.settings_dict["OPTIONS"]["timeout"] = 20
    Heartbeat.objects.create(name="sum", at="2026-11-24T00:00:00Z")
    raised: list = []
    threads = [
        threading.Thread(target=lambda n=n: raised.extend(in_another_thread(lambda: write(n)))) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    assert Heartbeat.objects.count() == 81


def test_what_several_wrote_is_brought_to_the_disk_before_anybody_is_told(monkeypatch):
    """Behind a writer another waits: its commit is not synced by SQLite, but by the log, before it returns."""
    connection.ensure_connection()
    connection.connection.execute("PRAGMA synchronous=FULL")
    wrapper = connections["default"]
    monkeypatch.setattr(wrapper, "_may_share", True)
    monkeypatch.setattr(wrapper, "_syncs_itself", True)
    line = wrapper._line()
    synced: list[bool] = []
    monkeypatch.setattr(line.log, "bring_to_disk", lambda: synced.append(_stands_in_the_file("one")))
    monkeypatch.setattr(type(line), "is_waited_for", property(lambda self: True))
    with transaction.atomic():
        beat("one")
        assert connection.connection.execute("PRAGMA synchronous").fetchone() == (1,)
        assert synced == []
    assert synced == [True]
    monkeypatch.setattr(type(line), "is_waited_for", property(lambda self: False))
    with transaction.atomic():
        beat("two")
        assert connection.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert synced == [True]


def _stands_in_the_file(name: str) -> bool:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        return bool(other.execute("SELECT 1 FROM jobs_heartbeat WHERE name = ?", [name]).fetchall())
