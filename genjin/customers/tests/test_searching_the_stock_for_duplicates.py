"""The whole stock looked through: likely pairs are written once, unlikely ones let go, what was said is kept."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.duplicates import searching
from genjin.customers.duplicates.models import StockSearch, SuspectedPair
from genjin.customers.duplicates.services import ask_again, declare_apart, search_stock, take_on
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def searched(qian, at):
    def search(later=0):
        moment = at + timedelta(hours=later)
        return searching.carry_out(search_stock(by=qian, at=moment), lambda: moment)

    return search


def pairs():
    return {
        (pair.one.name, pair.other.name): pair.percent for pair in SuspectedPair.objects.select_related("one", "other")
    }


def test_the_same_phone_is_found_whoever_it_belongs_to(owned, lin, fang, searched):
    owned(lin, "甲装饰", phones=["13812345521"], anyway=True)
    owned(fang, "乙餐饮", contact=ContactFile({"name": "高建平"}, ["13812345521"]), anyway=True)
    owned(lin, "丙物流", phones=["13912345521"])
    done = searched()
    assert list(pairs()) == [("甲装饰", "乙餐饮")]
    assert (done.state, done.found, done.compared) == (StockSearch.State.DONE, 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "is_pair"),
    [
        ({"name": "朗悦搬家服务", "city": "无锡"}, {"name": "无锡朗悦搬家服务有限公司", "city": "无锡市"}, True),
        ({"name": "朗悦搬家服务", "city": "无锡"}, {"name": "朗悦搬运服务", "city": "无锡"}, True),
        ({"name": "瑞和酒店管理", "city": "无锡"}, {"name": "怡和酒店管理", "city": "无锡"}, False),
        ({"name": "朗悦", "city": "无锡"}, {"name": "朗悦", "city": "常州"}, False),  # branches, or two
        ({"name": "张伟", "kind": "person"}, {"name": "张伟", "kind": "person"}, False),
        (
            {"name": "张伟", "kind": "person", "address": "人民路18号3幢"},
            {"name": "张伟", "kind": "person", "address": "人民路18号3幢"},
            True,
        ),
    ],
)
def test_what_makes_two_customers_likely_one(owned, lin, searched, one, other, is_pair):
    for file in (one, other):
        Customer.objects.filter(pk=owned(lin, file["name"]).pk).update(
            **{name: value for name, value in file.items() if name != "name"}
        )
    searched()
    assert bool(pairs()) is is_pair


def test_searched_again_it_comes_to_the_same_and_lets_go_what_was_mended(owned, lin, at, searched):
    first, second = (
        owned(lin, "甲装饰", phones=["13812345521"], anyway=True),
        owned(lin, "乙餐饮", phones=["13812345521"], anyway=True),
    )
    owned(lin, "丙物流", phones=["13812345521"], anyway=True)
    searched()
    before = set(SuspectedPair.objects.values_list("pk", flat=True))
    searched(later=1)
    assert set(SuspectedPair.objects.values_list("pk", flat=True)) == before
    declare_apart(one=first, other=second, by=lin, at=at)
    second.phones.all().delete()
    searched(later=2)
    assert {(pair.one.name, pair.other.name, pair.apart_at is not None) for pair in SuspectedPair.objects.all()} == {
        ("甲装饰", "乙餐饮", True), ("甲装饰", "丙物流", False),
    }  # fmt: skip


def test_cut_off_it_begins_again_and_nothing_is_there_twice(owned, lin, at, searched, monkeypatch):
    for n in range(4):
        owned(lin, f"客户{n}", phones=["13812345521"], anyway=True)
    monkeypatch.setattr(searching, "PAIRS_AT_ONCE", 2)
    written, write = [], searching._write

    def dies(search, likely, *, at):
        if written:
            raise KeyboardInterrupt
        written.append(1)
        return write(search, likely, at=at)

    monkeypatch.setattr(searching, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        searched()
    assert SuspectedPair.objects.count() == 2
    monkeypatch.setattr(searching, "_write", write)
    cut = StockSearch.objects.get()
    searching.carry_out(cut, lambda: at)
    assert (SuspectedPair.objects.count(), cut.found, cut.state) == (6, 6, "done")


def test_one_search_waits_at_a_time(qian, liang, at):
    assert search_stock(by=qian, at=at) == search_stock(by=liang, at=at)


def test_a_seller_does_not_have_the_stock_searched(lin, at):
    with pytest.raises(NotPermitted):
        search_stock(by=lin, at=at)
    assert not StockSearch.objects.exists()


def test_that_two_are_two_is_told_on_both_and_taken_back(owned, lin, at):
    one, other = owned(lin, "朗悦"), owned(lin, "朗悦")
    pair = declare_apart(one=other, other=one, by=lin, at=at)
    assert (pair.one, pair.other, pair.apart_by) == (one, other, lin)
    told = Entry.objects.filter(verb="customer.said_to_be_two").values_list("subject", "changes")
    assert dict(told) == {one.pk: {"twin": [None, other.pk]}, other.pk: {"twin": [None, one.pk]}}
    ask_again(pair=pair, by=lin, at=at)
    pair.refresh_from_db()
    assert (pair.apart_at, pair.apart_by) == (None, None)


def test_of_strangers_customers_nobody_says_anything(owned, zhou, lin, fang, at):
    one, other = owned(lin, "朗悦"), owned(zhou, "朗悦")
    with pytest.raises(NotPermitted):
        declare_apart(one=one, other=other, by=fang, at=at)
    with pytest.raises(Refused):
        declare_apart(one=one, other=one, by=lin, at=at)
    assert not SuspectedPair.objects.exists()


def test_asked_for_twice_it_is_carried_out_once_unless_whoever_does_it_fell_silent(qian, at):
    search = search_stock(by=qian, at=at)
    assert take_on(search.pk, silent_since=at - timedelta(minutes=5), at=at)
    assert not take_on(search.pk, silent_since=at - timedelta(minutes=5), at=at)
    assert take_on(search.pk, silent_since=at + timedelta(minutes=1), at=at)
    searching.carry_out(StockSearch.objects.get(), lambda: at)
    assert not take_on(search.pk, silent_since=at + timedelta(minutes=1), at=at)
