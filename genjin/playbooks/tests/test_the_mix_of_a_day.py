"""The two mixes of domain §2 against what a plan holds."""

import pytest

from genjin.playbooks.rules import check_mix, mix_of
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()


def lines(code, counts, slots=40):
    mix = mix_of(TELESALES, code)
    return {line.classes: line for line in check_mix(TELESALES, mix, counts, slots=slots)}


def test_called_is_the_default_and_asks_for_28_to_40():
    assert mix_of(TELESALES) == mix_of(TELESALES, "called")
    found = lines("", {}).values()
    assert (sum(line.low for line in found), sum(line.high for line in found)) == (28, 40)


def test_booked_asks_for_46_to_56_with_25_key_ones():
    found = lines("booked", {}).values()
    assert (sum(line.low for line in found), sum(line.high for line in found)) == (46, 56)
    assert sum(line.key or 0 for line in found) == 25


@pytest.mark.parametrize(
    ("counts", "short", "over"),
    [({"3k": 3, "3": 5}, 0, 0), ({"3k": 3, "3": 4}, 1, 0), ({"3k": 3, "3": 9}, 0, 2), ({}, 8, 0)],
)
def test_what_a_plan_lacks_and_has_too_much(counts, short, over):
    line = lines("called", counts)["3k", "3"]
    assert (line.short, line.over, line.held) == (short, over, sum(counts.values()))


def test_key_ones_are_counted_in_booked():
    line = lines("booked", {"4k": 4, "4": 20})["4k", "4"]
    assert (line.held_key, line.short_key) == (4, 6)


def test_a_persons_own_number_stretches_it():
    line = lines("called", {}, slots=20)["0k", "0"]
    assert (line.low, line.high) == (5, 8)


def test_a_playbook_without_mixes_asks_for_none():
    assert mix_of(GENERAL) is None
