"""What was typed into a custom field becomes the value that is kept, or the reason why it is none."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from genjin.core.fields.definitions import Choice, Definition
from genjin.core.fields.rules import (
    may_change,
    may_see,
    merged,
    read,
    refusal,
    searched,
    seen,
    with_defaults,
)
from genjin.core.reasons import Reason

BRANDS = (Choice("yonyou", "用友"), Choice("kingdee", "金蝶"), Choice("none", "没有，手工", True))


def field(kind, **more):
    return Definition("customer", "f", "字段", kind, **more)


def of_choices(kind="choice", **more):
    return field(kind, choices=BRANDS, **more)


@pytest.mark.parametrize(
    ("definition", "typed", "kept"),
    [
        (field("text"), "  客户\0自用  ", "客户自用"),
        (field("text"), "", None),
        (field("text"), " \n ", None),
        (field("number"), "1,200", 1200),
        (field("number"), "１２", 12),
        (field("number"), 3.0, 3),
        (field("number", decimals=2), "1.5", "1.50"),
        (field("number"), "-4", -4),
        (field("money"), "¥12,800", "12800.00"),
        (field("money"), "99.9 元", "99.90"),
        (field("money"), Decimal("0.05"), "0.05"),
        (field("date"), "2026-11-24", "2026-11-24"),
        (field("date"), "2026/1/4", "2026-01-04"),
        (field("date"), "2026年1月4日", "2026-01-04"),
        (field("date"), date(2026, 1, 4), "2026-01-04"),
        (field("date"), datetime(2026, 1, 4, 8, 30), "2026-01-04"),
        (of_choices(), "用友", "yonyou"),
        (of_choices(), "kingdee", "kingdee"),
        (of_choices("several"), "金蝶、用友", ["yonyou", "kingdee"]),
        (of_choices("several"), ["kingdee", "", "kingdee"], ["kingdee"]),
        (of_choices("several"), [], None),
        (field("yes_no"), "是", True),
        (field("yes_no"), "0", False),
        (field("yes_no"), False, False),
        (field("yes_no"), "", None),
        (field("person"), "7", 7),
        (field("phone", as_phone=lambda text: text.replace(" ", "")), "138 1234 5678", "13812345678"),
    ],
)
def test_what_makes_sense_is_kept(definition, typed, kept):
    value = read(definition, typed)
    assert value == kept
    assert type(value) is type(kept)
    assert refusal(definition, value) is None


@pytest.mark.parametrize(
    ("definition", "typed", "code"),
    [
        (field("text", is_required=True), " ", "field_is_empty"),
        (field("text", longest=3), "四个字了", "field_too_long"),
        (field("number"), "十二", "field_takes_no_number"),
        (field("number"), "NaN", "field_takes_no_number"),
        (field("number"), "1e300", "field_takes_no_number"),
        (field("number"), "1.5", "field_has_decimals"),
        (field("money"), "1.005", "field_has_decimals"),
        (field("number", least=Decimal(1)), "0", "field_too_low"),
        (field("number", most=Decimal(9)), "10", "field_too_high"),
        (field("date"), "2026-02-30", "field_takes_no_day"),
        (field("date"), "0026-02-03", "field_takes_no_day"),
        (field("date"), "明天", "field_takes_no_day"),
        (of_choices(), "SAP", "field_has_no_choice"),
        (of_choices(), "没有，手工", "field_choice_is_retired"),
        (of_choices("several"), ["yonyou", "x"], "field_has_no_choice"),
        (field("yes_no"), "也许", "field_takes_yes_or_no"),
        (field("person"), "林小满", "field_takes_no_person"),
        (field("phone", as_phone=lambda text: Reason("phone_unknown")), "1", "phone_unknown"),
    ],
)
def test_what_makes_none_is_told_why(definition, typed, code):
    reason = read(definition, typed)
    assert isinstance(reason, Reason)
    assert reason.code == code


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        (field("text"), 5),
        (field("number"), True),
        (field("number"), "5"),
        (field("money"), "5"),
        (field("money"), 5.5),
        (field("date"), "20260104"),
        (of_choices(), ["yonyou"]),
        (of_choices("several"), "yonyou"),
        (of_choices("several"), ["yonyou", "yonyou"]),
        (field("yes_no"), 1),
        (field("person"), True),
        (field("person"), "7"),
    ],
)
def test_a_value_in_another_form_than_it_is_kept_in_is_refused(definition, value):
    assert refusal(definition, value) is not None


def test_what_stands_may_stay_although_the_field_was_narrowed():
    assert read(field("number", most=Decimal(9)), "12", held=12) == 12
    assert read(of_choices(), "none", held="none") == "none"
    assert read(of_choices("several"), ["none", "yonyou"], held=["none"]) == ["yonyou", "none"]
    assert isinstance(read(of_choices("several"), ["none"], held=["yonyou"]), Reason)


def test_a_role_sees_and_changes_what_it_was_given():
    secret = field("money", seen_by=frozenset({"owner", "manager"}), changed_by=frozenset({"owner", "seller"}))
    assert [may_see(secret, role) for role in ("owner", "manager", "seller")] == [True, True, False]
    assert [may_change(secret, role) for role in ("owner", "manager", "seller")] == [True, False, False]
    assert may_see(field("text"), "seller")
    assert not may_change(field("text", is_retired=True), "owner")


def test_a_default_stands_where_nothing_was_said_and_not_where_it_was_emptied():
    fields = [
        Definition("customer", "grade", "级别", "number", default=3),
        Definition("customer", "note", "注", "text"),
    ]
    assert with_defaults(fields, {}) == {"grade": 3}
    assert with_defaults(fields, {"grade": None, "note": "a"}) == {"note": "a"}
    assert with_defaults(fields, {"grade": 5}) == {"grade": 5}


def test_a_change_leaves_what_it_does_not_name():
    assert merged({"a": 1, "b": 2}, {"b": None, "c": 3}) == {"a": 1, "c": 3}
    assert merged({"a": 1}, {"a": None}) is None
    assert merged(None, {}) is None


def test_only_what_every_role_sees_is_searched():
    fields = [
        Definition("customer", "a", "A", "text", is_searchable=True),
        Definition("customer", "b", "B", "text"),
        Definition("customer", "c", "C", "text", is_searchable=True, seen_by=frozenset({"owner"})),
        Definition("customer", "d", "D", "phone", is_searchable=True),
    ]
    values = {"a": "甲", "b": "乙", "c": "丙", "d": "13800000000", "gone": "x"}
    assert searched(values, fields, "text") == ["甲"]
    assert searched(values, fields, "phone") == ["13800000000"]
    assert seen(values, fields[:2]) == {"a": "甲", "b": "乙"}
