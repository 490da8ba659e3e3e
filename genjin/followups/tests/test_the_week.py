"""The week's rules by tables of cases: standards, what is short, the days of a cycle."""

from datetime import date

import pytest

from genjin.core.calendar.rules import Week as Pattern
from genjin.core.calendar.rules import WorkingCalendar
from genjin.followups.week import rules
from genjin.playbooks.schema import shipped
from genjin.playbooks.variant import resolve

TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 30)
TELESALES = resolve(shipped()["telesales"])
SIX = WorkingCalendar(week=Pattern.SIX)
WEEK = rules.week_from(MONDAY)


def test_a_week_is_monday_to_sunday_whatever_day_is_asked_for():
    assert rules.monday_of(date(2026, 12, 6)) == rules.monday_of(MONDAY) == MONDAY
    assert [day.isoweekday() for day in WEEK] == [1, 2, 3, 4, 5, 6, 7]


def test_six_days_take_the_six_figures_of_the_source():
    wanted = rules.standards(TELESALES.week, WEEK[:6])
    assert [each.booked for each in wanted.values()] == [55, 35, 25, 15, 10, 5]
    assert [each.inspected for each in wanted.values()] == [35, 25, 25, 20, 15, 15]


@pytest.mark.parametrize(
    ("worked", "booked"),
    [(WEEK[:5], [55, 35, 25, 15, 10]), (WEEK[2:6], [55, 35, 25, 15]), (WEEK, [55, 35, 25, 15, 10, 5, 5]), ([], [])],
)
def test_the_first_day_worked_has_the_most_and_the_last_figure_stands_for_the_rest(worked, booked):
    assert [each.booked for each in rules.standards(TELESALES.week, worked).values()] == booked


def test_a_playbook_without_a_week_asks_for_nothing():
    assert rules.standards(None, WEEK) == {}


def test_what_is_short_is_counted_from_a_day_on_and_never_below_zero():
    wanted = rules.standards(TELESALES.week, WEEK[:6])
    booked = {MONDAY: 12, WEEK[1]: 25, WEEK[2]: 40}
    assert rules.short_of(booked, wanted, since=MONDAY) == {MONDAY: 23, WEEK[3]: 20, WEEK[4]: 15, WEEK[5]: 15}
    assert rules.short_of(booked, wanted, since=WEEK[5]) == {WEEK[5]: 15}


# Key 3 is contacted every 2 to 5 working days: after Monday the 23rd from the 25th to the 28th (a Saturday worked).
SINCE_MONDAY = {"code": "due_after_effective", "since": "2026-11-23"}


@pytest.mark.parametrize(
    ("due_on", "why", "today", "first", "last"),
    [
        (date(2026, 11, 28), SINCE_MONDAY, TUESDAY, date(2026, 11, 25), date(2026, 11, 28)),
        (date(2026, 11, 28), SINCE_MONDAY, date(2026, 11, 27), date(2026, 11, 27), date(2026, 11, 28)),
        (date(2026, 11, 28), {"code": "due_by_person"}, TUESDAY, TUESDAY, date(2026, 11, 28)),
        (date(2026, 11, 20), {"code": "due_after_effective", "since": "2026-11-16"}, TUESDAY, TUESDAY, TUESDAY),
        (date(2026, 11, 28), SINCE_MONDAY, date(2026, 11, 29), date(2026, 11, 29), date(2026, 11, 30)),
    ],
    ids=["from the minimum", "not before today", "counted from nothing", "overdue: today", "overdue on a Sunday"],
)
def test_the_days_of_a_cycle(due_on, why, today, first, last):
    cls = TELESALES.class_of("3k")
    cycle = rules.cycle_of(cls, due_on=due_on, due_why=why, today=today, calendar=SIX)
    assert (cycle.first, cycle.last) == (first, last)
    assert cycle.holds(last)
    assert not cycle.holds(date(2026, 12, 8))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 24), "day_before_cycle"),
        (date(2026, 11, 25), None),
        (date(2026, 11, 28), None),
        (date(2026, 11, 29), "day_is_off"),
    ],
)
def test_earlier_than_the_cycle_and_a_day_off_want_a_reason(day, code):
    cls = TELESALES.class_of("3k")
    cycle = rules.Cycle(date(2026, 11, 25), date(2026, 11, 28))
    said = rules.what_needs_a_reason(cls, day, cycle, SIX)
    assert (said.code if said else None) == code
