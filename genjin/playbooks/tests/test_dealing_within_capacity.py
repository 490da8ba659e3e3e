"""How many more somebody takes on when customers are dealt out within capacity: tables of cases, and a promise."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.reasons import Reason
from genjin.playbooks.rules.dealing import Room, most_room, refusal_to_relieve
from genjin.playbooks.services import variant


def telesales():
    return variant("telesales")


def filled(code: str, *, slots: int = 40, **held: int) -> Room:
    """A room with as many of a class as it takes."""
    room = Room(telesales(), slots, {name.removeprefix("c"): count for name, count in held.items()})
    while room.refusal(code) is None:
        room.take(code)
    return room


def test_new_ones_are_taken_as_far_as_they_can_be_reached_in_time():
    """14 a day (C3: 6 and 8) within 8 working days."""
    room = filled("0")
    assert room.held["0"] == 112
    assert room.refusal("0") == Reason("first_contacts_full", {"a_day": 14, "days": 8, "waiting": 112})


def test_a_short_day_reaches_fewer():
    assert filled("0", slots=20).held["0"] < filled("0").held["0"]


def test_a_limit_comes_before_the_days():
    room = Room(telesales(), 400, {"4": 150})
    assert room.refusal("4").code == "stock_limit"


def test_whose_days_are_full_takes_on_no_lukewarm_ones():
    room = filled("4", slots=5)
    assert room.refusal("4").code == "days_are_full"
    assert room.held["4"] < 150


def test_who_has_most_of_their_days_free_gets_the_next():
    rooms = {
        1: Room(telesales(), 40, {"4": 100}),
        2: Room(telesales(), 40, {"4": 20}),
        3: Room(telesales(), 40, {"4": 20}),
    }
    assert most_room(rooms, dict.fromkeys(rooms, "4")) == 2


@pytest.mark.parametrize(
    ("held", "slots", "overdue", "owners", "why"),
    [
        ({"4": 20}, 40, 0, 1, None),
        ({"4": 20}, 40, 9, 10, None),
        ({"4": 20}, 40, 10, 10, "as_far_behind"),  # it would only go to and fro
        ({"4": 20}, 40, 0, 0, "as_far_behind"),
        ({"4": 150}, 40, 0, 10, "stock_limit"),
        ({"4": 100}, 7, 0, 10, "days_are_full"),  # 100 at most every 14 working days are 7.1 contacts a day
        ({"4": 100}, 8, 0, 10, None),
        ({"4": 90, "0": 100}, 12, 0, 10, None),
        ({"4": 120, "0": 100}, 12, 0, 10, "days_are_full"),  # what new ones leave of the day is less than it asks for
    ],
)
def test_an_overdue_customer_goes_to_who_has_room_and_is_less_behind(held, slots, overdue, owners, why):
    refusal = refusal_to_relieve(Room(telesales(), slots, held), "4", overdue=overdue, owners=owners)
    assert (refusal and refusal.code) == why


def test_when_nobody_has_room_the_reason_is_told():
    rooms = {1: Room(telesales(), 40, {"4": 150}), 2: Room(telesales(), 40, {"4": 150})}
    assert most_room(rooms, dict.fromkeys(rooms, "4")).code == "stock_limit"
    assert most_room({}, {}).code == "nobody_to_deal_to"


@given(
    st.lists(st.sampled_from(["0", "4", "4k", "5", "3", "7"]), max_size=80),
    st.lists(st.integers(1, 60), min_size=1, max_size=4),
)
def test_nobody_is_ever_dealt_above_a_limit_and_nothing_is_left_while_somebody_has_room(codes, slots):
    playbook = telesales()
    rooms = {pk: Room(playbook, each, {}) for pk, each in enumerate(slots)}
    for code in codes:
        found = most_room(rooms, dict.fromkeys(rooms, code))
        if isinstance(found, Reason):
            assert all(room.refusal(code) for room in rooms.values())
        else:
            rooms[found].take(code)
    for room in rooms.values():
        held = Counter(room.held)
        for group in {playbook.class_of(code).counts_with for code in held}:
            limit = playbook.class_of(group[0]).limit
            assert limit is None or sum(held[code] for code in group) <= limit


@pytest.mark.parametrize("code", ["0", "4"])
def test_who_gives_one_up_has_room_again(code):
    room = filled(code, slots=10)
    room.give_up(code)
    assert room.refusal(code) is None
