"""New customers own the slots of their blocks while there are any; follow-ups have the rest."""

from datetime import date, timedelta

import pytest

from genjin.playbooks.rules import shares, slots_of_days
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()
TODAY = date(2026, 11, 24)
DAYS = [TODAY + timedelta(nth) for nth in range(3)]


@pytest.mark.parametrize(
    ("slots", "waiting", "done", "new", "follow_up"),
    [
        (40, 100, {}, [14, 14, 14], [26, 26, 26]),
        (40, 20, {}, [14, 6, 0], [26, 34, 40]),
        (40, 0, {}, [0, 0, 0], [40, 40, 40]),
        (20, 100, {}, [7, 7, 7], [13, 13, 13]),
        (40, 100, {"done_new": 8, "done_others": 4}, [6, 14, 14], [22, 26, 26]),
        (40, 100, {"done_new": 20, "done_others": 30}, [0, 14, 14], [0, 26, 26]),
    ],
)
def test_the_slots_of_three_days(slots, waiting, done, new, follow_up):
    found = shares(TELESALES, dict.fromkeys(DAYS, slots), waiting, **done)
    assert (list(found.new.values()), list(found.follow_up.values())) == (new, follow_up)


def test_a_playbook_without_a_queue_keeps_nothing_back():
    assert list(shares(GENERAL, {TODAY: 20}, 5).follow_up.values()) == [20]


def test_on_a_half_day_new_customers_own_the_blocks_of_the_other_half():
    off = {DAYS[1]: frozenset({"morning"}), DAYS[2]: frozenset({"afternoon"})}
    slots = slots_of_days(TELESALES, DAYS, 40, off)
    assert list(slots.values()) == [40, 25, 15]  # domain §2: morning 15, afternoon 25
    found = shares(TELESALES, slots, 100, off=off)
    assert list(found.new.values()) == [14, 8, 6]
    assert list(found.follow_up.values()) == [26, 17, 9]
