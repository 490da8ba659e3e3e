"""The shipped playbook holds the figures of its source (domain §2)."""

import pytest

from genjin.playbooks.rules import full_stock, load_arithmetic
from genjin.playbooks.schema import shipped

STANDARD = shipped()["telesales"].resolved("standard", "table")
LARGE = shipped()["telesales"].resolved("large", "table")
LOOPS = shipped()["telesales"].resolved("standard", "loops")


@pytest.mark.parametrize(
    ("code", "cycle", "close_within"),
    [
        ("1", (1, 1), 2),
        ("2", (1, 3), 5),
        ("3k", (2, 5), 10),
        ("3", (5, 8), 20),
        ("4k", (8, 14), None),
        ("4", (8, 14), None),
        ("5", (20, 22), None),
        ("6", (20, 22), None),
        ("7", (20, 22), None),
        ("9", (20, 22), None),
    ],
)
def test_cycles_and_close_windows(code, cycle, close_within):
    cls = STANDARD.class_of(code)
    assert ((cls.min_days, cls.max_days), cls.close_within) == (cycle, close_within)


@pytest.mark.parametrize(
    ("code", "standard", "large"),
    [
        ("2", ((5, 5), None, None), ((10, 15), None, None)),
        ("3k", ((12, 15), None, None), ((25, 30), None, None)),
        ("3", ((30, 30), None, None), ((60, 60), None, None)),
        ("4", (None, 150, None), (None, 300, None)),
        ("4k", (None, 150, None), (None, 300, None)),
        ("5", (None, 50, None), (None, 100, None)),
        ("6", (None, None, 5), (None, None, 10)),
        ("7", (None, 20, None), (None, None, None)),
        ("0", (None, None, 100), (None, None, 200)),
    ],
)
def test_targets_limits_and_warning_levels_are_three_things(code, standard, large):
    found = [
        (cls.stock_target, cls.limit, cls.warning_level) for cls in (STANDARD.class_of(code), LARGE.class_of(code))
    ]
    assert found == [standard, large]


@pytest.mark.parametrize(
    ("code", "cycle"),
    [
        ("1", (1, 1)),
        ("2", (1, 1)),
        ("3k", (2, 3)),
        ("3", (3, 5)),
        ("4k", (5, 7)),
        ("4", (5, 22)),
        ("6", (10, 22)),
        ("5", (20, 22)),
    ],
)
def test_small_and_big_loop_are_a_second_set(code, cycle):
    cls = LOOPS.class_of(code)
    assert (cls.min_days, cls.max_days) == cycle


def test_the_load_arithmetic_is_that_of_the_source():
    standard = load_arithmetic(STANDARD, full_stock(STANDARD))
    large = load_arithmetic(LARGE, full_stock(LARGE))
    assert (round(standard.slackest, 1), round(standard.tightest, 1)) == (22.5, 41.0)
    assert round(large.slackest, 1) == 44.9


def test_new_customers_wait_in_a_queue_of_eight_working_days():
    entry = STANDARD.entry_class
    assert (entry.code, entry.is_queue, entry.first_contact_within) == ("0", True, 8)
    assert STANDARD.queue_classes == {"0", "0k"}


def test_key_customers_are_those_of_the_source():
    assert STANDARD.key_classes == {"1", "2", "3k", "4k", "0k"}


def test_the_day_is_of_forty_with_two_left_over():
    assert [block.target for block in STANDARD.blocks] == [6, None, 9, 8, 7, 8]
    assert STANDARD.daily_slots - sum(block.target or 0 for block in STANDARD.blocks) == 2
    assert STANDARD.rest.classes == ("6", "5", "7", "9")


def test_the_day_ends_with_thirty_effective_and_three_of_class_three():
    assert STANDARD.end_of_day.effective == 30
    assert [(target.classes, target.count) for target in STANDARD.end_of_day.class_targets] == [(("3k", "3"), 3)]


def test_general_has_grades_and_one_block():
    general = shipped()["general"].resolved()
    cycles = {cls.code: cls.max_days for cls in general.classes if not cls.closes_as}
    assert cycles == {"A": 5, "B": 10, "C": 22, "D": 66}
    assert (general.entry_class.code, general.entry_class.first_contact_within) == ("C", 5)
    assert general.class_of("E").closes_as == "dead"
    assert [(block.classes, block.target) for block in general.blocks] == [(("A", "B", "C", "D"), 20)]
    assert general.won_class is None
