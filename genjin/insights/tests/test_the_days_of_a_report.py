"""Which days a report is about, and with which it is compared."""

from datetime import date

import pytest

from genjin.insights.rules.period import Period, next_week, period

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("week", date(2026, 11, 23), TUESDAY),
        ("last_week", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 11, 1), TUESDAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("nonsense", date(2026, 11, 23), TUESDAY),
    ],
)
def test_the_days_of_a_period(kind, first, last):
    found = period(kind, today=TUESDAY)
    assert (found.first, found.last) == (first, last)


def test_chosen_days_are_put_in_order_and_end_today():
    found = period("chosen", today=TUESDAY, first=date(2027, 1, 1), last=date(2026, 11, 1))
    assert (found.first, found.last) == (date(2026, 11, 1), TUESDAY)


def test_chosen_days_are_a_year_at_most():
    assert period("chosen", today=TUESDAY, first=date(2000, 1, 1), last=TUESDAY).days == 366


def test_two_days_of_a_week_are_compared_with_the_same_days_of_earlier_weeks():
    earlier = period("week", today=TUESDAY).earlier(2)
    assert [(each.first, each.last) for each in earlier] == [
        (date(2026, 11, 16), date(2026, 11, 17)),
        (date(2026, 11, 9), date(2026, 11, 10)),
    ]


def test_longer_ones_go_back_by_whole_weeks_and_do_not_overlap():
    month = Period("month", date(2026, 11, 1), TUESDAY)
    [before] = month.earlier(1)
    assert (before.first, before.last) == (date(2026, 10, 4), date(2026, 10, 27))


def test_next_week_begins_on_monday():
    assert next_week(TUESDAY)[0] == next_week(date(2026, 11, 29))[0] == date(2026, 11, 30)
