"""What one record is that was two, and each of the two again."""

import pytest

from genjin.core.joining import differing, joined, taken_apart

ONE = {"name": "朗悦", "city": "", "source": 3, "memo": "老板姓沈"}
OTHER = {"name": "朗悦搬家", "city": "无锡", "source": 4, "memo": "喜欢喝茶"}


def test_what_lacks_is_filled_and_what_was_chosen_is_taken():
    assert joined(ONE, OTHER, ONE, chosen=["source"]) == ONE | {"source": 4, "city": "无锡"}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("老板姓沈", "喜欢喝茶", "老板姓沈\n喜欢喝茶"),
        ("", "喜欢喝茶", "喜欢喝茶"),
        ("老板姓沈", "", "老板姓沈"),
        ("老板姓沈", "老板姓沈", "老板姓沈"),
        ("老板姓沈，喜欢喝茶", "喜欢喝茶", "老板姓沈，喜欢喝茶"),
    ],
)
def test_two_texts_stand_one_below_the_other(one, other, both):
    assert joined({"memo": one}, {"memo": other}, ["memo"], both=["memo"]) == {"memo": both}


def test_what_both_have_and_not_the_same_is_to_be_chosen():
    assert differing(ONE, OTHER | {"memo": "老板姓沈"}, ONE) == ["name", "source"]


@pytest.mark.parametrize(
    ("stood", "left", "now", "back"),
    [
        ("无锡", "常州", "常州", {"city": "无锡"}),
        ("无锡", "常州", "苏州", {}),  # somebody has changed it since
        ("无锡", "无锡", "无锡", {}),
    ],
)
def test_taken_apart_what_joining_changed_goes_back(stood, left, now, back):
    assert taken_apart({"city": stood}, {"city": left}, {"city": now}) == back
