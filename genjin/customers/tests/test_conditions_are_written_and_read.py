"""Whatever a value holds: written into an address and read again it is the same condition."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genjin.customers.filters.tree import Condition, Group, Where, parse

# Beside what the form itself is written with, letters of any kind.
values = st.text(
    alphabet=st.one_of(st.sampled_from("\\,;:()%&= any"), st.characters(exclude_categories=["Cs"])), max_size=8
)
values = values.map(str.strip).filter(bool)
condition = st.builds(
    Condition,
    st.sampled_from(["city", "note"]),
    st.sampled_from(["is", "has"]),
    st.lists(values, max_size=3).map(tuple),
)
group = st.builds(Group, st.lists(condition, min_size=1, max_size=4).map(tuple), st.sampled_from(["all", "any"]))


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a test is not timed


@unhurried
@given(st.builds(Where, st.lists(group, max_size=3).map(tuple), st.sampled_from(["all", "any"])))
def test_what_is_written_is_read(where):
    assert parse(where.written(), where.join) == (where, [])


@unhurried
@given(st.text(max_size=80), st.text(max_size=4))
def test_no_text_whatever_is_an_error(text, join):
    where, astray = parse([text], join)
    assert where.join in ("all", "any")
    assert all(len(piece) <= 60 for piece in astray)
