"""What would run as a formula is made text, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.transfer.neutral import FORMULA, neutral, plain


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+4930901820", "'+4930901820"),
        ("-5", "'-5"),
        ("@import", "'@import"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("常州怡美", "常州怡美"),
        ("", ""),
    ],
)
def test_a_formula_is_marked_as_text_and_nothing_else_is(cell, written):
    assert neutral(cell) == written
    assert plain(written) == cell


@given(st.text(st.sampled_from([*FORMULA, "'", "a", "1"]), max_size=6))
def test_whatever_is_written_comes_back(cell):
    assert plain(neutral(cell)) == cell
    assert not neutral(cell).startswith(FORMULA)
