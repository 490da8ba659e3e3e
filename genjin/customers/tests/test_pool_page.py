"""`/pool/`: what lies in the pools one may look into, and taking it out one by one or many."""

from collections import Counter

import pytest
from django.contrib.messages import get_messages

from genjin.customers.models import Customer
from genjin.customers.services.ownership import claim_customer, release_customer

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    return [line.customer.name for line in response.shown["lines"]]


def said(response) -> list[str]:
    return [message.message for message in get_messages(response.wsgi_request)]


@pytest.fixture
def pools(pooled, headquarters, east, east_one, south):
    """One customer in each unit's pool."""
    return {
        unit.name: pooled(unit, unit.name, phones=["13812345521"]) for unit in (headquarters, east, east_one, south)
    }


def test_a_seller_looks_into_their_units_pool_and_those_above(client_of, pools, lin):
    assert sorted(names(client_of(lin).get("/pool/"))) == sorted(["梁溪云", "华东大区", "华东一组"])


def test_a_manager_also_into_those_below_never_beside(client_of, pools, liang, fang):
    assert "华东一组" in names(client_of(liang).get("/pool/"))
    assert sorted(names(client_of(fang).get("/pool/"))) == sorted(["梁溪云", "华南大区"])


def test_one_pool_is_a_tab_and_anothers_is_404(client_of, pools, lin, south, east_one):
    client = client_of(lin)
    assert names(client.get(f"/pool/?pool={east_one.pool.pk}")) == ["华东一组"]
    assert client.get(f"/pool/?pool={south.pool.pk}").status_code == 404


def test_phones_are_masked(client_of, pools, lin, qian):
    for person in (lin, qian):
        page = text(client_of(person).get("/pool/"))
        assert "138****5521" in page
        assert "13812345521" not in page


def test_days_in_the_pool_count_from_the_release(client_of, owned, lin, at, clock):
    from datetime import timedelta

    row = owned(lin)
    release_customer(customer=row, reason="不做", by=lin, at=at)
    client = client_of(lin)
    clock.shift(timedelta(days=9))
    assert "9 天前" in text(client.get("/pool/"))


def test_claiming_many_at_once(client_of, pools, lin):
    keys = [row.pk for row in pools.values()]
    response = client_of(lin).post("/customers/claim/", {"chosen": keys, "back": "/pool/?view=x"})
    assert response["Location"] == "/pool/?view=x"
    assert "3 个" in said(response)[0]
    assert Customer.objects.owned_by(lin).count() == 3
    assert Customer.objects.get(name="华南大区").owner is None


def test_of_many_those_that_somebody_took_first_are_named(client_of, pooled, east_one, lin, zhou, at):
    free, taken = pooled(east_one, "还在的"), pooled(east_one, "被领走的")
    claim_customer(customer=taken, by=zhou, at=at)
    page = text(client_of(lin).post("/customers/claim/", {"chosen": [free.pk, taken.pk]}))
    assert "已领取 1 个客户" in page
    assert "周雨桐先领走了，被领走的已不在公海" in page


def test_at_the_limit_each_is_refused_with_the_figures(client_of, pooled, east_one, lin, monkeypatch):
    row = pooled(east_one, class_code="4")
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"4": 150}))
    response = client_of(lin).post("/customers/claim/", {"chosen": [row.pk]})
    page = text(response)
    assert "苏州启禾装饰工程" in page
    assert page.count("150") >= 2
    assert Customer.objects.get().owner is None


def test_one_at_the_limit_stays_with_the_sentence(client_of, pooled, east_one, lin, monkeypatch):
    row = pooled(east_one, class_code="4")
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"4": 150}))
    response = client_of(lin).post(f"/customers/{row.pk}/claim/")
    assert "150" in said(response)[0]
    assert Customer.objects.get().owner is None


def test_a_manager_deals_out_from_here(client_of, pooled, east_one, lin, zhou, liang):
    rows = [pooled(east_one, f"客户 {number}") for number in range(4)]
    client = client_of(liang)
    given = {"chosen": [row.pk for row in rows], "back": "/pool/"}
    form = client.post("/customers/deal-out/", given)
    assert form.status_code == 200
    assert "选了 4 个客户" in text(form)
    done = client.post("/customers/deal-out/", given | {"sure": "1", "among": [lin.pk, zhou.pk]})
    assert done["Location"] == "/pool/"
    assert (Customer.objects.owned_by(lin).count(), Customer.objects.owned_by(zhou).count()) == (2, 2)


def test_nobody_to_deal_to_is_said(client_of, pooled, east_one, liang):
    row = pooled(east_one)
    response = client_of(liang).post("/customers/deal-out/", {"chosen": [row.pk], "sure": "1"})
    assert response.status_code == 422
    assert "至少选一个同事" in text(response)


def test_a_seller_deals_out_nothing(client_of, pooled, east_one, lin, zhou):
    row = pooled(east_one)
    response = client_of(lin).post("/customers/deal-out/", {"chosen": [row.pk], "sure": "1", "among": [zhou.pk]})
    assert response.status_code == 403
    assert Customer.objects.get().owner is None


def test_many_are_released_and_the_refused_are_listed(client_of, owned, lin, zhou, liang, at, east_one):
    from genjin.customers.services.ownership import lend_customer

    mine, lent = owned(lin, "我的"), owned(zhou, "借来的")
    lend_customer(customer=lent, to=lin, may_work=True, ends_on=None, by=zhou, at=at)
    given = {"chosen": [mine.pk, lent.pk], "sure": "1", "reason": "清理", "pool": east_one.pool.pk}
    page = text(client_of(lin).post("/customers/release/", given))
    assert "1 个客户已放入公海" in page
    assert "借来的" in page
    assert "是别人的客户" in page
    assert Customer.objects.get(pk=lent.pk).owner == zhou


def test_nothing_chosen_is_said(client_of, lin):
    response = client_of(lin).post("/customers/release/", {"back": "//evil.example/"})
    assert response["Location"] == "/customers/"
    assert said(response) == ["至少选一个客户。"]


def test_what_one_cannot_see_is_not_among_the_chosen(client_of, owned, lin, fang, zhou):
    row = owned(lin)
    response = client_of(fang).post(
        "/customers/assign/", {"chosen": [row.pk, "x", "9" * 30], "sure": "1", "to": fang.pk}
    )
    assert said(response) == ["至少选一个客户。"]
    assert Customer.objects.get().owner == lin


def test_a_refused_claim_stays_on_the_list_with_its_figures(client_of, pooled, east_one, lin, monkeypatch):
    row = pooled(east_one, class_code="4")
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"4": 150}))
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/pool/?class=4"}
    response = client_of(lin).post(f"/customers/{row.pk}/claim/", headers=headers)
    assert (response.status_code, "HX-Redirect" in response) == (200, False)
    assert "150" in text(response)


def test_claimed_by_another_the_list_is_shown_anew(client_of, pooled, east_one, lin, zhou, at):
    row = pooled(east_one)
    claim_customer(customer=row, by=zhou, at=at)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/pool/?class=4"}
    response = client_of(lin).post(f"/customers/{row.pk}/claim/", headers=headers)
    assert response["HX-Redirect"] == "/pool/?class=4"


def test_the_page_takes_a_fixed_number_of_questions(client_of, lin, pools, django_assert_max_num_queries):
    client = client_of(lin)
    client.get("/pool/")
    with django_assert_max_num_queries(22):
        client.get("/pool/")
