"""What a text is kept as, and what a query understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.core.search.folding import fold
from genjin.core.search.matching import matched_by, span
from genjin.core.search.pinyin import initials, spell, spelled
from genjin.core.search.queries import parse
from genjin.core.search.rules import Document, grams, kept
from genjin.core.search.syllables import cut


def proposes(plan, document) -> bool:
    """Whether the index would propose the document."""
    words = grams(document)
    return words.issuperset(plan.words) and (not plan.options or any(map(words.issuperset, plan.options)))


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
    assert "".join(one[0] for one in spell(text)) == letters


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
    assert letters in initials(spelled(name)).split("\n")


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
    assert any(proposes(plan, HENGTONG) for plan in query.plans)


EVERYTHING = kept(
    Document(
        "customer",
        2,
        ("重庆恒通贸易有限公司", "永长行", "单小红", "解女士", "曾国藩", "吕丽", "Acme Corporation", "锺記麵館"),
        ("13812345521",),
        ("wxid_abc88", "gao@langyue.com"),
    )
)


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("chongqing", "pinyin"),
        ("chongqi", "pinyin"),
        ("chongqing heng", "pinyin"),
        ("heng tong", "pinyin"),
        ("hengtongmaoyi", "pinyin"),
        ("ChongQingHT", "pinyin"),
        ("cqhengt", "pinyin"),
        ("重庆ht", "pinyin"),
        ("重庆hengtong", "pinyin"),
        ("恒t", "pinyin"),
        ("chong", "pinyin"),
        ("shanxiaohong", "pinyin"),
        ("xienvshi", "pinyin"),
        ("zengguofan", "pinyin"),
        ("yongchanghang", "pinyin"),
        ("lvli", "pinyin"),
        ("xns", "initials"),
        ("重慶恆通貿易", "name"),
        ("钟记面馆", "name"),
        ("鍾記", "name"),
        ("zjmg", "initials"),
        ("wxid_abc", "address_part"),
        ("WXID_ABC88", "address"),
        ("langyue", "address_part"),
        ("gao@langyue.com", "address"),
        ("恒痛", "sound"),
        ("单晓红", "sound"),
        ("恒通贸意", "sound"),
        ("恒通货易", "near"),
        ("恒通的贸易", "near"),
        ("恒通贸易限公司", "near"),
        ("通恒贸易", "near"),
        ("恒贸通易", "near"),
        ("acmi", "near"),
        ("acmecoporation", "near"),
        ("acmecorporatoin", "near"),
        ("acmee corporation", "near"),
    ],
)
def test_a_customer_is_also_found_by(typed, how):
    query = parse(typed)
    proposing = [plan for plan in query.plans if proposes(plan, EVERYTHING)]
    assert next(filter(None, (matched_by(query, EVERYTHING, plan.kind) for plan in proposing)), "") == how


@pytest.mark.parametrize(
    "typed", ["zhongqing", "恒大", "恒大集团", "ceshi", "通大贸意", "单大红", "acne company", "qq.com"]
)
def test_it_is_not_found_either_by(typed):
    query = parse(typed)
    assert not any(proposes(plan, EVERYTHING) and matched_by(query, EVERYTHING, plan.kind) for plan in query.plans)


@pytest.mark.parametrize(
    ("letters", "ways"),
    [
        ("chongqing", "chong qing"),
        ("xian", "xian, xi an"),
        ("fangan", "fang an, fan gan"),
        ("chongqinghg", "chong qing h g"),
        ("zhangsf", "zhang s f"),
        ("hengto", "heng to"),
        ("nue", "nve"),
    ],
)
def test_letters_are_cut_into_syllables(letters, ways):
    found = [" ".join(piece.letters for piece in way) for way in cut(letters)]
    assert found[: ways.count(",") + 1] == ways.split(", ")


@given(CHINESE, st.data())
def test_every_part_of_a_name_is_found_by_its_pinyin(name, data):
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, min(len(name), start + 3)))
    said = "".join(spell(fold(name))[start:end])
    document = kept(Document("customer", 1, (name,)))
    query = parse(said)
    assert any(proposes(plan, document) and matched_by(query, document, plan.kind) for plan in query.plans)


@given(st.text(st.sampled_from("恒通贸易有限公司重庆张王李朗悦隆源abcdef"), min_size=5, max_size=12), st.data())
def test_one_mistake_still_finds_a_name(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    mistake = data.draw(st.sampled_from(["wrong", "missing", "more"]))
    typed = name[:at] + {"wrong": "错", "missing": "", "more": "错" + name[at]}[mistake] + name[at + 1 :]
    document = kept(Document("customer", 1, (name,)))
    query = parse(typed)
    assert any(proposes(plan, document) and matched_by(query, document, plan.kind) for plan in query.plans)


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
    assert proposes(query.plans[0], document)


@given(CHINESE, st.data())
def test_every_part_of_a_name_of_two_characters_and_more_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 2))
    part = name[start : data.draw(st.integers(start + 2, len(name)))]
    document = kept(Document("customer", 1, (name,)))
    assert matched_by(parse(part), document) == "name"
    assert proposes(parse(part).plans[0], document)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood_or_too_short(typed):
    query = parse(typed)
    assert query.is_too_short or all(
        word.isalnum() for plan in query.plans for word in (*plan.words, *sum(plan.options, ()))
    )


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
