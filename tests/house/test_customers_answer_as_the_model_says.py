"""What MODEL.md says of the simulation's customers, asked of the code."""

from dataclasses import fields, replace

import pytest

from simulation.behaviour import B_TABLE, BANK, Mind, attempt, born, chance_of_yes, chance_to_reach, falling, growing
from simulation.parameters import BASE, Parameters


def mind(**changes) -> Mind:
    told = {
        "ceiling": 0.9, "interest": 0.5, "reach": 0.6, "mornings": True, "is_dead": False, "has_key_person": True,
        "patience": 1.0, "talks": 3,
    }  # fmt: skip
    return Mind(**{**told, **changes})


def called(customer: Mind, *, day: int, nth: int = 1, hour: int = 10, given: Parameters = BASE):
    return attempt(customer, given, seed=1, customer=7, nth=nth, day=day, hour=hour)


SURELY = replace(BASE, reach=0.97, key_person_answers=1.0, half_day=0.0)


def test_the_same_attempt_has_the_same_luck_whatever_came_before():
    first, second = mind(), mind()
    assert called(first, day=3) == called(second, day=3)
    assert first == second


def test_every_figure_lies_between_its_bounds():
    for each in fields(Parameters):
        assert each.metadata["low"] <= getattr(BASE, each.name) <= each.metadata["high"], each.name


def test_silence_beyond_what_is_borne_halves_interest_in_a_half_life():
    patient, forgotten = mind(is_dead=True), mind(is_dead=True)
    called(patient, day=7)
    called(forgotten, day=7 + round(BASE.half_life))
    assert patient.interest == 0.5
    assert forgotten.interest == pytest.approx(0.25)


def test_a_talk_in_time_raises_interest_and_one_too_soon_annoys():
    in_time, too_soon = mind(reach=2.0), mind(reach=2.0)
    assert called(in_time, day=5, given=SURELY).with_key_person
    assert called(too_soon, day=1, given=SURELY).with_key_person
    assert in_time.interest > too_soon.interest > 0.5
    assert (in_time.annoyed, too_soon.annoyed) == (0.0, BASE.crowding)


def test_the_half_of_the_day_and_another_hour_matter():
    early, late = (chance_to_reach(mind(), BASE, hour) for hour in (10, 16))
    assert early > late
    assert chance_to_reach(mind(missed_at=10), BASE, 10) < early
    assert chance_to_reach(mind(missed_at=15), BASE, 10) == early


def test_a_dead_number_is_never_reached():
    assert not any(called(mind(is_dead=True), day=1, nth=nth).reached for nth in range(50))


@pytest.mark.parametrize("nth", range(1, 9))
def test_a_yes_grows_by_the_table_and_falls_by_the_bank(nth):
    assert growing(nth) == B_TABLE[min(nth, 4) - 1] / B_TABLE[3]
    assert falling(nth) == BANK[min(nth, 7) - 1] / BANK[0]


def test_both_sources_are_blended():
    late, early = replace(BASE, late=1.0), replace(BASE, late=0.0)
    assert chance_of_yes(mind(talks=1), late) < chance_of_yes(mind(talks=6), late)
    assert chance_of_yes(mind(talks=1), early) > chance_of_yes(mind(talks=6), early)


def test_half_of_the_new_ones_never_want_it():
    ceilings = [born(BASE, seed=1, customer=key, day=0).ceiling for key in range(2000)]
    assert 0.45 < sum(ceiling < 0.35 for ceiling in ceilings) / 2000 < 0.55
