"""What lags most is named with its figures; what does not lag, or is too little to say, is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.insights.rules.three_numbers import ENOUGH, Count, largest_leak, total

NONE = [Count(), Count()]
WINDOWS = (None, 10)


def rate(exits: int, had: int, contacts: int = 100) -> Count:
    return Count(contacts=contacts, had=had, exits=exits)


def test_a_persons_conversion_below_the_others():
    people = {1: [rate(8, 100), rate(15, 100)], 2: [rate(8, 100), rate(15, 100)], 3: [rate(8, 100), rate(2, 100)]}
    leak = largest_leak(people, NONE, WINDOWS)
    assert (leak.kind, leak.person, leak.station) == ("conversion", 3, 1)
    assert (leak.count.rate, leak.other, round(leak.lost)) == (0.02, 0.15, 13)


def test_everybodys_conversion_below_what_it_was():
    people = {1: [rate(5, 100), Count(100)], 2: [rate(5, 100), Count(100)]}
    leak = largest_leak(people, [rate(60, 400), Count()], WINDOWS)
    assert (leak.kind, leak.person, leak.station, round(leak.lost)) == ("conversion_before", None, 0, 20)


def test_fewer_contacts_than_the_others_make():
    people = {1: [rate(10, 100, 200), NONE[0]], 2: [rate(10, 100, 200), NONE[0]], 3: [rate(9, 100, 20), NONE[0]]}
    leak = largest_leak(people, NONE, WINDOWS)
    assert (leak.kind, leak.person, leak.count.contacts, leak.other) == ("quantity", 3, 20, 200)


def test_too_long_in_a_class_beyond_its_window():
    people = {1: [NONE[0], Count(exits=8, had=20, days=(3, 11, 12, 13, 14, 15, 16, 17))]}
    leak = largest_leak(people, NONE, WINDOWS)
    assert (leak.kind, leak.station, leak.count.late(10), leak.count.speed) == ("speed", 1, 7, 13.5)


def test_the_leak_that_costs_most_is_the_one_named():
    people = {
        1: [rate(30, 100), rate(50, 100)],
        2: [rate(30, 100), rate(50, 100)],
        3: [rate(20, 100), rate(10, 100)],
    }
    assert largest_leak(people, NONE, WINDOWS).station == 1


@pytest.mark.parametrize(
    "people",
    [
        {},
        {1: [rate(1, 100), rate(1, 100)]},
        {1: [rate(10, 100), NONE[0]], 2: [rate(9, 100), NONE[0]]},
        {1: [rate(5, ENOUGH), NONE[0]], 2: [rate(0, ENOUGH - 1), NONE[0]]},
        {1: [rate(0, 100), NONE[0]], 2: [rate(0, 100), NONE[0]]},
    ],
    ids=["nobody", "alone", "nearly as good", "too few to say", "nobody converts"],
)
def test_no_leak(people):
    assert largest_leak(people, NONE, WINDOWS) is None


def test_a_newcomer_is_neither_named_nor_compared_with():
    people = {1: [rate(10, 100), NONE[0]], 2: [rate(0, 100, 5), NONE[0]]}
    assert largest_leak(people, NONE, WINDOWS, newcomers={2}) is None


def test_counts_are_added_up_station_by_station():
    assert total([[Count(1, 2, 3, 1, (4,)), Count(5)], [Count(1, 2, 3, 1, (6,)), Count(5)]], 2) == [
        Count(2, 4, 6, 2, (4, 6)),
        Count(10),
    ]


FEW = st.integers(0, 50)


@given(st.lists(st.builds(Count, contacts=FEW, had=FEW, came=FEW, exits=FEW), min_size=1))
def test_the_others_are_everybody_without_one(counts):
    everybody = total([[count] for count in counts], 1)[0]
    assert everybody.without(counts[0]) == total([[count] for count in counts[1:]], 1)[0]
