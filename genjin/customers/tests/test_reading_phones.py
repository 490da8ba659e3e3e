"""Which spellings of a phone number are one number, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.core.reasons import Reason
from genjin.customers.rules import normalised_phone, phones_in

NUMBERS = [
    ("13812345678", "13812345678"),
    (" 138 1234 5678 ", "13812345678"),
    ("138-1234-5678", "13812345678"),
    ("+86 138 1234 5678", "13812345678"),
    ("+8613812345678", "13812345678"),
    ("008613812345678", "13812345678"),
    ("8613812345678", "13812345678"),
    ("(+86)13812345678", "13812345678"),
    ("１３８１２３４５６７８", "13812345678"),
    ("13812345678.0", "13812345678"),
    ("'13812345678", "13812345678"),
    ("tel:13812345678", "13812345678"),
    ("0519-86662210", "051986662210"),
    ("(0519)86662210", "051986662210"),
    ("（0519）8666 2210", "051986662210"),
    ("+86 519 8666 2210", "051986662210"),
    ("010-62345678", "01062345678"),
    ("+86 10 6234 5678", "01062345678"),
    ("0519-86662210转801", "051986662210-801"),
    ("0519-86662210-801", "051986662210-801"),
    ("86662210", "86662210"),
    ("400-812-3123", "4008123123"),
    ("95588", "95588"),
    ("+1 650 253 0000", "+16502530000"),
    ("(415) 901-7000", "+14159017000"),
    ("+1 (905) 364-8900", "+19053648900"),
    ("(519) 8666 2210", "051986662210"),
    ("0044 20 7946 0958", "+442079460958"),
]

NO_NUMBERS = [
    ("1381234567", Reason("phone_too_short", {"digits": 10})),
    ("138123456789", Reason("phone_too_long", {"digits": 12})),
    ("123", Reason("phone_too_short", {"digits": 3})),
    ("138****5678", Reason("phone_is_masked")),
    ("+86 15****", Reason("phone_is_masked")),
    ("1.38E+10", Reason("phone_lost_digits")),
    ("无", Reason("phone_has_text")),
    ("13812345678张总", Reason("phone_has_text")),
    ("zhang@example.com", Reason("phone_has_text")),
    ("📞", Reason("phone_has_text")),
    ("+", Reason("phone_has_text")),
    ("", Reason("phone_has_text")),
    ("19999999999999999", Reason("phone_too_long", {"digits": 17})),
    ("+999 123", Reason("phone_unknown")),
]


@pytest.mark.parametrize(("written", "stored"), NUMBERS)
def test_spellings_of_one_number_are_one(written, stored):
    assert normalised_phone(written) == stored


@pytest.mark.parametrize(("written", "why"), NO_NUMBERS)
def test_what_is_no_number_says_why(written, why):
    assert normalised_phone(written) == why


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13812345678、0519-86662210", ["13812345678", "051986662210"]),
        ("13812345678,13912345678;13712345678", ["13812345678", "13912345678", "13712345678"]),
        ("13812345678 / 13912345678", ["13812345678", "13912345678"]),
        ("13812345678 13912345678", ["13812345678", "13912345678"]),
        ("13812345678\n13812345678", ["13812345678"]),
        ("0519 86662210", ["051986662210"]),
        ("", []),
    ],
)
def test_a_cell_may_hold_several(cell, numbers):
    assert phones_in(cell) == numbers


def test_one_wrong_number_of_a_cell_decides():
    assert phones_in("13812345678、1381234567") == Reason("phone_too_short", {"digits": 10})


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_reason_and_a_number_stays_itself(text):
    number = normalised_phone(text)
    if isinstance(number, str):
        assert 3 <= len(number) <= 24
        assert normalised_phone(number) == number
    else:
        assert number.code.startswith("phone_")


@settings(deadline=None)
@given(st.from_regex(r"[0-9+]{1,18}", fullmatch=True))
def test_any_digits_are_a_number_or_a_reason_and_a_number_stays_itself(text):
    number = normalised_phone(text)
    if isinstance(number, str):
        assert 3 <= len(number) <= 24
        assert normalised_phone(number) == number
