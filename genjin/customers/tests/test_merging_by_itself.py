"""What is one customer beyond doubt is merged by itself where that was switched on, and nothing else."""

from datetime import timedelta
from itertools import count

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.duplicates import searching
from genjin.customers.duplicates.models import DuplicateRules, SuspectedPair
from genjin.customers.duplicates.services import declare_apart, search_stock
from genjin.customers.duplicates.settings import change_rules, rules_now
from genjin.customers.merging.automatic import merge_certain_pairs, trial
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import Customer, Merge
from genjin.customers.services.standing import close_customer

pytestmark = pytest.mark.django_db
PHONE = "13812345521"
RULE = "phone_and_company"


@pytest.fixture
def two(owned, lin):
    """One company that lin has entered twice."""
    one = owned(lin, "无锡朗悦搬家服务有限公司", phones=[PHONE])
    return one, owned(lin, "朗悦搬家服务", phones=[PHONE])


@pytest.fixture
def searched(qian, at):
    moments = (at + timedelta(minutes=each) for each in count())

    def search():
        moment = next(moments)
        return searching.carry_out(search_stock(by=qian, at=moment), lambda: moment)

    return search


@pytest.fixture
def switched_on(qian, at):
    def on(*merging, across_owners=False, alert=None):
        return change_rules(alert=alert, merging=merging or [RULE], across_owners=across_owners, by=qian, at=at)

    return on


def night(at):
    return merge_certain_pairs(lambda: at)


def test_nothing_merges_until_it_is_switched_on(two, searched, at):
    searched()
    assert SuspectedPair.objects.get().certain == RULE
    assert night(at) == 0
    assert not DuplicateRules.objects.exists()


def test_switched_on_it_merges_and_can_be_taken_apart(two, searched, switched_on, lin, at):
    switched_on()
    searched()
    assert night(at) == 1
    merge = Merge.objects.get()
    assert (merge.kept, merge.absorbed, merge.by, merge.rule) == (*two, None, RULE)
    assert Entry.objects.get(verb="customer.merged").by is None
    undo_merge(merge=merge, by=lin, at=at + timedelta(days=30))
    assert Customer.objects.open().count() == 2


def test_taken_apart_it_is_not_merged_by_itself_again(two, searched, switched_on, lin, at):
    switched_on()
    searched()
    night(at)
    undo_merge(merge=Merge.objects.get(), by=lin, at=at)
    searched()
    assert night(at) == 0


@pytest.mark.parametrize(
    ("name", "phone", "city", "external"),
    [("朗悦搬运服务", PHONE, "", ""), ("朗悦搬家服务", "13912345522", "", ""), ("朗悦搬家服务", PHONE, "苏州", ""),
     ("朗悦搬家服务", PHONE, "无锡", "K2")],
)  # fmt: skip
def test_what_is_not_equal_to_the_letter_is_left_to_a_person(
    owned, searched, switched_on, lin, at, name, phone, city, external
):
    one, other = owned(lin, "朗悦搬家服务", phones=[PHONE]), owned(lin, name, phones=[phone])
    Customer.objects.filter(pk=one.pk).update(city="无锡", external_id="K1")
    Customer.objects.filter(pk=other.pk).update(city=city, external_id=external)
    switched_on()
    searched()
    assert night(at) == 0


@pytest.mark.parametrize("across_owners", [False, True])
def test_across_owners_only_where_that_is_allowed(owned, searched, switched_on, lin, zhou, at, across_owners):
    owned(lin, "朗悦搬家服务", phones=[PHONE])
    owned(zhou, "朗悦搬家服务", phones=[PHONE])
    switched_on(across_owners=across_owners)
    searched()
    assert night(at) == across_owners


def test_a_closed_one_and_one_said_to_be_another_are_left_alone(two, owned, searched, switched_on, lin, at):
    close_customer(customer=two[1], kind="blocked", reason="别再打了", by=lin, at=at)
    third = owned(lin, "朗悦搬家服务", phones=[PHONE])
    declare_apart(one=two[0], other=third, by=lin, at=at)
    switched_on()
    searched()
    assert night(at) == 0


def test_what_changed_since_the_search_is_judged_anew(two, searched, switched_on, lin, at):
    switched_on()
    searched()
    two[1].phones.all().delete()
    assert night(at) == 0


def test_a_trial_says_how_many_and_changes_nothing(two, owned, searched, zhou, at):
    owned(zhou, "朗悦搬家服务", phones=[PHONE])
    searched()
    tried = trial(merging=[RULE], across_owners=False)
    assert (dict(tried.merged), dict(tried.left), tried.first, tried.is_whole) == (
        {RULE: 1}, {"two_owners": 2}, [two], True,
    )  # fmt: skip
    assert dict(trial(merging=["address_and_company"], across_owners=True).merged) == {}
    assert not Merge.objects.exists()


def test_many_of_one_company_end_as_one(owned, searched, switched_on, lin, at):
    for _n in range(4):
        owned(lin, "朗悦搬家服务", phones=[PHONE])
    switched_on()
    searched()
    night(at)
    assert Customer.objects.open().count() == 1


def test_from_which_chance_on_is_asked_is_the_companys(owned, searched, switched_on, lin):
    owned(lin, "甲餐饮", phones=[PHONE])
    owned(lin, "乙物流", phones=[PHONE])
    searched()
    assert SuspectedPair.objects.count() == 1
    switched_on(alert=99)
    searched()
    assert not SuspectedPair.objects.exists()


def test_who_does_not_lead_all_changes_no_rule(switched_on, liang, qian, at):
    with pytest.raises(NotPermitted):
        change_rules(alert=None, merging=[RULE], across_owners=True, by=liang, at=at)
    for given, code in (
        ({"merging": ["nobody"], "alert": None}, "no_such_duplicate_rule"),
        ({"merging": [], "alert": 5}, "alert_out_of_bounds"),
        ({"merging": [], "alert": None, "compared": {"nothing": 16}}, "no_such_field_to_compare"),
    ):
        with pytest.raises(Refused, match=code):
            change_rules(**given, across_owners=False, by=qian, at=at)
    assert rules_now().merging == []
    switched_on()
    entry = Entry.objects.get(kind="duplicates")
    assert (entry.by, entry.changes) == (qian, {"merging": [[], [RULE]]})


def test_the_page_tries_saves_and_lists(client, two, searched, qian, liang, at):
    searched()
    client.force_login(liang)
    assert client.get("/settings/duplicates/").status_code == 403
    client.force_login(qian)
    given = {"alert": 50, "merging": [RULE]}
    tried = client.post("/settings/duplicates/", given | {"try": "1"})
    assert dict(tried.shown["tried"].merged) == {RULE: 1}
    assert rules_now().merging == []
    assert client.post("/settings/duplicates/", {"alert": 500, "merging": ["x"]}).status_code == 422
    assert client.post("/settings/duplicates/", given).status_code == 303
    assert (rules_now().merging, rules_now().alert) == ([RULE], None)
    assert client.get("/settings/duplicates/").status_code == 200
    night(at)
    for of, shown in (("", 1), ("itself", 1), ("undone", 0)):
        assert len(client.get("/customers/merges/", {"of": of}).shown["parts"]) == shown
    client.post(f"/customers/merges/{Merge.objects.get().pk}/undo/")
    assert len(client.get("/customers/merges/", {"of": "undone"}).shown["parts"]) == 1


def test_who_sees_neither_is_not_told(client, two, searched, switched_on, fang, at):
    switched_on()
    searched()
    night(at)
    client.force_login(fang)
    assert client.get("/customers/merges/").shown["parts"] == []
