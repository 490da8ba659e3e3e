"""Targets are to be reached, warning levels are shown, only limits refuse."""

import pytest

from genjin.playbooks.rules import load_arithmetic, refusal_to_take_on, stock
from genjin.playbooks.schema import shipped

STANDARD = shipped()["telesales"].resolved("standard")
LARGE = shipped()["telesales"].resolved("large")
GENERAL = shipped()["general"].resolved()


def holding(counts, code, playbook=STANDARD):
    return next(each for each in stock(playbook, counts) if code in each.classes)


@pytest.mark.parametrize(
    ("code", "counts", "state", "short", "excess"),
    [
        ("3k", {"3k": 11}, "below_target", 1, 0),
        ("3k", {"3k": 12}, "fine", 0, 0),
        ("3k", {"3k": 40}, "fine", 0, 0),
        ("4", {"4k": 100, "4": 50}, "fine", 0, 0),
        ("4", {"4k": 100, "4": 51}, "above_limit", 0, 1),
        ("5", {"5": 53}, "above_limit", 0, 3),
        ("0", {"0k": 60, "0": 40}, "fine", 0, 0),
        ("0", {"0k": 60, "0": 45}, "above_warning", 0, 5),
        ("6", {"6": 6}, "above_warning", 0, 1),
        ("1", {"1": 99}, "free", 0, 0),
        ("9", {}, "free", 0, 0),
    ],
)
def test_what_is_held(code, counts, state, short, excess):
    found = holding(counts, code)
    assert (found.state, found.short, found.excess, found.held) == (state, short, excess, sum(counts.values()))


def test_classes_that_count_together_are_one_line():
    assert [each.classes for each in stock(STANDARD, {})] == [
        ("1",), ("2",), ("3k",), ("3",), ("4k", "4"), ("5",), ("6",), ("7",), ("0k", "0"), ("9",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "adding", "figures"),
    [
        ({"4k": 100, "4": 50}, {"4": 1}, {"held": 150, "limit": 150, "adding": 1, "room": 0, "over": 1}),
        ({"4": 148}, {"4k": 3, "4": 2}, {"held": 148, "limit": 150, "adding": 5, "room": 2, "over": 3}),
        ({"5": 60}, {"5": 1, "4": 1}, {"held": 60, "limit": 50, "adding": 1, "room": 0, "over": 11}),
        ({"4": 149}, {"4k": 1}, None),
        ({"4": 200}, {"0": 30}, None),
        ({"0": 500}, {"0": 100}, None),
        ({"3": 500}, {"3": 100}, None),
        ({"6": 50}, {"6": 1}, None),
    ],
)
def test_only_a_limit_refuses(counts, adding, figures):
    reason = refusal_to_take_on(STANDARD, counts, adding)
    found = {name: reason.figures[name] for name in figures} if reason and figures else reason
    assert found == figures


def test_the_large_set_has_no_limit_for_class_7():
    assert refusal_to_take_on(STANDARD, {"7": 20}, {"7": 1}).code == "stock_limit"
    assert refusal_to_take_on(LARGE, {"7": 20}, {"7": 1}) is None


def test_general_limits_nothing():
    assert refusal_to_take_on(GENERAL, {"A": 900}, {"A": 100}) is None


def test_the_load_is_ones_own_figures_divided_by_the_cycle():
    load = load_arithmetic(STANDARD, {"1": 2, "3k": 10, "0": 100})
    assert (load.slackest, load.tightest) == (2 + 2, 2 + 5)
    assert [part.class_code for part in load.classes] == ["1", "3k"]
