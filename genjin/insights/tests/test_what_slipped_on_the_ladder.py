"""How long something is overdue is counted in the unit's working days."""

from datetime import date

import pytest

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.insights.rules.ladder import added, on_steps

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "five", "six"),
    [
        (1, date(2026, 11, 23), date(2026, 11, 23)),
        (2, date(2026, 11, 22), date(2026, 11, 22)),
        (3, date(2026, 11, 19), date(2026, 11, 20)),
        (5, date(2026, 11, 17), date(2026, 11, 18)),
    ],
)
def test_the_latest_due_date_that_is_so_many_working_days_over(days, five, six):
    assert WorkingCalendar().back(TUESDAY, days) == five
    assert WorkingCalendar(week=Week.SIX).back(TUESDAY, days) == six


@pytest.mark.parametrize("days", [1, 3, 5, 10])
def test_the_day_after_it_is_less_overdue(days):
    calendar = WorkingCalendar(week=Week.SIX, holidays=frozenset({date(2026, 11, 16)}))
    mark = calendar.back(TUESDAY, days)
    assert calendar.between(mark, TUESDAY) >= days
    assert calendar.between(mark.replace(day=mark.day + 1), TUESDAY) < days


def test_who_stands_on_a_later_step_stands_on_the_earlier_ones_too():
    due = {date(2026, 11, 23): 4, date(2026, 11, 10): 2}
    assert on_steps(due, (date(2026, 11, 23), date(2026, 11, 19), date(2026, 10, 1))) == (6, 2, 0)


def test_columns_are_added_up():
    assert added([(1, 2), (3, 4)], 2) == (4, 6)
    assert added([], 2) == (0, 0)
