from datetime import timedelta

import pytest

from genjin.core.jobs.worker import beat, is_alive

pytestmark = pytest.mark.django_db


def test_before_the_first_beat_it_does_not_live(at):
    assert not is_alive(at=at)


def test_a_minute_after_a_beat_it_lives(at):
    beat(at=at)
    assert is_alive(at=at + timedelta(seconds=60))


def test_two_minutes_after_the_last_beat_it_does_not(at):
    beat(at=at)
    beat(at=at + timedelta(seconds=30))
    assert not is_alive(at=at + timedelta(seconds=150))
