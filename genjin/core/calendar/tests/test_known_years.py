"""The table is filled from the published calendars, and what people change in it stays."""

from datetime import date

import pytest

from genjin.core.audit.models import Entry
from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.services import add_days, fill_known_years, remove_day
from genjin.core.reasons import NotPermitted, Refused


def test_filling_writes_every_published_year_and_a_second_time_nothing(db, at):
    assert fill_known_years(at=at)[-1] == 2026
    days = CalendarDay.objects.count()
    assert fill_known_years(at=at) == []
    assert CalendarDay.objects.count() == days
    assert CalendarDay.objects.get(on=date(2026, 10, 1)).name == "国庆节"
    assert CalendarDay.objects.get(on=date(2026, 10, 10)).kind == "makeup"


def test_a_day_taken_out_by_hand_stays_out(db, at, qian):
    fill_known_years(at=at)
    remove_day(CalendarDay.objects.get(on=date(2026, 10, 10)), by=qian, at=at)
    fill_known_years(at=at)
    assert not CalendarDay.objects.filter(on=date(2026, 10, 10)).exists()
    assert Entry.objects.about("calendar", 2026).first().verb == "calendar_day_removed"


def test_adding_a_day_of_the_next_year_makes_it_known(db, at, qian):
    add_days(by=qian, at=at, first=date(2027, 1, 1), kind="holiday", name="元旦")
    assert CalendarDay.objects.known_years() == {2027}


def test_a_day_cannot_be_added_twice(db, at, qian):
    add_days(by=qian, at=at, first=date(2027, 1, 1), kind="holiday")
    with pytest.raises(Refused) as refused:
        add_days(by=qian, at=at, first=date(2027, 1, 1), kind="makeup")
    assert refused.value.reason.code == "calendar_day_there_already"
    assert CalendarDay.objects.get(on=date(2027, 1, 1)).kind == "holiday"


def test_a_holiday_of_several_days_is_added_at_once(db, at, qian):
    add_days(by=qian, at=at, first=date(2027, 10, 1), last=date(2027, 10, 7), kind="holiday", name="国庆节")
    assert CalendarDay.objects.count() == 7


@pytest.mark.parametrize("last", [date(2027, 9, 30), date(2027, 11, 1)])
def test_a_span_that_runs_backward_or_too_far_is_refused(db, at, qian, last):
    with pytest.raises(Refused, match="calendar_days_too_many"):
        add_days(by=qian, at=at, first=date(2027, 10, 1), last=last, kind="holiday")
    assert not CalendarDay.objects.exists()


def test_a_span_over_a_day_that_is_there_writes_nothing(db, at, qian):
    add_days(by=qian, at=at, first=date(2027, 10, 3), kind="makeup")
    with pytest.raises(Refused, match="calendar_day_there_already"):
        add_days(by=qian, at=at, first=date(2027, 10, 1), last=date(2027, 10, 7), kind="holiday")
    assert CalendarDay.objects.count() == 1


def test_a_manager_may_not_change_the_calendar(db, at, liang):
    with pytest.raises(NotPermitted):
        add_days(by=liang, at=at, first=date(2027, 1, 1), kind="holiday")
    assert not CalendarDay.objects.exists()
