"""Whatever is typed: it is a value that can stand and stays the same when it is read again, or a reason."""

import json

from hypothesis import given
from hypothesis import strategies as st

from genjin.core.fields.definitions import KINDS, OF_CHOICES, Choice, Definition
from genjin.core.fields.rules import read, refusal
from genjin.core.reasons import Reason

CHOICES = (Choice("a", "价格"), Choice("b_2", "售后，上门"), Choice("c", "旧", True))
TYPED = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(["a", "b_2", "价格", "售后，上门", "旧", "", "x"]), max_size=4),
    st.decimals(allow_nan=True).map(str),
    st.floats().map(str),
    st.integers().map(str),
    st.dates(),
    st.booleans(),
    st.none(),
    st.sampled_from(["是", "no", "价格、售后，上门", "2026年2月30日", "¥1,200.5", "１２", "1e9", "0x10", "\0", "٣"]),
)


@given(st.sampled_from(KINDS), TYPED, st.integers(0, 4), st.booleans())
def test_it_stands_or_is_told_why(kind, typed, decimals, is_required):
    choices = CHOICES if kind in OF_CHOICES else ()
    field = Definition(
        "customer", "f", "F", kind, choices, decimals=decimals, is_required=is_required, longest=20,
        as_phone=lambda text: text if text.isascii() and text.isdecimal() else Reason("phone_has_text"),
    )  # fmt: skip
    value = read(field, typed)
    if isinstance(value, Reason):
        json.dumps(value.figures)
        return
    assert refusal(field, value) is None
    assert json.loads(json.dumps(value)) == value
    assert read(field, value) == value
    assert value is not None or not is_required
