"""A custom field that is searched finds its customer; one that is not, or is for some roles only, never does."""

import pytest

from genjin.core.fields.services import change_field
from genjin.core.search.queries import parse
from genjin.core.search.services import check
from genjin.customers import search
from genjin.customers.jobs import follow_searched_fields
from genjin.customers.services.identity import ContactFile, change_customer, save_contact_person
from genjin.customers.tests.described import VALUES, define

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(qian, at):
    return {field.code: field for field in define(qian, at)}


@pytest.fixture
def row(fields, owned, qian, lin, at):
    return change_customer(customer=owned(lin), fields={}, custom=VALUES, by=qian, at=at)


def found(text, person, today):
    return [(row.pk, row.how) for row in search.answer(person, parse(text), 10, today).rows]


@pytest.mark.parametrize("text", ["恒丰装饰之家", "hfzszj", "13900001111"])
def test_by_text_initials_and_number(row, lin, today, text):
    assert [pk for pk, _how in found(text, lin, today)] == [row.pk]


def test_it_says_how(row, lin, today):
    assert found("恒丰装饰之家", lin, today) == [(row.pk, "自定义字段")]


def test_not_by_what_is_not_searched(row, lin, qian, today):
    assert found("金蝶", qian, today) == []
    assert found("12800", qian, today) == []


def test_a_field_that_is_searched_from_now_on_and_no_longer(row, fields, lin, qian, at, today):
    change_field(field=fields["gongzhonghao"], is_searchable=False, by=qian, at=at)
    follow_searched_fields("customer")
    assert found("恒丰装饰之家", lin, today) == []
    change_field(field=fields["gongzhonghao"], is_searchable=True, by=qian, at=at)
    follow_searched_fields("customer")
    assert [pk for pk, _how in found("恒丰装饰之家", lin, today)] == [row.pk]
    assert check() == []


def test_by_a_field_of_a_person_there(row, qian, lin, at, today):
    define(qian, at, subject="contact_person")
    file = ContactFile({"name": "王总"}, custom={"gongzhonghao": "老王说装修", "beiyongdianhua": "13900002222"})
    save_contact_person(customer=row, contact=file, by=lin, at=at)
    assert [pk for pk, _how in found("老王说装修", lin, today)] == [row.pk]
    assert [pk for pk, _how in found("13900002222", lin, today)] == [row.pk]
    assert check() == []


def test_in_a_pool_not_by_a_part_of_the_number(fields, pooled, east_one, lin, today):
    row = pooled(east_one, custom={"beiyongdianhua": "13900001111"})
    assert found("139000", lin, today) == []
    assert [pk for pk, _how in found("13900001111", lin, today)] == [row.pk]
