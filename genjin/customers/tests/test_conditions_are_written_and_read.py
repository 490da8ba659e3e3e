"""Whatever a value holds: written into an address and read again it is the same condition."""

from hypothesis import given
from hypothesis import strategies as st

from genjin.customers.filters.tree import Condition, Group, Where, parse

values = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
condition = st.builds(
    Condition,
    st.sampled_from(["city", "note"]),
    st.sampled_from(["is", "has"]),
    st.lists(values, max_size=3).map(tuple),
)
group = st.builds(Group, st.lists(condition, min_size=1, max_size=4).map(tuple), st.sampled_from(["all", "any"]))


@given(st.builds(Where, st.lists(group, max_size=3).map(tuple), st.sampled_from(["all", "any"])))
def test_what_is_written_is_read(where):
    assert parse(where.written(), where.join) == (where, [])


@given(st.text(max_size=80), st.text(max_size=4))
def test_no_text_whatever_is_an_error(text, join):
    where, astray = parse([text], join)
    assert where.join in ("all", "any")
    assert all(len(piece) <= 60 for piece in astray)
