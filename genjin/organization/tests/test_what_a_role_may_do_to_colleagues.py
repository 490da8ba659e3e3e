"""Rules of rank and reach, as tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.scoping import Scope
from genjin.organization import rules

EVERYWHERE = Scope(person=1, everything=True)
EAST = Scope(person=2, units=frozenset({10, 11}))


def code(reason):
    return reason and reason.code


@pytest.mark.parametrize(
    ("role", "given"),
    [
        ("owner", ("owner", "manager", "seller", "service", "reader")),
        ("manager", ("manager", "seller", "service", "reader")),
        ("seller", ()),
        ("service", ()),
        ("reader", ()),
    ],
)
def test_nobody_gives_a_role_above_their_own(role, given):
    assert rules.roles_one_may_give(role) == given


@pytest.mark.parametrize(
    ("actor", "actor_role", "person_role", "person_unit", "refusal"),
    [
        (EVERYWHERE, "owner", "owner", 99, None),
        (EAST, "manager", "seller", 11, None),
        (EAST, "manager", "manager", 10, None),
        (EAST, "manager", "owner", 11, "person_ranks_above_you"),
        (EAST, "manager", "seller", 20, "person_outside_your_units"),
        (EAST, "reader", "seller", 11, "person_ranks_above_you"),
        (Scope(person=3), "seller", "seller", 11, "person_outside_your_units"),
    ],
)
def test_whom_one_may_change(actor, actor_role, person_role, person_unit, refusal):
    reason = rules.refusal_to_touch(
        actor=actor, actor_role=actor_role, person_role=person_role, person_unit=person_unit
    )
    assert code(reason) == refusal


@pytest.mark.parametrize(
    ("actor", "actor_role", "role", "unit", "refusal"),
    [
        (EVERYWHERE, "owner", "owner", 99, None),
        (EAST, "manager", "manager", 10, None),
        (EAST, "manager", "owner", 10, "role_above_your_own"),
        (EAST, "manager", "seller", 20, "unit_outside_yours"),
    ],
)
def test_where_one_may_put_somebody(actor, actor_role, role, unit, refusal):
    assert code(rules.refusal_to_place(actor=actor, actor_role=actor_role, role=role, unit=unit)) == refusal


@pytest.mark.parametrize(
    ("is_self", "before", "after", "other_owners", "held", "refusal"),
    [
        (False, "seller", "manager", 1, 40, None),
        (True, "owner", "owner", 0, 0, None),
        (True, "owner", "seller", 3, 0, "not_your_own_role"),
        (False, "owner", "manager", 0, 0, "last_owner_stays_owner"),
        (False, "owner", "manager", 1, 0, None),
        (False, "seller", "reader", 1, 1, "reader_still_holds"),
        (False, "seller", "reader", 1, 0, None),
    ],
)
def test_when_a_role_stays(is_self, before, after, other_owners, held, refusal):
    reason = rules.refusal_to_change_role(
        is_self=is_self, role_before=before, role=after, other_owners=other_owners, held=held
    )
    assert code(reason) == refusal


@pytest.mark.parametrize(
    ("is_self", "is_active", "role", "other_owners", "refusal"),
    [
        (False, True, "seller", 0, None),
        (False, True, "owner", 1, None),
        (False, True, "owner", 0, "last_owner_stays"),
        (True, True, "manager", 1, "not_yourself"),
        (False, False, "seller", 1, "person_left_already"),
    ],
)
def test_who_cannot_leave(is_self, is_active, role, other_owners, refusal):
    reason = rules.refusal_to_deactivate(is_self=is_self, is_active=is_active, role=role, other_owners=other_owners)
    assert code(reason) == refusal


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_even_shares_lose_nothing_and_differ_by_one_at_most(total, among):
    shares = rules.even_shares(total, among)
    assert (sum(shares), len(shares)) == (total, among)
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("role", "is_active", "is_leaver", "in_scope", "refusal"),
    [
        ("seller", True, False, True, None),
        ("service", True, False, True, None),
        ("owner", True, False, True, None),
        ("reader", True, False, True, "receiver_only_reads"),
        ("seller", False, False, True, "receiver_has_left"),
        ("seller", True, True, True, "receiver_is_the_leaver"),
        ("seller", True, False, False, "receiver_outside_your_units"),
    ],
)
def test_who_can_take_over(role, is_active, is_leaver, in_scope, refusal):
    reason = rules.refusal_to_receive(
        name="周雨桐", role=role, is_active=is_active, is_leaver=is_leaver, in_scope=in_scope
    )
    assert code(reason) == refusal
