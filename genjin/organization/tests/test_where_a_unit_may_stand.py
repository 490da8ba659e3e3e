"""Rules of the tree and of the week, as tables and as a property."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.organization import rules

TREE = rules.Tree({1: None, 2: 1, 3: 2, 4: 1})


def code(reason):
    return reason and reason.code


@pytest.mark.parametrize(
    ("unit", "parent", "before", "refusal"),
    [
        (3, 4, 2, None),
        (3, 2, 2, None),
        (1, None, None, None),
        (2, 3, 1, "unit_below_itself"),
        (2, 2, 1, "unit_below_itself"),
        (1, 4, None, "root_stays_root"),
        (2, None, 1, "one_root_only"),
    ],
)
def test_where_a_unit_may_hang(unit, parent, before, refusal):
    reason = rules.refusal_to_hang_under(unit=unit, parent=parent, parent_before=before, tree=TREE)
    assert code(reason) == refusal


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30),
)
def test_no_sequence_of_allowed_moves_closes_a_circle(hang_under, moves):
    parents: dict[int, int | None] = {0: None}
    for unit, under in enumerate(hang_under, start=1):
        parents[unit] = under % unit
    for unit, parent in moves:
        if unit in parents and parent in parents:
            refusal = rules.refusal_to_hang_under(
                unit=unit, parent=parent, parent_before=parents[unit], tree=rules.Tree(parents)
            )
            if refusal is None:
                parents[unit] = parent
    tree = rules.Tree(parents)
    assert tree.below(0) == set(parents)
    assert all(0 in tree.above(unit) for unit in parents)


@pytest.mark.parametrize(
    ("week", "six_day_from", "refusal"),
    [
        ("six", None, None),
        ("alternating", date(2026, 11, 23), None),
        ("alternating", None, "six_day_monday_missing"),
        ("alternating", date(2026, 11, 24), "six_day_from_is_no_monday"),
    ],
)
def test_alternating_weeks_need_a_monday(week, six_day_from, refusal):
    assert code(rules.refusal_of_week(week=week, six_day_from=six_day_from)) == refusal


NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("used", "expires_at", "person_active", "refusal"),
    [
        (False, NOON + timedelta(seconds=1), True, None),
        (False, NOON, True, "link_expired"),
        (True, NOON + timedelta(days=1), True, "link_used"),
        (False, NOON + timedelta(days=1), False, "link_expired"),
    ],
)
def test_when_a_link_is_dead(used, expires_at, person_active, refusal):
    reason = rules.refusal_of_link(used=used, expires_at=expires_at, at=NOON, person_active=person_active)
    assert code(reason) == refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Lin ", "lin"), ("ＬＩＮ", "lin"), ("13800000000", "13800000000"), ("Lin@Example.CN", "lin@example.cn")],
)
def test_a_sign_in_is_kept_in_one_form(typed, kept):
    assert rules.normal_sign_in(typed) == kept
