"""What was done in a block's hours, and with whom."""

from datetime import time

from genjin.insights.rules.hours import Made, by_hour, in_blocks, outside
from genjin.playbooks.schema import shipped

BLOCKS = shipped()["telesales"].resolved().blocks


def made(clock: str, code: str = "0", *, effective: bool = True) -> Made:
    return Made(time.fromisoformat(clock), effective, code)


def test_contacts_with_a_blocks_own_classes_are_told_from_others():
    first = in_blocks([made("08:30"), made("09:10", "0k"), made("09:59", "4")], BLOCKS)[0]
    assert (first.own, first.others, first.target, first.missing) == (2, 1, 6, 3)


def test_the_end_of_a_block_belongs_to_the_next():
    first, second, *_ = in_blocks([made("10:00", "2")], BLOCKS)
    assert (first.own + first.others, second.own) == (0, 1)


def test_a_block_without_target_lacks_nothing():
    assert in_blocks([], BLOCKS)[1].missing == 0


def test_noon_and_evening_lie_outside():
    assert outside([made("12:30"), made("19:00"), made("11:00")], BLOCKS) == 2


def test_every_hour_stands_there_even_an_empty_one():
    hours = by_hour([made("09:01"), made("09:50", effective=False)], 8, 10)
    assert [(each.hour, each.effective, each.missed) for each in hours] == [(8, 0, 0), (9, 1, 1), (10, 0, 0)]
