from datetime import datetime, timedelta

import pytest

from genjin.core.backup.rules import is_due, is_stale, kept

NOON = datetime(2026, 11, 24, 12)


def days(*numbers: int) -> list[datetime]:
    """That many days before the Tuesday."""
    return [NOON - timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("made", "daily", "weekly", "monthly", "kept_days"),
    [
        ((), 7, 4, 6, ()),
        ((0, 1, 2, 3), 2, 0, 0, (0, 1)),
        ((0, 1, 5, 9), 3, 0, 0, (0, 1, 5)),  # days without one do not count
        ((0, 1, 2, 3, 8, 9), 1, 2, 0, (0, 2)),  # of last week its Sunday
        ((0, 10, 20, 30, 60), 1, 0, 3, (0, 30, 60)),
        ((5, 6), 0, 0, 0, (5,)),  # the newest always
        (tuple(range(40)), 7, 4, 2, (0, 1, 2, 3, 4, 5, 6, 9, 16, 24)),
    ],
)
def test_the_last_of_each_day_week_and_month(made, daily, weekly, monthly, kept_days):
    assert kept(days(*made), daily=daily, weekly=weekly, monthly=monthly) == set(days(*kept_days))


def test_of_several_in_a_day_the_last():
    morning = NOON - timedelta(hours=3)
    assert kept([NOON, morning], daily=7, weekly=4, monthly=6) == {NOON}


@pytest.mark.parametrize(
    ("newest", "now", "due"),
    [
        (None, datetime(2026, 11, 24, 1, 59), False),
        (None, datetime(2026, 11, 24, 2, 0), True),
        (datetime(2026, 11, 23, 2, 0), datetime(2026, 11, 24, 2, 0), True),
        (datetime(2026, 11, 23, 2, 0), datetime(2026, 11, 24, 9, 30), True),  # the machine was off at night
        (datetime(2026, 11, 24, 2, 0), datetime(2026, 11, 24, 9, 30), False),
        (datetime(2026, 11, 24, 2, 0), datetime(2026, 11, 23, 9, 30), False),  # the clock was set back a day
    ],
)
def test_one_a_day_from_its_hour_on(newest, now, due):
    assert is_due(newest, now, hour=2) is due


@pytest.mark.parametrize(("age", "stale"), [(0, False), (47, False), (49, True)])
def test_two_days_without_one_are_said(age, stale):
    assert is_stale(NOON - timedelta(hours=age), NOON) is stale
    assert is_stale(None, NOON)
