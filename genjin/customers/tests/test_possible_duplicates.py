"""Who may be the same customer, asked of the whole company."""

import pytest

from genjin.customers.duplicates.hints import duplicates_of, possible_duplicates
from genjin.customers.duplicates.services import declare_apart

pytestmark = pytest.mark.django_db


def found(*given, **more):
    hits = possible_duplicates(*given, **more)
    return [(each.customer.name, each.reasons[0]["field"], each.is_visible) for each in hits]


def test_the_same_phone_written_otherwise(owned, lin, zhou):
    owned(zhou, phones=["13812345521"])
    assert found(lin, phones=["+86 138-1234-5521"]) == [("无锡朗悦搬家服务有限公司", "phone", False)]


def test_the_phone_of_a_contact_person_counts(owned, lin, at):
    from genjin.customers.services.identity import ContactFile

    owned(lin, contact=ContactFile({"name": "高建平"}, ["13812345521"]))
    assert found(lin, phones=["13812345521"])[0][1:] == ("phone", True)


def test_the_same_name_without_place_and_legal_form(owned, lin):
    owned(lin)
    assert found(lin, name="朗悦搬家服务（无锡）有限公司") == [("无锡朗悦搬家服务有限公司", "company", True)]


def test_nearly_the_same_name(owned, lin):
    owned(lin)
    assert found(lin, name="朗悦搬运服务") == [("无锡朗悦搬家服务有限公司", "company", True)]


def test_the_surest_comes_first(owned, lin):
    owned(lin, "朗悦搬家服务", phones=["13912345522"])
    owned(lin, "朗悦搬运服务")
    owned(lin, "别的名字", phones=["13812345521"])
    hits = possible_duplicates(lin, name="朗悦搬家服务", phones=["13812345521"])
    assert [each.customer.name for each in hits] == ["朗悦搬家服务", "别的名字", "朗悦搬运服务"]
    assert [each.percent for each in hits] == sorted((each.percent for each in hits), reverse=True)


def test_a_customer_is_no_duplicate_of_itself_nor_of_one_said_to_be_another(owned, lin, at):
    own, twin = owned(lin, "朗悦搬家服务"), owned(lin, "朗悦搬家服务")
    assert [each.customer for each in duplicates_of(lin, own)] == [twin]
    declare_apart(one=twin, other=own, by=lin, at=at)
    assert duplicates_of(lin, own) == []


@pytest.mark.parametrize("typed", [{}, {"name": "无"}, {"phones": ["1381234"]}, {"name": "明桥货运"}])
def test_half_a_number_or_another_name_says_nothing(owned, lin, typed):
    owned(lin, phones=["13812345521"])
    assert found(lin, **typed) == []


def test_another_name_of_the_same_trade_is_no_hint(owned, lin):
    owned(lin, "瑞和酒店管理有限公司")
    assert found(lin, name="怡和酒店管理有限公司") == []
    assert found(lin, name="酒店管理") == []
    assert found(lin, name="瑞和酒店")[0][0] == "瑞和酒店管理有限公司"
