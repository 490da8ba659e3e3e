"""Contact people of one customer made one, and as many again."""

from datetime import timedelta

import pytest

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.merging.people import merge_people, undo_people_merge
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import ContactPerson, Customer, PeopleMerge, Phone
from genjin.customers.services.identity import (
    ContactFile,
    remove_contact_person,
    save_contact_person,
)

pytestmark = pytest.mark.django_db
MOBILE, OTHER, DESK = "13812345521", "13912345522", "051088888888"


@pytest.fixture
def person(lin, at):
    def add(customer, name, *phones, by=lin, **fields):
        contact = ContactFile({"name": name, **fields}, phones)
        return save_contact_person(customer=customer, contact=contact, by=by, at=at)

    return add


@pytest.fixture
def three(owned, lin, person):
    """One customer at whom one person stands three times."""
    row = owned(lin, "朗悦搬家服务")
    return (
        row,
        person(row, "沈总", MOBILE),
        person(row, "沈建国", MOBILE, DESK, is_key_person=True, title="总经理", remarks="喜欢喝茶"),
        person(row, "沈经理", OTHER, wechat="shen1", remarks="下午打"),
    )


def everything():
    """All contact people and phones, to the last column."""
    return [list(table.objects.order_by("pk").values()) for table in (ContactPerson, Phone)]


def test_one_has_all_phones_once_and_what_the_others_knew(three, lin, at):
    row, kept, *others = three
    merge_people(
        customer=row, kept=kept, absorbed=others, chosen={"name": others[0].pk, "remarks": "both"}, by=lin, at=at
    )
    one = ContactPerson.objects.get()
    assert (one.pk, one.name, one.is_key_person, one.title, one.wechat) == (kept.pk, "沈建国", True, "总经理", "shen1")
    assert one.remarks == "喜欢喝茶\n下午打"
    assert [phone.number for phone in one.phones.all()] == [MOBILE, DESK, OTHER]
    assert Phone.objects.count() == 3


def test_taken_apart_all_is_as_it_was(three, lin, at):
    row, kept, *others = three
    before = everything()
    merge = merge_people(customer=row, kept=kept, absorbed=others, by=lin, at=at)
    undo_people_merge(merge=merge, by=lin, at=at + timedelta(days=30))
    assert everything() == before
    undo_people_merge(merge=merge, by=lin, at=at)
    assert everything() == before


def test_what_was_changed_since_stays(three, lin, at):
    row, kept, first, second = three
    merge = merge_people(customer=row, kept=kept, absorbed=[first, second], by=lin, at=at)
    now = ContactPerson.objects.get()
    contact = ContactFile({"name": "沈总", "title": "董事长"}, [OTHER])
    save_contact_person(customer=row, contact=contact, existing=now, by=lin, at=at)
    undo_people_merge(merge=merge, by=lin, at=at)
    titles = dict(ContactPerson.objects.values_list("pk", "title"))
    assert titles == {kept.pk: "董事长", first.pk: "总经理", second.pk: ""}
    assert dict(Phone.objects.values_list("contact_person", "number")) == {second.pk: OTHER}


def test_merges_are_taken_back_in_any_order(three, lin, at):
    row, kept, first, second = three
    before = everything()
    one = merge_people(customer=row, kept=first, absorbed=[kept], by=lin, at=at)
    two = merge_people(customer=row, kept=second, absorbed=[first], by=lin, at=at)
    undo_people_merge(merge=one, by=lin, at=at)
    assert set(ContactPerson.objects.values_list("pk", flat=True)) == {kept.pk, second.pk}
    two.refresh_from_db()
    undo_people_merge(merge=two, by=lin, at=at)
    assert everything() == before


def test_who_was_removed_is_not_taken_apart(three, lin, at):
    row, kept, *others = three
    merge = merge_people(customer=row, kept=kept, absorbed=others, by=lin, at=at)
    remove_contact_person(contact=ContactPerson.objects.get(), by=lin, at=at)
    with pytest.raises(Refused, match="merged_person_is_gone"):
        undo_people_merge(merge=merge, by=lin, at=at)
    assert everything() == [[], []]


@pytest.mark.parametrize("code", ["not_people_of_one_customer", "remarks_too_long_together", "too_many_to_merge"])
def test_refused_nothing_has_changed(three, person, owned, lin, at, code):
    row, kept, *others = three
    chosen = {}
    if code == "not_people_of_one_customer":
        others.append(person(owned(lin, "别家"), "沈总"))
    elif code == "too_many_to_merge":
        others += [person(row, f"沈{n}") for n in range(9)]
    else:
        others.append(person(row, "沈总", remarks="茶" * 298))
        chosen = {"remarks": "both"}
    before = everything()
    with pytest.raises(Refused, match=code):
        merge_people(customer=row, kept=kept, absorbed=others, chosen=chosen, by=lin, at=at)
    assert everything() == before


def test_who_does_not_work_the_customer_may_not(three, zhou, fang, lin, at):
    row, kept, *others = three
    for by in (zhou, fang):
        with pytest.raises(NotPermitted):
            merge_people(customer=row, kept=kept, absorbed=others, by=by, at=at)
    merge = merge_people(customer=row, kept=kept, absorbed=others, by=lin, at=at)
    with pytest.raises(NotPermitted):
        undo_people_merge(merge=merge, by=zhou, at=at)


def test_after_thirty_days_they_stay_one(three, lin, at):
    row, kept, *others = three
    merge = merge_people(customer=row, kept=kept, absorbed=others, by=lin, at=at)
    with pytest.raises(Refused, match="merge_is_too_old"):
        undo_people_merge(merge=merge, by=lin, at=at + timedelta(days=30, seconds=1))


def test_people_of_two_customers_that_were_merged_part_with_them(owned, person, lin, at):
    row, other = owned(lin, "朗悦搬家服务"), owned(lin, "朗悦搬家")
    mine, theirs = person(row, "沈总", MOBILE), person(other, "沈建国", MOBILE, DESK)
    third = person(other, "高建平", OTHER)
    before = everything()
    merge = merge_customers(kept=row, absorbed=[other], by=lin, at=at)
    merge_people(customer=row, kept=mine, absorbed=[theirs], by=lin, at=at)
    assert sorted(ContactPerson.objects.values_list("pk", flat=True)) == sorted([mine.pk, third.pk])
    undo_merge(merge=merge, by=lin, at=at)
    assert everything() == before
    assert not PeopleMerge.objects.standing().exists()


def test_people_made_one_before_the_customers_are_taken_apart_after_them(owned, person, lin, at):
    row, other = owned(lin, "朗悦搬家服务"), owned(lin, "朗悦搬家")
    one, two = person(other, "沈建国", DESK), person(other, "沈总", DESK, OTHER)
    before = everything()
    of_people = merge_people(customer=other, kept=one, absorbed=[two], by=lin, at=at)
    of_customers = merge_customers(kept=row, absorbed=[other], by=lin, at=at)
    of_people.refresh_from_db()
    undo_people_merge(merge=of_people, by=lin, at=at)
    assert set(row.contact_people.values_list("pk", flat=True)) == {one.pk, two.pk}
    undo_merge(merge=of_customers, by=lin, at=at)
    assert everything() == before


def test_a_phone_that_was_added_since_goes_with_its_person(owned, person, lin, at):
    row, other = owned(lin, "朗悦搬家服务"), owned(lin, "朗悦搬家")
    one = person(other, "沈建国", DESK)
    merge = merge_customers(kept=row, absorbed=[other], by=lin, at=at)
    save_contact_person(
        customer=Customer.objects.get(pk=row.pk), contact=ContactFile({"name": "沈建国"}, [DESK, MOBILE]),
        existing=ContactPerson.objects.get(), by=lin, at=at,
    )  # fmt: skip
    undo_merge(merge=merge, by=lin, at=at)
    assert set(Phone.objects.values_list("customer", "contact_person")) == {(other.pk, one.pk)}
