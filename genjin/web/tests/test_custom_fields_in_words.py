"""What stands in a custom field as people write it, and as a cell of a table has it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from genjin.core.fields.definitions import Choice, Definition
from genjin.web.fields.words import in_words, plain_value

CHOICES = (Choice("a", "用友"), Choice("b", "金蝶", True))


@pytest.mark.parametrize(
    ("kind", "value", "words", "plain"),
    [
        ("text", "自用", "自用", "自用"),
        ("number", 12000, "12,000", Decimal(12000)),
        ("number", "1.50", "1.50", Decimal("1.50")),
        ("money", "12800.00", "¥12,800", Decimal("12800.00")),
        ("date", "2031-01-04", "2031-01-04", date(2031, 1, 4)),
        ("choice", "b", "金蝶", "金蝶"),
        ("choice", "gone", "gone", "gone"),
        ("several", ["a", "b"], "用友、金蝶", "用友、金蝶"),
        ("yes_no", False, "否", "否"),
        ("person", 7, "林小满", "林小满"),
        ("phone", "13812345678", "138 1234 5678", "13812345678"),
        ("text", None, "", None),
        ("several", [], "", None),
    ],
)
def test_every_kind(kind, value, words, plain):
    field = Definition("customer", "f", "F", kind, choices=CHOICES)
    with translation.override("zh-hans"):
        assert in_words(field, value, {7: "林小满"}) == words
        assert plain_value(field, value, {7: "林小满"}) == plain


def test_of_a_masked_phone_too_little_to_dial():
    assert in_words(Definition("customer", "f", "F", "phone"), "13812345678", masked=True) == "138****5678"
