"""A unit works by its own week, with the holidays and make-up days it observes."""

from datetime import date

from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.services import add_days, fill_known_years, remove_day
from genjin.organization.calendars import calendar_for, calendars_for

NATIONAL_DAY, MAKEUP_SATURDAY, SATURDAY = date(2026, 10, 1), date(2026, 10, 10), date(2026, 11, 28)


def test_the_week_is_the_units_own(at, headquarters, east_one):
    fill_known_years(at=at)
    assert not calendar_for(headquarters).is_working(SATURDAY)
    assert calendar_for(east_one).is_working(SATURDAY)


def test_holidays_and_makeup_days_count_where_they_are_observed(at, headquarters):
    fill_known_years(at=at)
    calendar = calendar_for(headquarters)
    assert (calendar.is_working(NATIONAL_DAY), calendar.is_working(MAKEUP_SATURDAY)) == (False, True)
    headquarters.observes_holidays = headquarters.observes_makeup_days = False
    calendar = calendar_for(headquarters)
    assert (calendar.is_working(NATIONAL_DAY), calendar.is_working(MAKEUP_SATURDAY)) == (True, False)


def test_a_changed_table_is_seen_at_once(at, qian):
    fill_known_years(at=at)
    assert calendar_for(qian.unit).is_working(date(2026, 12, 24))
    [added] = add_days(by=qian, at=at, first=date(2026, 12, 24), kind="holiday")
    assert not calendar_for(qian.unit).is_working(date(2026, 12, 24))
    remove_day(added, by=qian, at=at)
    assert calendar_for(qian.unit).is_working(date(2026, 12, 24))


def test_an_empty_table_knows_no_year(headquarters):
    assert not CalendarDay.objects.exists()
    assert calendar_for(headquarters).unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == [2026]


def test_many_units_cost_one_query(at, headquarters, east, east_one, south, django_assert_num_queries):
    fill_known_years(at=at)
    calendar_for(headquarters)
    with django_assert_num_queries(1):
        assert len(calendars_for([headquarters, east, east_one, south])) == 4
