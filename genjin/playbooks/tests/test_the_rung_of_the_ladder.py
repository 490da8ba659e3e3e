"""On which rung a customer stands is counted in the unit's working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.playbooks.keeping_order import LADDER, LadderStep
from genjin.playbooks.rules.escalation import cut_offs, standing

TUESDAY = date(2026, 11, 24)
FIVE, SIX = WorkingCalendar(), WorkingCalendar(week=Week.SIX)
# The 1st to the 7th of October off, Saturday the 10th worked for it.
HOLIDAY_WEEK = WorkingCalendar(
    holidays=frozenset(date(2026, 10, n) for n in range(1, 8)), makeup_days=frozenset({date(2026, 10, 10)})
)
OWN = (LadderStep(days=2, who="lead"), LadderStep(days=4, who="region"))


@pytest.mark.parametrize(
    ("due_on", "today", "calendar", "ladder", "overdue", "who", "next_on"),
    [
        (TUESDAY, TUESDAY, FIVE, LADDER, 0, None, date(2026, 11, 25)),
        (date(2026, 11, 23), TUESDAY, FIVE, LADDER, 1, "seller", date(2026, 11, 26)),
        (date(2026, 11, 20), TUESDAY, FIVE, LADDER, 2, "seller", date(2026, 11, 25)),
        (date(2026, 11, 20), TUESDAY, SIX, LADDER, 3, "lead", date(2026, 11, 26)),
        (date(2026, 11, 19), TUESDAY, FIVE, LADDER, 3, "lead", date(2026, 11, 26)),
        (date(2026, 11, 17), TUESDAY, FIVE, LADDER, 5, "reassign", date(2026, 12, 1)),
        (date(2026, 11, 10), TUESDAY, FIVE, LADDER, 10, "region", None),
        (date(2026, 11, 20), date(2026, 11, 22), FIVE, LADDER, 0, None, date(2026, 11, 23)),
        (date(2026, 9, 30), date(2026, 10, 7), HOLIDAY_WEEK, LADDER, 0, None, date(2026, 10, 8)),
        (date(2026, 9, 30), date(2026, 10, 9), HOLIDAY_WEEK, LADDER, 2, "seller", date(2026, 10, 10)),
        (date(2026, 9, 30), date(2026, 10, 10), HOLIDAY_WEEK, LADDER, 3, "lead", date(2026, 10, 13)),
        (date(2026, 11, 23), TUESDAY, FIVE, OWN, 1, None, date(2026, 11, 25)),
        (date(2026, 11, 18), TUESDAY, FIVE, OWN, 4, "region", None),
        (date(2026, 11, 10), TUESDAY, FIVE, (), 10, None, None),
        (date(2026, 12, 1), TUESDAY, FIVE, LADDER, 0, None, date(2026, 12, 2)),
    ],
)
def test_the_rung_and_the_day_of_the_next_one(due_on, today, calendar, ladder, overdue, who, next_on):
    found = standing(due_on, today=today, calendar=calendar, ladder=ladder)
    assert (found.overdue, found.step.who if found.step else None, found.next_on) == (overdue, who, next_on)


def test_the_day_a_rung_was_reached_is_named():
    assert standing(date(2026, 11, 17), today=TUESDAY, calendar=FIVE, ladder=LADDER).since == TUESDAY
    assert standing(date(2026, 11, 13), today=TUESDAY, calendar=FIVE, ladder=LADDER).since == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due_on", "goes_back_on", "first"),
    [
        (date(2026, 11, 20), None, "step"),
        (date(2026, 11, 20), date(2026, 11, 25), "step"),
        (date(2026, 11, 20), TUESDAY, "recycle"),
        (date(2026, 11, 3), date(2026, 12, 9), "recycle"),
        (date(2026, 11, 3), None, ""),
    ],
)
def test_whichever_comes_first_is_named(due_on, goes_back_on, first):
    found = standing(due_on, today=TUESDAY, calendar=FIVE, ladder=LADDER)
    assert found.comes_first(goes_back_on) == first


def test_a_calendar_in_which_nobody_works_puts_nobody_on_a_rung():
    idle = WorkingCalendar(holidays=frozenset(TUESDAY - timedelta(days=n) for n in range(4000)))
    assert idle.back(TUESDAY, 1) == date.min


def test_each_step_has_its_cut_off():
    assert cut_offs(LADDER, today=TUESDAY, calendar=FIVE) == (
        date(2026, 11, 23), date(2026, 11, 19), date(2026, 11, 17), date(2026, 11, 10),
    )  # fmt: skip


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    today=DAYS,
    back=st.integers(-20, 60),
    days=st.integers(1, 15),
    week=st.sampled_from(Week),
    holidays=st.frozensets(DAYS, max_size=40),
    makeup=st.frozensets(DAYS, max_size=10),
)
def test_asked_of_one_or_of_many_the_answer_is_the_same(today, back, days, week, holidays, makeup):
    calendar = WorkingCalendar(week=week, holidays=holidays, makeup_days=makeup)
    due_on = today - timedelta(days=back)
    found = standing(due_on, today=today, calendar=calendar, ladder=(LadderStep(days=days, who="lead"),))
    assert (found.step is not None) == (due_on <= calendar.back(today, days))
    assert found.step is None or found.since <= today
    assert found.next_on is None or found.next_on > today
