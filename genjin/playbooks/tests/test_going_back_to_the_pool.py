"""When a customer goes back to the pool: by which clock, after which day, and the same asked of many at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.rules import RECYCLED_BY, Clocks, goes_back, last_worked, loosened

FIVE = WorkingCalendar(week=Week.FIVE)
SIX = WorkingCalendar(week=Week.SIX)
# National Day week: 1 to 7 October 2026 off, Saturday the 10th worked in exchange.
GOLDEN = WorkingCalendar(
    week=Week.FIVE,
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    makeup_days=frozenset({date(2026, 10, 10)}),
    known_years=frozenset({2026}),
)
MONDAY = date(2026, 11, 2)


def nov(day: int) -> date:
    return date(2026, 11, day)


def oct_(day: int) -> date:
    return date(2026, 10, day)


CONTACT, MOVE, WON = {"no_contact": 5}, {"no_move_up": 5}, {"not_won": 5}
# Name: calendar, bounds, clocks; last day, condition, counted from.
CASES = {
    "never reached, since it was taken on": (FIVE, CONTACT, Clocks(nov(2)), nov(9), "no_contact", nov(2)),
    "since the last effective contact": (FIVE, CONTACT, Clocks(nov(2), nov(4)), nov(11), "no_contact", nov(4)),
    "a contact of the owner before": (FIVE, CONTACT, Clocks(nov(2), oct_(1)), nov(9), "no_contact", nov(2)),
    "a six-day week is over sooner": (SIX, {"no_contact": 6}, Clocks(nov(2)), nov(9), "no_contact", nov(2)),
    "taken on on a Sunday": (FIVE, {"no_contact": 1}, Clocks(nov(1)), nov(2), "no_contact", nov(1)),
    "holidays do not count": (GOLDEN, {"no_contact": 2}, Clocks(date(2026, 9, 29)), oct_(8), "no_contact",
                              date(2026, 9, 29)),
    "a make-up Saturday counts": (GOLDEN, {"no_contact": 3}, Clocks(oct_(7)), oct_(10), "no_contact", oct_(7)),
    "not moved up": (FIVE, MOVE, Clocks(nov(2), nov(6)), nov(9), "no_move_up", nov(2)),
    "since it moved up": (FIVE, MOVE, Clocks(nov(2), None, nov(5)), nov(12), "no_move_up", nov(5)),
    "not won, whatever else happened": (FIVE, WON, Clocks(nov(2), nov(6), nov(6)), nov(9), "not_won", nov(2)),
    "the first to run out decides": (FIVE, {"no_contact": 9} | WON, Clocks(nov(2)), nov(9), "not_won", nov(2)),
    "of two on one day the first": (FIVE, WON | MOVE | CONTACT, Clocks(nov(2)), nov(9), "no_contact", nov(2)),
    "kept up to a Friday": (FIVE, CONTACT, Clocks(nov(2), kept_until=nov(13)), nov(16), "no_contact", nov(2)),
    "kept up to a day before the last": (FIVE, CONTACT, Clocks(nov(2), kept_until=nov(8)), nov(9), "no_contact",
                                         nov(2)),
}  # fmt: skip


@pytest.mark.parametrize(("calendar", "bounds", "clocks", "on", "condition", "since"), CASES.values(), ids=CASES)
def test_a_clock_runs_out(calendar, bounds, clocks, on, condition, since):
    back = goes_back(bounds, clocks, calendar)
    assert back is not None
    assert (back.on, back.condition, back.since, back.days) == (on, condition, since, bounds[condition])


@pytest.mark.parametrize(
    ("bounds", "clocks"),
    [
        ({}, Clocks(MONDAY)),
        ({"no_contact": 5}, Clocks(MONDAY, is_won=True)),
        ({"no_contact": 5}, Clocks(None)),
    ],
    ids=["a class without a rule", "won", "nobody's"],
)
def test_it_never_goes_back(bounds, clocks):
    assert goes_back(bounds, clocks, FIVE) is None


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 4), 3),
        (date(2026, 11, 6), 1),
        (date(2026, 11, 7), 1),
        (date(2026, 11, 9), 0),
        (date(2026, 11, 12), 0),
    ],
    ids=["three to go", "Friday", "Saturday is no day to work it", "tonight", "the night did not come yet"],
)
def test_days_left_are_working_days_after_today(today, left):
    back = goes_back({"no_contact": 5}, Clocks(MONDAY), FIVE)
    assert back.left(FIVE, today) == left


def test_the_reason_has_its_figures():
    back = goes_back({"no_contact": 5}, Clocks(MONDAY), FIVE)
    assert back.reason == Reason("recycle_no_contact", {"days": 5, "since": "2026-11-02"})


def test_what_is_loosened_counts_at_once_and_what_is_tightened_from_the_next_day():
    assert loosened({"no_contact": 20, "not_won": 60}, {"no_contact": 30, "not_won": 40}) == {
        "no_contact": 30, "not_won": 60,
    }  # fmt: skip
    assert loosened({}, {"no_contact": 5}) == {}
    assert loosened({"no_contact": 5}, {}) == {}


def test_a_calendar_in_which_nobody_works_ends_no_clock():
    idle = WorkingCalendar(days_off=frozenset(date(2000, 1, 1) + timedelta(days=n) for n in range(12000)))
    assert idle.back(date(2026, 11, 2), 3) <= date(2000, 1, 1)


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    WorkingCalendar,
    week=st.sampled_from(Week),
    holidays=st.frozensets(days, max_size=40),
    makeup_days=st.frozensets(days, max_size=20),
)


@given(calendar=calendars, began=days, day=days, bound=st.integers(1, 90))
def test_a_clock_asked_of_one_and_of_many_runs_out_alike(calendar, began, day, bound):
    assert (calendar.add(began, bound) <= day) == (began <= calendar.back(day, bound))


@given(
    calendar=calendars,
    taken=days,
    effective=st.none() | days,
    moved=st.none() | days,
    kept=st.none() | days,
    bounds=st.dictionaries(st.sampled_from(RECYCLED_BY), st.integers(1, 60), min_size=1),
    day=days,
)
def test_a_customer_asked_of_one_and_of_many_goes_back_alike(calendar, taken, effective, moved, kept, bounds, day):
    clocks = Clocks(taken, effective, moved, kept)
    worked = last_worked(calendar, day)
    some_ran_out = any(clocks.began(name) <= calendar.back(worked, bound) for name, bound in bounds.items())
    of_many = some_ran_out and (kept is None or kept < worked)
    back = goes_back(bounds, clocks, calendar)
    assert (back.on <= worked) == of_many
