"""The table is filled from the published calendars, and what people change in it stays."""

from datetime import date

import pytest

from genjin.core.audit.models import Entry
from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.services import add_day, fill_known_years, remove_day
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
    add_day(by=qian, at=at, on=date(2027, 1, 1), kind="holiday", name="元旦")
    assert CalendarDay.objects.known_years() == {2027}


def test_a_day_cannot_be_added_twice(db, at, qian):
    add_day(by=qian, at=at, on=date(2027, 1, 1), kind="holiday")
    with pytest.raises(Refused) as refused:
        add_day(by=qian, at=at, on=date(2027, 1, 1), kind="makeup")
    assert refused.value.reason.code == "calendar_day_there_already"
    assert CalendarDay.objects.get(on=date(2027, 1, 1)).kind == "holiday"


def test_a_manager_may_not_change_the_calendar(db, at, liang):
    with pytest.raises(NotPermitted):
        add_day(by=liang, at=at, on=date(2027, 1, 1), kind="holiday")
    assert not CalendarDay.objects.exists()
