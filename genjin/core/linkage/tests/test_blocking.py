"""Only records that share a key are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.linkage import blocking
from genjin.core.linkage.blocking import TooMany, blocks
from genjin.core.linkage.keys import key_part, keys_of
from genjin.core.linkage.schemes import Comparison, Scheme


def scheme(*keys, largest=50):
    compared = tuple(Comparison(fields=(name,), by="equal", same=1, unlike=0) for name in ("a", "b"))
    return Scheme(comparisons=compared, keys=keys, prior=0, alert=50, largest_block=largest)


@pytest.mark.parametrize(
    ("written", "record", "texts"),
    [
        ("a", {"a": ("x", "y")}, ["x", "y"]),
        ("a:start2", {"a": ("xyz", "q")}, ["xy"]),
        ("a:end2", {"a": ("xyz",)}, ["yz"]),
        ("a|b:start1", {"a": ("xy",), "b": ("xz", "z")}, ["x", "z"]),
        ("a:letters", {"a": ("b ca",)}, ["abc"]),
        ("a", {}, []),
    ],
)
def test_what_a_part_of_a_key_cuts_out(written, record, texts):
    assert [text for _number, text in keys_of(record, ((key_part(written),),))] == texts


def test_a_key_of_two_parts_needs_both():
    parts = scheme(("a", "b")).key_parts()
    assert list(keys_of({"a": ("x",)}, parts)) == []
    assert list(keys_of({"a": ("x",), "b": ("y", "z")}, parts)) == [(0, "x\x1fy"), (0, "x\x1fz")]


@pytest.mark.parametrize("written", ["a:start", "a:middle2", "a:letters3", "", "a b"])
def test_a_part_that_is_written_otherwise_is_refused(written):
    with pytest.raises(ValueError, match="part of a key"):
        key_part(written)


def test_a_group_that_is_too_large_is_passed_over_and_counted():
    found = blocks([(pk, {"a": ("same",)}) for pk in range(5)], scheme(("a",), largest=4))
    assert (list(found.pairs), found.passed_over, found.largest) == ([], 1, 5)


def test_more_records_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(blocking, "INDEX_BITS", 2)
    with pytest.raises(TooMany):
        blocks([(pk, {"a": ("x",)}) for pk in range(5)], scheme(("a",)))


VALUES = st.lists(st.sampled_from("uvwxyz"), max_size=2).map(tuple)


@given(st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=25))
def test_exactly_the_pairs_that_share_a_key_once_each_in_order(records):
    keys = (("a",), ("b",), ("a|b",))
    numbered = [(10 * n, record) for n, record in enumerate(records)]
    expected = [
        (one, other)
        for one, mine in numbered
        for other, its in numbered
        if one < other and {*mine["a"], *mine["b"]} & {*its["a"], *its["b"]}
    ]
    assert list(blocks(numbered, scheme(*keys)).pairs) == expected
