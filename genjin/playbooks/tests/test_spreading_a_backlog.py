"""A backlog is spread over the coming working days: key first, longest overdue first, within what a person can do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.playbooks import rules
from genjin.playbooks.schema import shipped

TUESDAY = date(2026, 11, 24)
TELESALES = shipped()["telesales"].resolved()
NORMAL = [cls.code for cls in TELESALES.classes if not cls.is_key and cls.code not in ("1", "2")]
SIX = WorkingCalendar(week=Week.SIX)


def overdue(customer: int, days: int = 1, *, is_key: bool = False, rank: int = 5) -> rules.Standing:
    code = "3k" if is_key else NORMAL[min(rank, len(NORMAL) - 1)]
    return rules.Standing(customer, code, TUESDAY, TUESDAY - timedelta(days=days))


def spread(backlog, *, first=TUESDAY, load=None, slots=2, leave=None) -> rules.Spread:
    return rules.spread(TELESALES, backlog, first=first, calendar=SIX, load=load or {}, slots=slots, leave=leave or {})


@pytest.mark.parametrize(
    ("backlog", "in_order"),
    [
        ([overdue(1, 3), overdue(2, 9)], [2, 1]),
        ([overdue(1, 9), overdue(2, 3, is_key=True)], [2, 1]),
        ([overdue(1, 9, rank=6), overdue(2, 9, rank=2)], [2, 1]),
        ([overdue(2, 9), overdue(1, 9)], [1, 2]),
    ],
    ids=["longest overdue first", "key before longest", "then the class nearest to payment", "then the older one"],
)
def test_who_comes_first(backlog, in_order):
    assert [customer for customer, _on, _why in spread(backlog).days] == in_order


def test_a_day_takes_what_is_free_on_it_and_no_sunday_any():
    found = spread([overdue(n) for n in range(9)], load={TUESDAY: 1, date(2026, 11, 25): 2, date(2026, 11, 26): 7})
    days = [on.day for _customer, on, _why in found.days]
    assert days == [24, 27, 27, 28, 28, 30, 30, 1, 1]
    assert (found.working_days, found.last_on) == (5, date(2026, 12, 1))


def test_nobody_stands_on_leave_and_half_a_day_takes_half():
    found = spread([overdue(n) for n in range(3)], leave={TUESDAY: 0, date(2026, 11, 25): 1})
    assert [on.day for _customer, on, _why in found.days] == [25, 26, 26]


def test_why_says_the_place_in_the_line():
    found = spread([overdue(n) for n in range(3)])
    assert found.days[2][2].figures == {"backlog": 3, "slots": 2, "nth": 3}


def test_what_finds_no_place_in_three_months_is_left():
    found = spread([overdue(n) for n in range(140)])
    assert (len(found.days), len(found.left)) == (132, 8)


def test_nobody_without_a_place_is_placed():
    assert spread([overdue(1)], slots=0).left == (1,)


@given(
    st.lists(st.tuples(st.integers(1, 400), st.booleans(), st.integers(0, 9)), max_size=60),
    st.dictionaries(st.integers(0, 40), st.integers(0, 9), max_size=20),
    st.integers(0, 6),
)
def test_everybody_once_and_no_day_over_what_a_person_can_do(backlog, planned, slots):
    load = {TUESDAY + timedelta(days=after): count for after, count in planned.items()}
    waiting = [overdue(n, days, is_key=key, rank=rank) for n, (days, key, rank) in enumerate(backlog)]
    found = spread(waiting, load=load, slots=slots)
    assert sorted([*found.left, *(customer for customer, _on, _why in found.days)]) == list(range(len(backlog)))
    placed: dict[date, int] = {}
    for _customer, on, _why in found.days:
        placed[on] = placed.get(on, 0) + 1
        assert on >= TUESDAY
        assert SIX.is_working(on)
    assert all(load.get(on, 0) + count <= slots for on, count in placed.items())
