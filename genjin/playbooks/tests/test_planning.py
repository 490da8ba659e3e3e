"""The next contact is the first day of the cycle that is not full; a person's own date is judged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.playbooks.rules import check_chosen_date, due, next_contact
from genjin.playbooks.schema import shipped

KEY_3 = shipped()["telesales"].resolved().class_of("3k")  # every 2 to 5 working days
FIVE = WorkingCalendar()
TUESDAY = date(2026, 11, 24)
WED, THU, FRI, MON, TUE = (
    date(2026, 11, 25),
    date(2026, 11, 26),
    date(2026, 11, 27),
    date(2026, 11, 30),
    date(2026, 12, 1),
)


@pytest.mark.parametrize(
    ("load", "planned_on", "code"),
    [
        ({}, THU, "planned_first_day"),
        ({THU: 39}, THU, "planned_first_day"),
        ({THU: 40}, FRI, "planned_first_free"),
        ({THU: 40, FRI: 55, MON: 40}, TUE, "planned_first_free"),
        ({THU: 40, FRI: 40, MON: 40, TUE: 41}, TUE, "planned_all_full"),
    ],
)
def test_next_contact_after_a_talk_today(load, planned_on, code):
    found = next_contact(KEY_3, today=TUESDAY, anchor=TUESDAY, calendar=FIVE, load=load, slots=40)
    assert (found.planned_on, found.reason.code) == (planned_on, code)


def test_next_contact_when_the_cycle_is_over_is_today_or_the_next_free_day():
    old = date(2026, 11, 2)
    assert next_contact(KEY_3, today=TUESDAY, anchor=old, calendar=FIVE, load={}, slots=40).planned_on == TUESDAY
    found = next_contact(KEY_3, today=TUESDAY, anchor=old, calendar=FIVE, load={TUESDAY: 40}, slots=40)
    assert (found.planned_on, found.reason.code) == (WED, "planned_overdue")


def test_next_contact_is_never_before_today():
    found = next_contact(KEY_3, today=TUESDAY, anchor=date(2026, 11, 18), calendar=FIVE, load={}, slots=40)
    assert found.planned_on == TUESDAY


@pytest.mark.parametrize(
    ("day", "due_on", "load", "expected"),
    [
        (THU, TUE, {}, (None, False, [])),
        (date(2026, 11, 23), TUE, {}, ("date_before_today", False, ["date_before_today"])),
        (date(2026, 11, 28), TUE, {}, (None, False, ["date_not_worked"])),
        (FRI, TUE, {FRI: 40}, (None, False, ["date_full"])),
        (date(2026, 12, 2), TUE, {}, (None, True, ["date_past_cycle"])),
        (date(2026, 12, 5), TUE, {}, (None, True, ["date_not_worked", "date_past_cycle"])),
        (TUESDAY, date(2026, 11, 20), {}, (None, False, [])),
        (WED, date(2026, 11, 20), {TUESDAY: 40}, (None, False, [])),
        (THU, date(2026, 11, 20), {}, (None, True, ["date_past_cycle"])),
    ],
)
def test_what_is_said_of_a_chosen_date(day, due_on, load, expected):
    found = check_chosen_date(KEY_3, day, today=TUESDAY, due_on=due_on, calendar=FIVE, load=load, slots=40)
    refusal = found.refusal.code if found.refusal else None
    assert (refusal, found.needs_reason, [remark.code for remark in found.remarks]) == expected


def test_a_full_day_names_the_next_free_one():
    found = check_chosen_date(KEY_3, FRI, today=TUESDAY, due_on=TUE, calendar=FIVE, load={FRI: 40, MON: 40}, slots=40)
    assert (found.is_full, found.next_free_on) == (True, TUE)


def test_the_engines_own_retry_past_the_due_date_needs_no_reason():
    found = check_chosen_date(
        KEY_3, THU, today=TUESDAY, due_on=date(2026, 11, 20), calendar=FIVE, load={}, slots=40, proposed_on=THU
    )
    assert not found.needs_reason


@given(
    cls=st.sampled_from([cls for playbook in shipped().values() for cls in playbook.resolved().classes]),
    anchor=st.dates(date(2026, 6, 1), TUESDAY),
    week=st.sampled_from(Week),
    full=st.sets(st.dates(TUESDAY, date(2027, 3, 1))),
)
def test_a_planned_day_is_worked_never_past_and_within_the_cycle_while_that_lasts(cls, anchor, week, full):
    calendar = WorkingCalendar(week=week)
    cycle = due(cls, anchor=anchor, anchor_kind="effective", calendar=calendar)
    planned = next_contact(cls, today=TUESDAY, anchor=anchor, calendar=calendar, load=dict.fromkeys(full, 9), slots=9)
    assert calendar.is_working(planned.planned_on)
    assert planned.planned_on >= TUESDAY
    assert planned.planned_on >= cycle.first_on
    if cycle.due_on >= TUESDAY:
        assert planned.planned_on <= cycle.due_on
    assert calendar.between(anchor, cycle.due_on) == cls.max_days
