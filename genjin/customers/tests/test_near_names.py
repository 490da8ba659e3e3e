"""Which two names may be one customer's."""

import pytest

from genjin.core.linkage.scoring import score
from genjin.customers.duplicates.records import scheme, typed_record
from genjin.customers.trades import own_part


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("无锡朗悦搬家服务有限公司", "朗悦搬家服务", True),
        ("无锡朗悦搬家服务有限公司", "朗悦搬家", True),
        ("朗悦搬家服务", "朗悦搬运服务", True),
        ("锦绣开锁服务部服务中心", "港城开锁服务部服务中心", False),
        ("张建国", "张建军", False),
        ("张建国", "张建国", True),
        ("启禾", "启禾装饰工程", False),
        ("", "", False),
        # One trade, two names: not near, in either direction.
        ("瑞和酒店管理有限公司", "怡和酒店管理有限公司", False),
        ("瑞和丰酒店管理中心", "瑞和盛酒店管理中心", False),
        ("苏州瑞和国际酒店", "苏州怡和国际酒店", False),
        ("酒店管理有限公司", "瑞和酒店管理有限公司", False),
        ("常州装饰工程有限公司", "常州启禾装饰工程有限公司", False),
        ("云栖茶业有限公司", "云海茶业有限公司", False),
        ("恒通物流有限公司", "恒达物流有限公司", False),
        ("Acme Logistics", "Acorn Logistics", False),
        # One name, two trades: two companies.
        ("瑞和酒店管理有限公司", "瑞和物流有限公司", False),
        ("恒通国际货运代理", "恒通建材经营部", False),
        # One name and trade written otherwise: near.
        ("瑞和酒店", "瑞和酒店管理有限公司", True),
        ("无锡瑞和酒店管理有限公司", "瑞和酒店（无锡）管理公司", True),
        ("启禾装饰工程", "启禾装饰设计工程有限公司", True),
        ("华美立家装饰工程", "华美立佳装饰工程", True),
        ("金融街酒店", "金融街酒店管理", True),
        ("Acme Logistics", "Acme Logistics Services Ltd.", True),
        # No trade that is known: what they begin with, and how alike they are.
        ("海康威视", "海康威视杭州", True),
        ("云南白药集团", "云南红药集团", False),
    ],
)
def test_near(one, other, near):
    records = [typed_record(name=name) for name in (one, other)]
    for mine, its in (records, records[::-1]):
        assert (score(scheme(), mine, its).percent >= scheme().hint) is near


@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("瑞和酒店管理", "瑞和"),
        ("金融街酒店", "金融街"),
        ("锦绣开锁服务部服务中心", "锦绣"),
        ("酒店管理", ""),
        ("海康威视", None),
        ("acmelogistics", "acme"),
    ],
)
def test_the_part_of_a_name_that_is_its_own(key, own):
    assert own_part(key) == own
