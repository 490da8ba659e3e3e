"""When the simulation's report says better or worse."""

from simulation.measures import BY_CODE, verdict


def run(sold: int, slips: int = 10, seed: int = 1) -> dict:
    one = {"tally": {"sold": [[1, 100, 5]] * sold}, "held": 300 + sold}
    slip = {"days": 3, "was_tried": True}
    return {"evenings": [one], "sellers": 1, "slips": [slip] * slips, "cycles": {"4": 100}, "seed": seed}


def test_few_sales_more_are_chance():
    assert verdict(BY_CODE["sold"], [(run(20), run(25))]) == ""


def test_many_more_are_not_and_seeds_add_up():
    assert verdict(BY_CODE["sold"], [(run(20), run(60))]) == "better"
    assert verdict(BY_CODE["sold"], [(run(60), run(20))]) == "worse"
    assert verdict(BY_CODE["sold"], [(run(20), run(32))]) == ""
    assert verdict(BY_CODE["sold"], [(run(20), run(32, seed=seed)) for seed in (1, 2, 3)]) == "better"


def test_what_is_no_event_must_point_one_way_in_every_seed():
    assert verdict(BY_CODE["slipped"], [(run(1, 20), run(1, 10))]) == "better"
    assert verdict(BY_CODE["slipped"], [(run(1, 20), run(1, 30))]) == "worse"
    assert verdict(BY_CODE["slipped"], [(run(1, 20), run(1, 30)), (run(1, 20), run(1, 10))]) == ""
    assert verdict(BY_CODE["slipped"], [(run(1, 100), run(1, 107))]) == ""
    assert verdict(BY_CODE["slipped"], [(run(1, 100), run(1, 107)), (run(1, 100), run(1, 109))]) == "worse"


def test_what_is_neither_good_nor_bad_is_neither():
    assert verdict(BY_CODE["held"], [(run(1), run(90))]) == ""
