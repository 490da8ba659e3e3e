"""Two customers made one, and two again: what hangs on both, who may, and what is refused."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.duplicates.hints import possible_duplicates
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.duplicates.services import declare_apart
from genjin.customers.merging.models import Merge
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import Customer, Profile, Tag
from genjin.customers.services.identity import ContactFile, change_customer, change_profile
from genjin.customers.services.ownership import lend_customer
from genjin.customers.services.standing import reopen_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(owned, lin, zhou, at):
    """lin's, and the same company as zhou knows it."""
    kept = owned(lin, "朗悦搬家服务", phones=["13812345521"], contact=ContactFile({"name": "沈总"}, ["13812345522"]))
    absorbed = owned(
        zhou, "无锡朗悦搬家", phones=["13812345521", "051088888888"], anyway=True,
        contact=ContactFile({"name": "沈总"}, ["13812345522"]),
    )  # fmt: skip
    Customer.objects.filter(pk=absorbed.pk).update(city="无锡", attempts=3, effective_contacts=1)
    absorbed.tags.add(Tag.objects.create(name="老客户"))
    for row in (kept, absorbed):
        row.refresh_from_db()
    return kept, absorbed


def everything(*customers):
    """All that is known of these customers but their version: rows, phones, people, tags."""
    rows = Customer.objects.filter(pk__in=[row.pk for row in customers])
    return [
        (
            {name: value for name, value in each.items() if name != "version"},
            *(
                sorted(rows.get(pk=each["id"]).__getattribute__(name).values_list("pk", flat=True))
                for name in ("phones", "contact_people", "tags", "collaborations", "referred")
            ),
        )
        for each in rows.order_by("pk").values()
    ]


def test_one_has_what_both_had(two, liang, lin, at):
    kept, absorbed = two
    merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.owner, kept.name, kept.city, kept.attempts, kept.effective_contacts) == (
        lin,
        "朗悦搬家服务",
        "无锡",
        3,
        1,
    )
    assert sorted(kept.phones.values_list("number", flat=True)) == ["051088888888", "13812345521", "13812345522"]
    assert [person.name for person in kept.contact_people.all()] == ["沈总"]
    assert [tag.name for tag in kept.tags.all()] == ["老客户"]
    assert (absorbed.closed_kind, absorbed.due_on, absorbed.pool) == ("duplicate", None, None)
    assert [each.customer for each in possible_duplicates(liang, phones=["051088888888"])] == [kept]


def test_what_was_chosen_of_the_other_is_taken(two, liang, at):
    kept, absorbed = two
    merge_customers(kept=kept, absorbed=[absorbed], chosen={"name": absorbed.pk}, by=liang, at=at)
    kept.refresh_from_db()
    assert (kept.name, kept.name_key) == ("无锡朗悦搬家", "朗悦搬家")


def test_taken_apart_all_is_as_it_was(two, liang, at):
    before = everything(*two)
    merge = merge_customers(kept=two[0], absorbed=[two[1]], chosen={"name": two[1].pk}, by=liang, at=at)
    assert everything(*two) != before
    undo_merge(merge=merge, by=liang, at=at + timedelta(days=30))
    assert everything(*two) == before
    told = Entry.objects.filter(subject=two[0].pk, verb__startswith="customer.merge").order_by("pk")
    assert [entry.verb for entry in told] == ["customer.merged", "customer.merge_undone"]


def test_what_was_changed_since_stays(two, liang, lin, at):
    kept, absorbed = two
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    kept.refresh_from_db()
    change_customer(customer=kept, fields={"city": "苏州"}, by=lin, at=at, version=kept.version)
    undo_merge(merge=merge, by=liang, at=at)
    assert list(Customer.objects.order_by("pk").values_list("city", flat=True)) == ["苏州", "无锡"]


def test_merges_are_taken_back_in_any_order(two, owned, lin, liang, at):
    kept, absorbed = two
    third = owned(lin, "朗悦", phones=["13812345599"])
    apart = everything(kept, absorbed, third)
    merge_customers(kept=third, absorbed=[kept], by=liang, at=at)
    without_the_first = everything(kept, absorbed, third)
    undo_merge(merge=Merge.objects.get(), by=liang, at=at)
    first = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    second = merge_customers(kept=third, absorbed=[kept], by=liang, at=at)
    undo_merge(merge=first, by=liang, at=at)
    assert everything(kept, absorbed, third) == without_the_first
    undo_merge(merge=second, by=liang, at=at)
    assert everything(kept, absorbed, third) == apart


def test_what_a_later_merge_brought_and_somebody_changed_stays_changed(two, owned, lin, liang, at):
    kept, absorbed = two
    third = owned(lin, "朗悦")
    Customer.objects.filter(pk=third.pk).update(city="苏州")
    first = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    merge_customers(kept=kept, absorbed=[third], chosen={"city": third.pk}, by=liang, at=at)
    kept.refresh_from_db()
    assert kept.city == "苏州"
    change_customer(customer=kept, fields={"city": "常州"}, by=lin, at=at, version=kept.version)
    undo_merge(merge=first, by=liang, at=at)
    kept.refresh_from_db()
    assert kept.city == "常州"


def test_many_become_one_in_one_go_and_are_taken_apart_in_one(two, owned, lin, liang, at):
    kept, absorbed = two
    others = [absorbed, owned(lin, "朗悦", phones=["13812345599"]), owned(lin, "朗悦服务")]
    before = everything(kept, *others)
    merge = merge_customers(kept=kept, absorbed=others, chosen={"name": others[1].pk}, by=liang, at=at)
    kept.refresh_from_db()
    assert (kept.name, kept.city, Customer.objects.open().count()) == ("朗悦", "无锡", 1)
    assert kept.phones.filter(number="13812345599").exists()
    undo_merge(merge=merge.others.last(), by=liang, at=at)
    assert everything(kept, *others) == before
    assert not Merge.objects.standing().exists()


def test_what_one_knew_before_the_call_is_put_together(two, liang, lin, zhou, at):
    kept, absorbed = two
    change_profile(customer=kept, fields={"peers": "同行在投"}, by=lin, at=at)
    change_profile(customer=absorbed, fields={"peers": "隔壁也在投", "market": "淡季"}, by=zhou, at=at)
    before = list(Profile.objects.order_by("pk").values())
    merge = merge_customers(kept=kept, absorbed=[absorbed], chosen={"profile.peers": "both"}, by=liang, at=at)
    profile = Profile.objects.get(pk=kept.pk)
    assert (profile.peers, profile.market) == ("同行在投\n隔壁也在投", "淡季")
    undo_merge(merge=merge, by=liang, at=at)
    assert list(Profile.objects.order_by("pk").values()) == before


def test_a_profile_that_only_the_other_had_goes_with_it_but_for_what_was_added(two, liang, lin, zhou, at):
    kept, absorbed = two
    change_profile(customer=absorbed, fields={"market": "淡季", "peers": "在投"}, by=zhou, at=at)
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    undo_merge(merge=merge, by=liang, at=at)
    assert not Profile.objects.filter(pk=kept.pk).exists()
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    change_profile(customer=kept, fields={"market": "旺季"}, by=lin, at=at)
    undo_merge(merge=merge, by=liang, at=at)
    assert list(Profile.objects.order_by("pk").values_list("market", "peers")) == [("旺季", ""), ("淡季", "在投")]


def test_who_is_not_the_other_is_not_the_kept_one(two, owned, lin, zhou, liang, at):
    kept, absorbed = two
    third, fourth = owned(lin, "朗悦"), owned(lin, "朗悦服务")
    declare_apart(one=absorbed, other=third, by=zhou, at=at)
    SuspectedPair.objects.create(one=absorbed, other=fourth, percent=90, found_at=at)
    before = list(SuspectedPair.objects.order_by("pk").values())
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    assert not SuspectedPair.objects.asked().exists()
    assert SuspectedPair.objects.of(kept.pk).get().other_id == third.pk
    undo_merge(merge=merge, by=liang, at=at)
    assert list(SuspectedPair.objects.order_by("pk").values()) == before


def test_whose_owner_has_left_since_lies_in_the_pool(two, liang, zhou, at):
    merge = merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    type(zhou).objects.filter(pk=zhou.pk).update(is_active=False, left_on=at.date())
    undo_merge(merge=merge, by=liang, at=at)
    again = Customer.objects.get(pk=two[1].pk)
    assert (again.owner, again.pool, again.due_on) == (None, again.unit.pool, None)


def test_who_does_not_decide_about_both_is_refused(two, lin, zhou, fang, at):
    before = everything(*two)
    for person in (lin, zhou, fang):
        with pytest.raises(NotPermitted):
            merge_customers(kept=two[0], absorbed=[two[1]], by=person, at=at)
    assert everything(*two) == before
    assert not Merge.objects.exists()


def test_a_seller_merges_what_is_theirs(owned, lin, at):
    kept, absorbed = owned(lin, "朗悦"), owned(lin, "朗悦搬家")
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=lin, at=at)
    assert merge.by == lin
    undo_merge(merge=merge, by=lin, at=at)
    assert Customer.objects.owned_by(lin).count() == 2


def test_a_closed_duplicate_is_not_merged_again_nor_reopened(two, owned, lin, liang, at):
    many = [owned(lin, f"客户{n}") for n in range(10)]
    merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    for code, again in (
        ("merged_already", lambda: merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)),
        ("customer_is_closed", lambda: merge_customers(kept=two[1], absorbed=[two[0]], by=liang, at=at)),
        ("too_many_to_merge", lambda: merge_customers(kept=two[0], absorbed=many, by=liang, at=at)),
        ("pair_is_one_customer", lambda: merge_customers(kept=two[0], absorbed=[], by=liang, at=at)),
        ("pair_is_one_customer", lambda: merge_customers(kept=two[0], absorbed=[two[0]], by=liang, at=at)),
        ("merged_into_another", lambda: reopen_customer(customer=two[1], by=liang, at=at)),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.reason.code == code


def test_after_thirty_days_it_stays_one(two, liang, at):
    merge = merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    before = everything(*two)
    with pytest.raises(Refused):
        undo_merge(merge=merge, by=liang, at=at + timedelta(days=30, seconds=1))
    assert everything(*two) == before


def test_nobody_is_lent_their_own_customer(two, lin, zhou, liang, at):
    kept, absorbed = two
    lend_customer(customer=absorbed, to=lin, may_work=True, ends_on=None, by=liang, at=at)
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    assert not kept.collaborations.exists()
    undo_merge(merge=merge, by=liang, at=at)
    assert [lent.person for lent in absorbed.collaborations.all()] == [lin]


def test_who_referred_whom_never_refers_to_itself(owned, lin, at):
    kept, other = owned(lin, "朗悦"), owned(lin, "朗悦搬家")
    third = owned(lin, "甲装饰")
    Customer.objects.filter(pk=kept.pk).update(referred_by=other)
    Customer.objects.filter(pk=third.pk).update(referred_by=other)
    before = everything(kept, other, third)
    merge = merge_customers(kept=kept, absorbed=[other], by=lin, at=at)
    assert dict(Customer.objects.values_list("pk", "referred_by")) == {kept.pk: None, other.pk: None, third.pk: kept.pk}
    undo_merge(merge=merge, by=lin, at=at)
    assert everything(kept, other, third) == before
