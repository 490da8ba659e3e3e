"""Changing who a customer is, alone and when two do it at once."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import Outdated
from genjin.core.search.queries import parse
from genjin.customers.models import Customer, Profile
from genjin.customers.search import answer
from genjin.customers.services.identity import (
    ContactFile,
    change_customer,
    change_profile,
    remove_contact_person,
    save_contact_person,
)

pytestmark = pytest.mark.django_db


def contact(name="高建平", phones=(), **more):
    return ContactFile({"name": name, **more}, phones)


def test_only_what_differs_is_recorded(owned, lin, at):
    row = owned(lin, phones=["13812345521"])
    change_customer(
        customer=row, fields={"name": row.name, "city": "无锡"}, phones=["13812345521"], tags=[], by=lin, at=at
    )
    entry = Entry.objects.about("customer", row.pk).first()
    assert entry.changes == {"city": ["", "无锡"], "version": [1, 2]}


def test_saving_what_is_there_already_writes_nothing(owned, lin, at):
    row = owned(lin)
    change_customer(customer=row, fields={"name": row.name}, phones=[], tags=[], by=lin, at=at)
    assert Entry.objects.about("customer", row.pk).count() == 1


def test_a_new_name_is_found_and_the_old_one_is_not(owned, lin, at, today):
    row = owned(lin)
    change_customer(customer=row, fields={"name": "无锡明桥货运"}, by=lin, at=at)
    assert [hit.customer for hit in answer(lin, parse("明桥"), 5, today).rows] == [row]
    assert answer(lin, parse("朗悦"), 5, today).rows == []


def test_phones_keep_the_order_given(owned, lin, at):
    row = owned(lin, phones=["13812345521", "13912345522"])
    change_customer(customer=row, fields={}, phones=["13912345522", "13812345521", "13712345523"], by=lin, at=at)
    assert [phone.number for phone in row.phones.all()] == ["13912345522", "13812345521", "13712345523"]


def test_who_was_slower_hears_what_changed_and_by_whom(owned, lin, liang, at):
    row = owned(lin)
    change_customer(customer=row, fields={"city": "无锡"}, by=liang, at=at, version=1)
    with pytest.raises(Outdated) as outdated:
        change_customer(customer=row, fields={"city": "苏州"}, by=lin, at=at, version=1)
    assert [(entry.by, entry.changes["city"]) for entry in outdated.value.changes] == [(liang, ["", "无锡"])]
    assert Customer.objects.get().city == "无锡"


def test_a_stranger_changes_nothing(owned, lin, zhou, at, refused):
    row = owned(lin)
    with refused("belongs_to_another"):
        change_customer(customer=row, fields={"city": "无锡"}, by=zhou, at=at)


def test_a_contact_person_is_added_changed_and_removed(owned, lin, at, today):
    row = owned(lin)
    person = save_contact_person(customer=row, contact=contact(phones=["13812345521"]), by=lin, at=at)
    save_contact_person(
        customer=row, contact=contact("高建平", ["13912345522"], title="总经理", is_key_person=True),
        existing=person, by=lin, at=at,
    )  # fmt: skip
    person = row.contact_people.get()
    assert (person.title, [phone.number for phone in person.phones.all()]) == ("总经理", ["13912345522"])
    assert [hit.customer for hit in answer(lin, parse("高建平"), 5, today).rows] == [row]
    remove_contact_person(contact=person, by=lin, at=at)
    assert not row.contact_people.exists()
    assert not row.phones.exists()
    verbs = Entry.objects.about("customer", row.pk).values_list("verb", flat=True)
    assert list(verbs[:3]) == ["contact_person.removed", "contact_person.changed", "contact_person.added"]


def test_a_contact_form_that_was_overtaken_is_refused(owned, lin, at, refused):
    row = owned(lin)
    save_contact_person(customer=row, contact=contact(), by=lin, at=at, version=1)
    with refused("changed_since"):
        save_contact_person(customer=row, contact=contact("许丽"), by=lin, at=at, version=1)


def test_the_profile_is_filled_as_one_learns(owned, lin, at):
    row = owned(lin)
    change_profile(customer=row, fields={"peers": "两家投了首页"}, by=lin, at=at)
    change_profile(customer=row, fields={"market": "旺季在年底"}, by=lin, at=at)
    profile = Profile.objects.get()
    assert (profile.peers, profile.market) == ("两家投了首页", "旺季在年底")


def test_out_of_a_pool_it_is_claimed_before_it_is_changed(pooled, east_one, liang, at, refused):
    row = pooled(east_one)
    with refused("claim_it_first"):
        change_profile(customer=row, fields={"peers": "谁"}, by=liang, at=at)
