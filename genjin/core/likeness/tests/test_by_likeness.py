"""Levels, steps and intervals by tables; a model finds what is there and never looks at what is barred."""

import random

import pytest

from genjin.core.likeness import rules
from genjin.core.likeness.rules import Scheme, Trait, estimate, level_of, stepped, wilson
from genjin.core.likeness.scheme import read_scheme
from genjin.core.likeness.training import measure, suffices, train


@pytest.mark.parametrize(
    ("kind", "value", "cuts", "level"),
    [
        ("word", "无锡", (), "无锡"), ("word", None, (), ""), ("word", "", (), ""), ("yes_no", True, (), "yes"),
        ("yes_no", "no", (), "no"), ("number", "9", (10.0, 20.0), "0"), ("number", 10, (10.0, 20.0), "1"),
        ("number", 99, (10.0, 20.0), "2"), ("number", None, (10.0,), ""),
    ],
)  # fmt: skip
def test_levels(kind, value, cuts, level):
    assert level_of(kind, value, cuts) == level


@pytest.mark.parametrize(("value", "becomes"), [(0.0, 0.1), (0.2, 0.1), (0.3, 0.2), (0.4, 0.3), (0.9, 0.3)])
def test_between_the_known_points_in_a_straight_line(value, becomes):
    assert stepped(([0.2, 0.4], [0.1, 0.3]), value) == pytest.approx(becomes)


@pytest.mark.parametrize(
    ("yes", "every", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0)],
)
def test_a_share_lies_between_these_bounds(yes, every, low, high):
    found = wilson(yes, every)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_of_a_group_nobody_knows_everybody_is_the_measure():
    assert rules.of_group({"fair": [1, 2]}, [10, 100], "web").all == 100
    assert rules.of_group({"fair": [1, 2]}, [10, 100], "fair").all == 2


@pytest.fixture(scope="module")
def people():
    """A city and a size decide, the source does not; `told` is known only afterwards and gives all away."""
    chance = random.Random(4)
    rows, labels = [], []
    for _n in range(1500):
        row = {
            "source": chance.choice("ab"),
            "city": chance.choice(["无锡", "苏州", "南京"]),
            "size": chance.randrange(100),
        }
        odds = 0.1 + 0.4 * (row["city"] == "无锡") + 0.4 * (row["size"] > 60)
        label = chance.random() < odds
        rows.append({**row, "told": "yes" if label else "no"})
        labels.append(label)
    return rows, labels


SCHEME = Scheme((Trait("source"), Trait("city"), Trait("size", "number"), Trait("told", is_known=False)), "source")


def test_it_finds_what_is_there_and_says_why(people):
    model = train(*people, SCHEME)
    best = estimate(model, {"source": "a", "city": "无锡", "size": 90})
    worst = estimate(model, {"source": "a", "city": "南京", "size": 5})
    assert best.chance > 0.7 > 0.3 > worst.chance
    assert {ground.trait for ground in best.grounds[:2]} == {"city", "size"}
    assert best.grounds[0].weight > 0 > worst.grounds[0].weight


def test_what_is_not_known_at_the_moment_is_never_looked_at(people):
    model = train(*people, SCHEME)
    assert "told" not in model["traits"]
    row = {"source": "a", "city": "苏州", "size": 50}
    assert estimate(model, {**row, "told": "yes"}) == estimate(model, {**row, "told": "no"})


def test_what_was_never_seen_is_no_fault(people):
    model = train(*people, SCHEME)
    assert 0 <= estimate(model, {"source": "z", "city": "火星"}).chance <= 1


def test_on_those_that_came_after_it_beats_the_share_of_the_source(people):
    quality = measure(*people, SCHEME)
    assert quality.auc > 0.7 > 0.6 > quality.plain_auc
    assert quality.beats
    assert sum(each.rows for each in quality.bins) == quality.measured == 500


def test_of_noise_it_does_not_claim_to_know(people):
    rows, labels = people
    shuffled = random.Random(9).sample(labels, len(labels))
    quality = measure(rows, shuffled, SCHEME)
    assert quality.auc < 0.6


@pytest.mark.parametrize(
    ("yes", "no", "enough"), [(29, 500, False), (30, 170, True), (30, 169, False), (500, 29, False)]
)
def test_too_little_is_too_little(yes, no, enough):
    assert suffices([True] * yes + [False] * no) is enough


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "group"), ("{group: a, traits: {a: text}}", "kind"), ("{group: b, traits: {a: word}}", "group b"),
        ("{group: a, traits: {a: {kind: word, is_known: false}}}", "group a"),
        ("{group: a, traits: {a: {kind: word, is_known: 3}}}", "is_known"),
        ("{group: a, traits: {a: word}, x: 1}", "group"),
    ],
)  # fmt: skip
def test_a_scheme_that_makes_no_sense_is_refused_by_name(text, said):
    with pytest.raises(ValueError, match=said):
        read_scheme(text)
