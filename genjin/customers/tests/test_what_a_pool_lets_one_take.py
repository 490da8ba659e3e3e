"""How many one may claim and look at in a day, and when a former owner may claim one back: tables of cases."""

from datetime import date

import pytest

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.customers.pools.rules import (
    open_to_former_owner,
    refusal_of_one_more,
    refusal_to_former_owner,
    refusal_to_look,
)
from genjin.playbooks.keeping_order import PoolRules

NATIONAL_DAY = frozenset(date(2026, 10, day) for day in range(1, 8))


@pytest.mark.parametrize(
    ("cap", "done", "is_refused"),
    [(20, 19, False), (20, 20, True), (20, 21, True), (1, 0, False), (1, 1, True), (None, 10_000, False)],
)
def test_bounds_of_a_day(cap, done, is_refused):
    rules = PoolRules(claims_a_day=cap, views_a_day=cap)
    assert (refusal_of_one_more(rules, claimed=done) is not None) is is_refused
    assert (refusal_to_look(rules, seen=done) is not None) is is_refused


def test_the_refusals_tell_their_figures():
    assert refusal_of_one_more(PoolRules(), claimed=20).as_json() == {
        "code": "claims_of_the_day", "claimed": 20, "cap": 20,
    }  # fmt: skip
    assert refusal_to_look(PoolRules(), seen=200).as_json() == {"code": "views_of_the_day", "seen": 200, "cap": 200}


@pytest.mark.parametrize(
    ("released_on", "days", "calendar", "first"),
    [
        (date(2026, 11, 10), 10, WorkingCalendar(), date(2026, 11, 24)),
        (date(2026, 11, 10), 10, WorkingCalendar(week=Week.SIX), date(2026, 11, 21)),
        (date(2026, 11, 10), 0, WorkingCalendar(), date(2026, 11, 10)),
        (date(2026, 11, 7), 1, WorkingCalendar(), date(2026, 11, 9)),  # a Saturday
        (date(2026, 9, 30), 2, WorkingCalendar(holidays=NATIONAL_DAY), date(2026, 10, 9)),
    ],
)
def test_the_lock_out_counts_working_days_of_the_unit(released_on, days, calendar, first):
    rules = PoolRules(lock_out_days=days)
    assert open_to_former_owner(rules, calendar, released_on=released_on) == first
    refusal = refusal_to_former_owner(rules, calendar, name="朗悦", released_on=released_on, today=first)
    assert refusal is None


def test_the_day_before_it_is_refused_with_both_days():
    released_on, today = date(2026, 11, 10), date(2026, 11, 23)
    refusal = refusal_to_former_owner(PoolRules(), WorkingCalendar(), name="朗悦", released_on=released_on, today=today)
    assert refusal.as_json() == {
        "code": "locked_out", "name": "朗悦", "released_on": "2026-11-10", "on": "2026-11-24", "days": 10,
    }  # fmt: skip


def test_a_clock_set_back_opens_nothing():
    refusal = refusal_to_former_owner(
        PoolRules(), WorkingCalendar(), name="朗悦", released_on=date(2026, 11, 24), today=date(2026, 11, 2)
    )
    assert refusal is not None
