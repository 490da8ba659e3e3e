"""Which two names may be one customer's."""

import pytest

from genjin.customers.rules import name_key, near_names


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
    ],
)
def test_near(one, other, near):
    assert near_names(name_key(one) if one else "", name_key(other) if other else "") is near
