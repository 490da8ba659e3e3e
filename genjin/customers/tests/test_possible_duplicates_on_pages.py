"""The list of possible duplicates: what each reader is told, and saying that two are two."""

import pytest

from genjin.customers.duplicates import searching
from genjin.customers.duplicates.models import StockSearch, SuspectedPair
from genjin.customers.duplicates.services import declare_apart, search_stock

pytestmark = pytest.mark.django_db
PHONE = "13812345521"


@pytest.fixture
def pair(owned, lin, fang, qian, at):
    """One customer of lin's and one in another region, with one phone."""
    owned(lin, "朗悦搬家服务", phones=[PHONE])
    owned(fang, "乙餐饮", phones=[PHONE], anyway=True)
    searching.carry_out(search_stock(by=qian, at=at), lambda: at)
    return SuspectedPair.objects.get()


def page(client, person, **query):
    client.force_login(person)
    return client.get("/customers/pairs/", query)


def test_of_a_stranger_only_name_and_owner_are_told(client, pair, lin, fang):
    text = page(client, lin).content.decode()
    assert "朗悦搬家服务" in text
    assert f'href="/customers/{pair.one_id}/"' in text
    assert "乙餐饮" in text
    assert fang.name in text
    assert f'href="/customers/{pair.other_id}/"' not in text
    sides = {side.customer.name: side.people for side in page(client, lin).shown["pairs"][0].sides}
    assert sides["乙餐饮"] is None
    assert sides["朗悦搬家服务"].number == PHONE


def test_who_sees_neither_is_not_told(client, pair, zhou):
    assert page(client, zhou).shown["pairs"] == []


def test_the_owner_of_all_sees_both(client, pair, qian):
    assert [side.is_visible for side in page(client, qian).shown["pairs"][0].sides] == [True, True]


def test_said_to_be_two_it_moves_to_the_other_tab_and_back(client, pair, lin):
    client.force_login(lin)
    said = client.post(f"/customers/pairs/{pair.one_id}-{pair.other_id}/apart/")
    assert said.headers["Location"] == "/customers/pairs/"
    assert page(client, lin).shown["pairs"] == []
    assert len(page(client, lin, of="apart").shown["pairs"]) == 1
    client.post(f"/customers/pairs/{pair.pk}/again/")
    assert len(page(client, lin).shown["pairs"]) == 1


def test_said_on_a_customers_page_one_stays_there(client, pair, lin):
    client.force_login(lin)
    address = f"/customers/pairs/{pair.one_id}-{pair.other_id}/apart/"
    assert client.post(address, {"back": pair.one_id}).headers["Location"] == f"/customers/{pair.one_id}/"
    assert client.post(address, {"back": "//evil"}).headers["Location"] == "/customers/pairs/"


def test_of_strangers_customers_nobody_says_so(client, pair, zhou, lin, at):
    client.force_login(zhou)
    assert client.post(f"/customers/pairs/{pair.one_id}-{pair.other_id}/apart/").status_code == 404
    declare_apart(one=pair.one, other=pair.other, by=lin, at=at)
    assert client.post(f"/customers/pairs/{pair.pk}/again/").status_code == 404
    assert SuspectedPair.objects.get().apart_at == at


def test_a_search_is_asked_for_by_who_may(client, lin, liang):
    client.force_login(lin)
    assert client.post("/customers/pairs/search/").status_code == 403
    client.force_login(liang)
    assert client.post("/customers/pairs/search/").headers["Location"] == "/customers/pairs/"
    assert StockSearch.objects.get().asked_by == liang


def test_the_queries_do_not_grow_with_the_pairs(client, pair, owned, lin, qian, at, django_assert_max_num_queries):
    client.force_login(qian)
    client.get("/customers/pairs/")
    for n in range(5):
        owned(lin, f"客户{n}", phones=[PHONE], anyway=True)
    searching.carry_out(search_stock(by=qian, at=at), lambda: at)
    with django_assert_max_num_queries(16):
        assert len(client.get("/customers/pairs/").shown["pairs"]) == 20  # of 21


def test_before_the_first_search_nothing_is_claimed(client, lin, qian, at):
    nothing = "没有疑似重复的客户"
    assert nothing not in page(client, lin).content.decode()
    searching.carry_out(search_stock(by=qian, at=at), lambda: at)
    assert nothing in page(client, lin).content.decode()
