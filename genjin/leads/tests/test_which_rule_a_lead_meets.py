"""Conditions on a lead, and whose turn it is: tables of cases, without a database."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.leads.assigning.document import Condition, Rule, Share, Target
from genjin.leads.assigning.rules import Floor, Hand, Moment, choose, decide, matches, meets, next_in_turn

TODAY = date(2026, 11, 24)
NOW = Moment(TODAY, "morning")
FACTS = {
    "company": "无锡惠山机械有限公司", "city": "无锡市", "province": "江苏省", "product": "ERP  系统",
    "channel": "form", "source": "3", "working_hours": True, "is_customer": False, "campaign": "",
    "own.staff": "120", "own.since": "2026-10-01", "own.brands": ["a", "b"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "operator", "values", "holds"),
    [
        ("company", "has", ("机械", "电子"), True),
        ("company", "has", ("电子",), False),
        ("company", "has_not", ("电子",), True),
        ("product", "is", ("erp 系统",), True),
        ("product", "is", ("ＥＲＰ 系统",), True),
        ("product", "not", ("erp 系统",), False),
        ("city", "is", ("无锡", "苏州"), True),
        ("province", "is", ("江苏",), True),
        ("province", "not", ("江苏省", "浙江"), False),
        ("campaign", "empty", (), True),
        ("campaign", "filled", (), False),
        ("campaign", "not", ("双十一",), True),
        ("channel", "is", ("form", "mail"), True),
        ("source", "is", ("4",), False),
        ("working_hours", "yes", (), True),
        ("working_hours", "no", (), False),
        ("is_customer", "no", (), True),
        ("own.staff", "min", ("100",), True),
        ("own.staff", "min", ("120.5",), False),
        ("own.staff", "max", ("120",), True),
        ("own.since", "before", ("2026-10-02",), True),
        ("own.since", "after", ("2026-10-01",), False),
        ("own.brands", "is", ("b", "c"), True),
        ("own.brands", "not", ("b",), False),
        ("own.missing", "min", ("0",), False),
        ("own.missing", "empty", (), True),
        ("own.missing", "is", ("x",), False),
        ("own.missing", "yes", (), False),
    ],
)
def test_one_condition(field, operator, values, holds):
    assert meets(Condition(field, operator, values), FACTS) is holds


def test_all_or_any_and_none_is_every_lead():
    yes, no = Condition("city", "is", ("无锡",)), Condition("city", "is", ("北京",))
    to = Target("queue", queue=1)
    assert matches(Rule(1, "a", to), FACTS)
    assert matches(Rule(1, "a", to, (yes, no), "any"), FACTS)
    assert not matches(Rule(1, "a", to, (yes, no), "all"), FACTS)
    assert not matches(Rule(1, "a", to, (no,), "any"), FACTS)


def people(*weights, way="turn", **more):
    shares = tuple(Share(person, weight) for person, weight in enumerate(weights, 1))
    return Rule(1, "r", Target("people", shares=shares, way=way), is_on=True, **more)


def floor(number):
    return Floor({pk: Hand(pk) for pk in range(1, number + 1)}, open_queues=frozenset({1}))


def given_out(rule, on, times):
    return [choose(rule, on, NOW).person for _ in range(times)]


def test_in_turn_each_gets_one():
    assert given_out(people(1, 1, 1), floor(3), 7) == [1, 2, 3, 1, 2, 3, 1]


def test_by_weight_the_heavier_gets_more_but_not_all_at_once():
    assert given_out(people(3, 1, way="weighted"), floor(2), 8) == [1, 1, 2, 1, 1, 1, 2, 1]


def test_the_fewest_open_leads_first():
    on = floor(3)
    on.hands[1].open, on.hands[2].open, on.hands[3].open = 4, 2, 3
    assert given_out(people(1, 1, 1, way="least"), on, 4) == [2, 2, 3, 1]
    assert [hand.open for hand in on.hands.values()] == [5, 4, 4]


def test_most_room_first_and_nobody_who_is_full():
    on = floor(3)
    on.hands[1].room, on.hands[2].room, on.hands[3].room = 3, 1, 0
    assert given_out(people(1, 1, 1, way="room"), on, 5) == [1, 1, 1, 2, None]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"may_hold": False}, "gone"),
        ({"off": {TODAY: frozenset({"morning", "afternoon"})}}, "away"),
        ({"off": {TODAY: frozenset({"morning"})}}, "away"),
        ({"off": {TODAY: frozenset({"afternoon"})}}, None),
        ({"off": {date(2026, 11, 25): frozenset({"morning"})}}, None),
        ({"given": Counter({TODAY: 5})}, "cap"),
        ({"given": Counter({TODAY: 4})}, None),
        ({"room": 2, "open": 2}, "full"),
        ({"room": 2, "open": 1}, None),
    ],
)
def test_who_cannot_take_it_is_passed_over(change, word):
    on = floor(2)
    for name, value in change.items():
        setattr(on.hands[1], name, value)
    choice = choose(people(1, 1, cap_a_day=5, skips_full=True), on, NOW)
    assert (choice.person, choice.besides) == ((2, {word: 1}) if word else (1, {}))


def test_whoever_comes_back_does_not_get_everything_at_once():
    on, rule = floor(2), people(1, 1)
    on.hands[1].may_hold = False
    assert given_out(rule, on, 6) == [2] * 6
    on.hands[1].may_hold = True
    assert given_out(rule, on, 4) == [1, 2, 1, 2]


def test_the_first_rule_that_has_somebody_wins():
    nobody = Rule(2, "空", Target("unit", unit=9), is_on=True)
    off = Rule(3, "关", Target("queue", queue=1))
    closed = Rule(5, "关掉的队列", Target("queue", queue=7), is_on=True)
    queue = Rule(4, "兜底", Target("queue", queue=1), is_on=True)
    decision = decide([off, nobody, closed, queue], FACTS, floor(0), NOW)
    assert (decision.rule, decision.choice.queue) == (queue, 1)
    assert [(rule.key, dict(why)) for rule, why in decision.empty_handed] == [(2, {"nobody": 1}), (5, {"closed": 1})]
    assert decide([off, nobody], FACTS, floor(0), NOW).rule is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(1, 4))
def test_over_a_round_everybody_has_exactly_their_share(weights, rounds):
    shares, standing, got = dict(enumerate(weights)), {}, Counter()
    for _ in range(rounds * sum(weights)):
        person, standing = next_in_turn(shares, standing)
        got[person] += 1
    assert got == {person: rounds * weight for person, weight in shares.items()}
