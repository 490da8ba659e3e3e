"""What a day holds of which half is off."""

from datetime import date

import pytest

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.playbooks.rules import Candidate, fill_day, scaled_targets, slots_left, without
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()
MORNING, AFTERNOON = frozenset({"morning"}), frozenset({"afternoon"})
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("playbook", "slots", "off", "left"),
    [
        (TELESALES, 40, (), 40),
        (TELESALES, 40, MORNING, 25),
        (TELESALES, 40, AFTERNOON, 15),
        (TELESALES, 40, MORNING | AFTERNOON, 0),
        (TELESALES, 20, MORNING, 12),
        (TELESALES, 20, AFTERNOON, 8),
        (TELESALES, 1, AFTERNOON, 0),
        (GENERAL, 20, MORNING, 10),
        (GENERAL, 21, AFTERNOON, 11),
    ],
)
def test_a_half_is_worth_what_its_blocks_are(playbook, slots, off, left):
    assert slots_left(playbook, slots, off) == left


def test_the_blocks_of_the_absent_half_drop_and_the_others_keep_their_targets():
    assert scaled_targets(without(TELESALES, MORNING), 25) == {
        "pressing": None, "new_afternoon": 8, "three": 7, "four": 8,
    }  # fmt: skip
    assert scaled_targets(without(TELESALES, AFTERNOON), 15) == {"new_morning": 6, "pressing": None, "three_four": 9}


def test_whoever_is_to_pay_is_asked_in_the_other_half():
    day = fill_day(
        without(TELESALES, MORNING), [Candidate(1, "2", TODAY), Candidate(2, "3", TODAY)], [], today=TODAY, slots=25,
        calendar=WorkingCalendar(Week.SIX),
    )  # fmt: skip
    stand = {block.block.code: [entry.customer for entry in block.entries] for block in day.blocks if block.entries}
    assert stand == {"pressing": [1], "three": [2]}
    assert next(block.block for block in day.blocks if block.block.code == "pressing").starts is None


def test_a_playbook_with_one_block_keeps_it():
    assert scaled_targets(without(GENERAL, MORNING), 10) == {"day": 10}
