"""Who may be the same customer, asked of the whole company."""

import pytest

from genjin.customers.duplicates import possible_duplicates

pytestmark = pytest.mark.django_db


def found(*given, **more):
    return [(each.customer.name, each.matched_by, each.is_visible) for each in possible_duplicates(*given, **more)]


def test_the_same_phone_written_otherwise(owned, lin, zhou):
    owned(zhou, phones=["13812345521"])
    assert found(lin, phones=["+86 138-1234-5521"]) == [("无锡朗悦搬家服务有限公司", "phone", False)]


def test_the_phone_of_a_contact_person_counts(owned, lin, at):
    from genjin.customers.services.identity import ContactFile

    owned(lin, contact=ContactFile({"name": "高建平"}, ["13812345521"]))
    assert found(lin, phones=["13812345521"])[0][1:] == ("phone", True)


def test_the_same_name_without_place_and_legal_form(owned, lin):
    owned(lin)
    assert found(lin, name="朗悦搬家服务（无锡）有限公司") == [("无锡朗悦搬家服务有限公司", "name", True)]


def test_nearly_the_same_name(owned, lin):
    owned(lin)
    assert found(lin, name="朗悦搬运服务") == [("无锡朗悦搬家服务有限公司", "near_name", True)]


def test_the_surest_comes_first_and_oneself_is_left_out(owned, lin):
    own = owned(lin, "朗悦搬家服务", phones=["13912345522"])
    owned(lin, "朗悦搬运服务")
    owned(lin, "别的名字", phones=["13812345521"])
    hits = found(lin, name="朗悦搬家服务", phones=["13812345521"])
    assert [(name, how) for name, how, _seen in hits] == [
        ("别的名字", "phone"), ("朗悦搬家服务", "name"), ("朗悦搬运服务", "near_name"),
    ]  # fmt: skip
    assert "朗悦搬家服务" not in [name for name, *_rest in found(lin, name=own.name, exclude=own.pk)]


@pytest.mark.parametrize("typed", [{}, {"name": "无"}, {"phones": ["1381234"]}, {"name": "明桥货运"}])
def test_half_a_number_or_another_name_says_nothing(owned, lin, typed):
    owned(lin, phones=["13812345521"])
    assert found(lin, **typed) == []


def test_another_name_of_the_same_trade_is_no_hint(owned, lin):
    owned(lin, "瑞和酒店管理有限公司")
    assert found(lin, name="怡和酒店管理有限公司") == []
    assert found(lin, name="酒店管理") == []
    assert found(lin, name="瑞和酒店")[0][:2] == ("瑞和酒店管理有限公司", "near_name")
