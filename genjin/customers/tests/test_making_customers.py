"""A new customer has an owner with a due date, or lies in a pool."""

from collections import Counter

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer

pytestmark = pytest.mark.django_db

FIELDS = {"name": "无锡朗悦搬家服务有限公司", "city": "无锡"}


def test_ones_own_begins_in_the_entry_class_with_a_first_contact_due(lin, at, today):
    row = create_customer(fields=FIELDS, owner=lin, by=lin, at=at)
    assert (row.owner, row.unit, row.playbook, row.class_code) == (lin, lin.unit, "telesales", "0")
    assert (row.due_why["code"], row.owned_since) == ("due_first_contact", today)
    assert row.name_key == "朗悦搬家服务"
    assert Entry.objects.about("customer", row.pk).get().verb == "customer.created"


def test_with_its_people_phones_and_tags(lin, at):
    contact = ContactFile({"name": "高建平", "title": "总经理", "is_key_person": True}, ["138 1234 5521"])
    row = create_customer(
        fields=FIELDS, phones=["0510-8585 3316", "0510-85853316"], contact=contact, tags=["旺季", "旺季", " "],
        owner=lin, by=lin, at=at,
    )  # fmt: skip
    assert [phone.number for phone in row.phones.all()] == ["051085853316", "13812345521"]
    assert row.contact_people.get().is_key_person
    assert [tag.name for tag in row.tags.all()] == ["旺季"]


def test_a_wrong_phone_is_refused_with_what_is_wrong(lin, at, refused):
    with refused("phone_too_short") as figures:
        create_customer(fields=FIELDS, phones=["1381234"], owner=lin, by=lin, at=at)
    assert figures == {"digits": 7}


def test_in_a_pool_it_has_no_dates(liang, east_one, at):
    row = create_customer(fields=FIELDS, pool=east_one.pool, by=liang, at=at)
    assert (row.pool, row.unit, row.owner, row.due_on) == (east_one.pool, east_one, None, None)


def test_neither_owner_nor_pool_is_refused(lin, at, refused):
    with refused("owner_or_pool"):
        create_customer(fields=FIELDS, by=lin, at=at)


def test_a_reader_makes_none(lin, at, refused):
    lin.role = "reader"
    with refused("role_lacks_permission"):
        create_customer(fields=FIELDS, owner=lin, by=lin, at=at)


def test_a_seller_makes_none_for_a_colleague(lin, zhou, at, refused):
    with refused("role_lacks_permission"):
        create_customer(fields=FIELDS, owner=zhou, by=lin, at=at)


def test_a_manager_does_within_the_units_and_the_limit(lin, liang, fang, at, refused, monkeypatch):
    assert create_customer(fields=FIELDS, owner=lin, by=liang, at=at).owner == lin
    with refused("person_out_of_scope"):
        create_customer(fields=FIELDS, owner=fang, by=liang, at=at)
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"5": 50}))
    with refused("stock_limit"):
        create_customer(fields=FIELDS, owner=lin, class_code="5", by=liang, at=at)


def test_no_limit_refuses_ones_own_new_customer(lin, at, monkeypatch):
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"5": 50}))
    assert create_customer(fields=FIELDS, owner=lin, class_code="5", by=lin, at=at).class_code == "5"


def test_a_pool_one_cannot_see_is_refused(lin, south, at, refused):
    with refused("pool_out_of_scope"):
        create_customer(fields=FIELDS, pool=south.pool, by=lin, at=at)


@pytest.mark.parametrize(("code", "why"), [("E", "class_closes_the_customer"), ("Z", "no_such_class")])
def test_a_class_it_cannot_begin_in_is_refused(fang, at, refused, code, why):
    with refused(why):
        create_customer(fields=FIELDS, class_code=code, owner=fang, by=fang, at=at)


def test_the_database_itself_keeps_promise_one(lin, at):
    from django.db import IntegrityError, transaction

    create_customer(fields=FIELDS, owner=lin, by=lin, at=at)
    for broken in ({"owner": None}, {"due_on": None}, {"pool": lin.unit.pool}, {"closed_on": "2026-11-24"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Customer.objects.update(**broken)
