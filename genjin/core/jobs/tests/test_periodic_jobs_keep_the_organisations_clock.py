from datetime import datetime

import pytest

from genjin.core.jobs.queue import organisation_time, periodic, queue


@pytest.fixture
def nightly():
    @periodic(hour="2")
    def tidy() -> None:
        """Nothing to do."""

    task = next(task for task in queue._registry.periodic_tasks if task.name.endswith("tidy"))
    yield task
    queue._registry.unregister(type(task))


@pytest.mark.parametrize(
    ("utc", "due"),
    [
        (datetime(2026, 11, 23, 18, 0), True),  # 02:00 in Shanghai
        (datetime(2026, 11, 23, 18, 1), False),
        (datetime(2026, 11, 24, 2, 0), False),
    ],
)
def test_two_in_the_morning_is_two_in_shanghai(nightly, utc, due):
    assert nightly.validate_datetime(utc) is due


def test_a_place_that_cron_does_not_know_is_refused():
    with pytest.raises(ValueError, match="not a valid input"):
        periodic(minute="now and then")


def test_the_queues_clock_is_utc():
    assert organisation_time(datetime(2026, 11, 23, 18, 0)).hour == 2
