"""Which spellings of a name are nearly the same, and which are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.customers.places import split_region
from genjin.customers.rules import name_key

KEYS = [
    ("江苏常州怡美卫浴有限公司", "怡美卫浴"),
    ("常州市怡美卫浴有限责任公司", "怡美卫浴"),
    ("怡美卫浴（常州）有限公司", "怡美卫浴"),
    ("怡美卫浴(集团)股份有限公司", "怡美卫浴"),
    ("怡美卫浴 常州分公司", "怡美卫浴常州"),
    ("　怡美卫浴　", "怡美卫浴"),
    ("ＡＣＭＥ 贸易有限公司", "acme贸易"),
    ("Acme Trading Co., Ltd.", "acmetrading"),
    ("Acme Inc", "acme"),
    ("内蒙古自治区呼和浩特市草原乳业集团", "草原乳业"),
    ("腾飞科技（深圳）有限公司", "腾飞科技"),
    ("老王火锅（二店）", "老王火锅二店"),
    ("高雄伟", "高雄伟"),
    ("上海", "上海"),
    ("有限公司", "有限公司"),
    ("😀", "😀"),
    ("上海公司", "上海"),
]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_name_gives_its_key(name, key):
    assert name_key(name) == key


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_a_key_is_never_empty_nor_too_long(name):
    assert 1 <= len(name_key(name)) <= 200


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("江苏常州", ("江苏", "常州", "")),
        ("江苏省常州市武进区", ("江苏", "常州", "武进区")),
        ("江苏 常州 武进区", ("江苏", "常州", "武进区")),
        ("上海浦东新区", ("上海", "上海", "浦东新区")),
        ("广西壮族自治区南宁市", ("广西", "南宁", "")),
        ("Lisboa", ("", "", "Lisboa")),
        ("", ("", "", "")),
    ],
)
def test_a_region_is_split(cell, parts):
    assert split_region(cell) == parts
