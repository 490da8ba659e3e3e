"""Enqueueing: on commit, never before, never without."""

import pytest
from django.db import transaction
from huey import MemoryHuey

from genjin.core.jobs import queue as queues
from genjin.core.jobs.models import Heartbeat
from genjin.core.jobs.queue import job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(monkeypatch, settings) -> MemoryHuey:
    """A queue in memory that nobody works off unless the test does."""
    memory = MemoryHuey("test", results=False)
    monkeypatch.setattr(queues, "queue", memory)
    queues.ready.cache_clear()
    settings.JOBS_IMMEDIATE = False
    yield memory
    queues.ready.cache_clear()


@pytest.fixture
def note(waiting):
    """A job that leaves a row."""

    @job(retries=2, delay=1)
    def note_it(name: str) -> None:
        Heartbeat.objects.get_or_create(name=name, defaults={"at": "2026-11-24T10:00:00Z"})

    return note_it


def work_off(queue: MemoryHuey) -> None:
    while (task := queue.dequeue()) is not None:
        queue.execute(task)


def test_nothing_waits_before_the_transaction_commits(note, waiting):
    with transaction.atomic():
        note.later("one")
        assert waiting.pending_count() == 0
    assert waiting.pending_count() == 1


def test_a_rolled_back_transaction_queues_nothing(note, waiting):
    with transaction.atomic():
        note.later("one")
        transaction.set_rollback(True)
    work_off(waiting)
    assert waiting.pending_count() == 0
    assert not Heartbeat.objects.exists()


def test_the_same_job_queued_twice_leaves_what_once_leaves(note, waiting):
    note.later("one")
    note.later("one")
    work_off(waiting)
    assert Heartbeat.objects.filter(name="one").count() == 1


def test_a_job_that_fails_is_scheduled_again_and_later_each_time(waiting):
    @job(retries=2, delay=10)
    def fail() -> None:
        raise ConnectionError

    fail.later()
    work_off(waiting)
    again = waiting.scheduled()[0]
    assert again.retries == 1
    assert again.retry_delay == 20


def test_a_job_run_at_once_does_not_touch_the_queue(note, waiting, settings):
    settings.JOBS_IMMEDIATE = True
    note.later("one")
    assert Heartbeat.objects.filter(name="one").exists()
    assert waiting.pending_count() == 0
