"""Which move between classes is a step forward."""

import pytest

from genjin.insights.rules.steps import is_nearer, is_new_three, stations
from genjin.playbooks.schema import shipped

TELESALES, GENERAL = shipped()["telesales"].resolved(), shipped()["general"].resolved()


@pytest.mark.parametrize(
    ("before", "after", "nearer"),
    [
        ("0", "4", True),
        ("4", "3", True),
        ("3", "3k", True),
        ("2", "1", True),
        ("1", "9", True),
        ("7", "4", True),
        ("0", "5", False),
        ("4", "5", False),
        ("4", "7", False),
        ("1", "6", False),
        ("3k", "3", False),
        ("9", "3", False),
        ("4", "nowhere", False),
    ],
)
def test_what_is_nearer_in_telesales(before, after, nearer):
    assert is_nearer(TELESALES, before, after) is nearer


def test_in_a_playbook_that_asks_for_nothing_the_order_decides():
    assert is_nearer(GENERAL, "C", "B")
    assert not is_nearer(GENERAL, "B", "D")


@pytest.mark.parametrize(
    ("before", "after", "new"), [("4", "3", True), ("0", "3k", True), ("3", "3k", False), ("3", "2", False)]
)
def test_a_new_class_three_was_none_before(before, after, new):
    assert is_new_three(TELESALES, before, after) is new


def test_the_stations_on_the_way_to_payment():
    assert stations(TELESALES) == [("0k", "0"), ("4k", "4"), ("3",), ("3k",), ("2",), ("1",)]
