"""How surely two records are of one."""

import pytest

from genjin.core.linkage.schemes import Comparison, Scheme
from genjin.core.linkage.scoring import chance, score, similarity

SCHEME = Scheme(
    comparisons=(
        Comparison(fields=("given", "family"), by="name", same=5, unlike=-3),
        Comparison(fields=("phone",), by="equal", same=12, unlike=-1),
        Comparison(fields=("born",), by="text", same=10, unlike=-4, begins=0.6),
    ),
    keys=(("family",),),
    prior=-8,
    alert=50,
    strong=("phone",),
)


def record(**values):
    return {name: value if isinstance(value, tuple) else (value,) for name, value in values.items()}


@pytest.mark.parametrize(
    ("by", "values", "others", "alike"),
    [
        ("equal", ("a", "b"), ("b", "c"), 1.0),
        ("equal", ("a",), ("b",), 0.0),
        ("equal", ("a",), (), None),
        ("text", ("19081209",), ("19081290",), 0.875),  # two neighbours exchanged are one mistake
        ("text", ("4011",), ("4021",), 0.75),
        ("name", ("berry",), ("berri",), 0.92),
    ],
)
def test_two_values_are_alike(by, values, others, alike):
    assert similarity(by, values, others) == (alike if alike is None else pytest.approx(alike))


def test_what_is_less_alike_than_asked_is_unlike():
    assert similarity("text", ("4011",), ("4021",), 0.8) == 0


def test_points_of_all_fields_are_added():
    same = record(given="lachlan", family="berry", born="19990219")
    found = score(SCHEME, same, same)
    assert found.points == -8 + 5 + 5 + 10
    assert [one.field for one in found.reasons] == ["born", "given", "family"]


def test_a_field_that_one_lacks_says_nothing():
    assert score(SCHEME, record(given="lachlan", family="berry"), record(family="berry")).points == -8 + 5


def test_names_written_into_each_others_place_are_found():
    found = score(SCHEME, record(given="lachlan", family="berry"), record(given="berry", family="lachlan"))
    assert found.points == -8 + 5 + 5
    assert [(one.field, one.other) for one in found.reasons] == [("given", "family"), ("family", "given")]


def test_a_strong_field_that_is_equal_is_proof():
    one, other = record(phone=("13812345678", "0512"), family="a"), record(phone="13812345678", family="z")
    assert score(SCHEME, one, other).is_strong
    assert not score(SCHEME, record(family="a"), record(family="a")).is_strong


def test_half_of_the_way_from_where_likeness_begins_is_half_of_the_points():
    found = score(SCHEME, record(born="12345"), record(born="12354"))  # 0.8 alike, begins at 0.6
    assert found.points == pytest.approx(-8 + (10 - 4) / 2)


@pytest.mark.parametrize(("points", "percent"), [(0, 50), (3, 89), (-3, 11), (40, 99), (-40, 1)])
def test_points_read_as_a_chance(points, percent):
    assert chance(points) == percent
