import pytest
from django.test import Client

from genjin.core.jobs.worker import beat

pytestmark = pytest.mark.django_db


def test_it_is_well_while_the_worker_beats(clock, at):
    beat(at=at)
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "worker": True}


def test_without_a_worker_it_says_so(clock):
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "worker": False}


def test_a_database_that_fails_is_an_answer_and_no_error(clock, monkeypatch):
    from django.db import OperationalError

    from genjin.config import health

    def fail(*, at):
        raise OperationalError("gone")

    monkeypatch.setattr(health, "is_alive", fail)
    assert Client().get("/healthz").json() == {"database": False, "worker": False}
