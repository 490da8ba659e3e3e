"""Reading many rows as they stood at one moment, while others write."""

import threading
from contextlib import suppress

import pytest
from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.audit.services import record
from genjin.core.databases.one_view import one_view

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(work) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive()


def write(at) -> None:
    record(by=None, at=at, verb="tried", kind="test", subject=1)


def test_others_write_meanwhile_and_are_not_seen_before_the_end(at):
    with one_view():
        assert not Entry.objects.exists()
        in_a_thread(lambda: write(at))
        assert not Entry.objects.exists()
    assert Entry.objects.count() == 1


def test_the_end_of_a_view_leaves_the_connection_as_it_was(at):
    with suppress(ZeroDivisionError), one_view():
        list(Entry.objects.all())
        raise ZeroDivisionError
    write(at)
    in_a_thread(lambda: write(at))
    assert Entry.objects.count() == 2
