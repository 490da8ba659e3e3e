"""What a text is kept as, and what a query understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.search.pinyin import all_initials, initials
from genjin.core.search.rules import Document, fold, grams, kept, matched_by, parse, span

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=20)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("重庆恒通", "cqht"),
        ("长春长江", "cccj"),
        ("重点", "zd"),
        ("招商银行", "zsyh"),
        ("厦门音乐广场", "xmyygc"),
        ("会计", "kj"),
        ("成都大厦", "cdds"),
        ("单县", "sx"),
        ("tcl电子", "tcldz"),
        ("58同城", "58tc"),
    ],
)
def test_initials_are_those_a_reader_says(text, letters):
    assert initials(text) == letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", "sxx"),
        ("曾国藩", "zgf"),
        ("解缙", "xj"),
        ("仇英", "qy"),
        ("查良镛", "zly"),
        ("覃小满", "qxm"),
        ("尉迟恭", "ycg"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, letters):
    assert letters in all_initials(name)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＡＢＣ１２", "abc12"),
        ("恒通（上海）", "恒通上海"),
        ("A·C & Sons", "acsons"),
        ("　张 三", "张三"),
        ("🙂", ""),
        ("ﾃｽﾄ", "テスト"),
    ],
)
def test_width_case_and_punctuation_make_no_difference(typed, folded):
    assert fold(typed) == folded


HENGTONG = kept(
    Document("customer", 1, ("重庆恒通贸易（上海）有限公司", "ABC恒通", "单小红"), ("13812345521", "023-6688 1234"))
)


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("恒通", "name"),
        ("贸易上海", "name"),
        ("ａｂｃ恒", "name"),
        ("c恒", "name"),
        ("ABC", "name"),
        ("单小", "name"),
        ("cqht", "initials"),
        ("CQ", "initials"),
        ("sxh", "initials"),
        ("5521", "phone_tail"),
        ("12345521", "phone_tail"),
        ("13812345521", "phone"),
        ("138 1234 5521", "phone"),
        ("+86 138-1234-5521", "phone"),
        ("１３８１２３４５５２１", "phone"),
        ("1381", "phone_part"),
        ("66881234", "phone_tail"),
        ("恒通 5521", "phone_tail"),
        ("恒通 单小", "name"),
        ("恒 通", "name"),
    ],
)
def test_a_customer_is_found_by(typed, how):
    query = parse(typed)
    assert matched_by(query, HENGTONG) == how
    assert any(set(plan.grams) <= grams(HENGTONG) for plan in query.plans)


@pytest.mark.parametrize("typed", ["通恒", "cqth", "5522", "恒通 9999", "重庆贸易", "0381", "单红"])
def test_it_is_not_found_by(typed):
    assert matched_by(parse(typed), HENGTONG) == ""


@pytest.mark.parametrize("typed", ["", " ", "恒", "x", "7", "（）", "%", "🙂"])
def test_one_character_is_too_short(typed):
    assert parse(typed).is_too_short


@pytest.mark.parametrize("digits_typed", [4, 5, 6, 7, 8, 9, 10, 11])
@pytest.mark.parametrize("phone", ["13812345521", "02166881234", "+4930123456789", "4008123456"])
def test_every_tail_of_four_digits_and_more_is_found(digits_typed, phone):
    document = kept(Document("customer", 1, (), (phone,)))
    tail = phone.removeprefix("+")[-digits_typed:]
    query = parse(tail)
    assert matched_by(query, document) in {"phone", "phone_tail"}
    assert set(query.plans[0].grams) <= grams(document)


@given(CHINESE, st.data())
def test_every_part_of_a_name_of_two_characters_and_more_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 2))
    part = name[start : data.draw(st.integers(start + 2, len(name)))]
    document = kept(Document("customer", 1, (name,)))
    assert matched_by(parse(part), document) == "name"
    assert all(set(plan.grams) <= grams(document) for plan in parse(part).plans)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood_or_too_short(typed):
    query = parse(typed)
    assert query.is_too_short or all(word.isalnum() for plan in query.plans for word in plan.grams)


@pytest.mark.parametrize(
    ("typed", "shown", "marked"),
    [
        ("恒通", "重庆恒通（上海）", "恒通"),
        ("通上", "重庆恒通（上海）", "通（上"),
        ("cqht", "重庆恒通（上海）", "重庆恒通"),
        ("abc", "重庆ＡＢＣ", "ＡＢＣ"),
        ("5521", "重庆恒通", ""),
    ],
)
def test_what_matched_can_be_marked_in_the_name(typed, shown, marked):
    start, end = span(shown, parse(typed))
    assert shown[start:end] == marked
