"""Working minutes: the hours of the shift, on working days, by the team's clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.calendar.hours import WorkingHours
from genjin.core.calendar.rules import Week, WorkingCalendar

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
# Mid-autumn and national day 2026 as they might stand in the table: a long holiday and a Saturday worked for it.
CALENDAR = WorkingCalendar(
    week=Week.FIVE,
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    makeup_days=frozenset({date(2026, 10, 10)}),
    known_years=frozenset({2026}),
)
HOURS = WorkingHours(CALENDAR, time(8, 30), time(18), SHANGHAI)
HALF = WorkingHours(CALENDAR, time(9), time(12, 30), SHANGHAI)
ABROAD = WorkingHours(CALENDAR, time(9), time(17), BERLIN)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "end"),
    [
        (HOURS, "11-24 10:00", 30, "11-24 10:30"),
        (HOURS, "11-24 17:55", 30, "11-25 08:55"),
        (HOURS, "11-24 17:30", 30, "11-24 18:00"),
        (HOURS, "11-24 18:00", 1, "11-25 08:31"),
        (HOURS, "11-24 22:10", 30, "11-25 09:00"),
        (HOURS, "11-24 06:00", 0, "11-24 08:30"),
        (HOURS, "11-27 17:55", 30, "11-30 08:55"),  # over a weekend
        (HOURS, "09-30 17:00", 90, "10-08 09:00"),  # over the national holiday
        (HOURS, "10-09 17:50", 30, "10-10 08:50"),  # a Saturday worked in exchange
        (HOURS, "10-10 17:50", 30, "10-12 08:50"),
        (HOURS, "11-24 08:30", 3 * 570, "11-26 18:00"),
        (HALF, "11-24 12:20", 30, "11-25 09:20"),
        (HALF, "11-24 09:00", 211, "11-25 09:01"),
        (ABROAD, "11-24 17:30", 60, "11-24 17:30"),  # 10:30 to 11:30 in Berlin, seven hours behind
    ],
)
def test_so_many_working_minutes_later(hours, start, minutes, end):
    expected = at(end) + (timedelta(minutes=60) if hours is ABROAD else timedelta())
    assert hours.after(at(start), minutes) == expected


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("11-24 10:00", "11-24 10:30", 30),
        ("11-24 17:55", "11-25 08:55", 30),
        ("11-24 20:00", "11-24 23:00", 0),
        ("11-24 20:00", "11-25 08:40", 10),
        ("09-30 17:30", "10-08 09:00", 60),
        ("10-09 17:00", "10-12 09:00", 60 + 570 + 30),
        ("11-24 10:00", "11-24 09:00", 0),
    ],
)
def test_working_minutes_between(start, end, minutes):
    assert HOURS.between(at(start), at(end)) == minutes


def test_clocks_that_are_set_back_at_night_change_no_shift():
    assert ABROAD.after(at("10-23 16:30", BERLIN), 60) == at("10-26 09:30", BERLIN)
    assert ABROAD.between(at("10-23 16:30", BERLIN), at("10-26 09:30", BERLIN)) == 60


def test_at_work_or_not():
    assert HOURS.is_working(at("11-24 08:30"))
    assert not HOURS.is_working(at("11-24 18:00"))
    assert not HOURS.is_working(at("11-28 10:00"))
    assert HOURS.is_working(at("10-10 10:00"))


def test_a_calendar_in_which_nobody_works_says_so():
    idle = WorkingCalendar(days_off=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(3700)))
    with pytest.raises(ValueError, match="nobody"):
        WorkingHours(idle, time(9), time(17), SHANGHAI).after(at("01-01 10:00"), 5)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30)),
    st.integers(0, 5000),
    st.sampled_from([HOURS, HALF, ABROAD]),
)
def test_what_is_added_lies_between(start, minutes, hours):
    start = start.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
    assert hours.between(start, hours.after(start, minutes)) == minutes
