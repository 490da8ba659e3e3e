"""Which days are worked, by week pattern, holidays and make-up days."""

from datetime import date, timedelta

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.calendar.rules import Week, WorkingCalendar

CHINA = {
    "holidays": frozenset(holidays),
    "makeup_days": frozenset(workdays),
    "known_years": frozenset(range(2004, 2027)),
}


@pytest.mark.parametrize(("year", "worked"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_five_day_week_of_a_chinese_year(year, worked):
    assert WorkingCalendar(**CHINA).between(date(year - 1, 12, 31), date(year, 12, 31)) == worked


@pytest.mark.parametrize(("week", "worked"), [(Week.FIVE, 5), (Week.SIX, 6), (Week.SEVEN, 7)])
def test_working_days_of_a_plain_week(week, worked):
    assert WorkingCalendar(week=week).between(date(2026, 11, 22), date(2026, 11, 29)) == worked


def test_an_alternating_week_follows_its_own_monday():
    calendar = WorkingCalendar(week=Week.ALTERNATING, six_day_from=date(2026, 11, 23))
    saturdays = [date(2026, 11, 28), date(2026, 12, 5), date(2026, 12, 12)]
    assert [calendar.is_working(day) for day in saturdays] == [True, False, True]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a Saturday worked in exchange
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
    ],
)
def test_counting_forward_leaps_over_days_off(day, days, expected):
    assert WorkingCalendar(**CHINA).add(day, days) == expected


def test_an_unknown_year_falls_back_to_the_plain_week_and_is_named():
    calendar = WorkingCalendar(**CHINA)
    assert calendar.is_working(date(2027, 10, 1))
    assert calendar.unknown_years(date(2026, 12, 1), date(2027, 1, 10)) == [2027]


def test_counting_backward_is_negative():
    assert WorkingCalendar().between(date(2026, 11, 24), date(2026, 11, 20)) == -2


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(start=DAYS, end=DAYS, week=st.sampled_from(Week))
def test_counting_agrees_with_looking_at_every_day(start, end, week):
    calendar = WorkingCalendar(week=week, **CHINA)
    start, end = min(start, end), max(start, end)
    every_day = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert calendar.between(start, end) == sum(map(calendar.is_working, every_day))


@given(start=DAYS, days=st.integers(1, 80), week=st.sampled_from(Week))
def test_adding_and_counting_are_each_others_inverse(start, days, week):
    calendar = WorkingCalendar(week=week, **CHINA)
    assert calendar.between(start, calendar.add(start, days)) == days
