"""Making two customers one on the screen, and taking them apart."""

import pytest

from genjin.customers.models import Customer, Merge, SuspectedPair
from genjin.customers.services.ownership import release_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(owned, lin, zhou):
    kept = owned(lin, "朗悦搬家服务", phones=["13812345521"])
    return kept, owned(zhou, "无锡朗悦搬家", phones=["051088888888"])


def address(two):
    return f"/customers/merge/{'-'.join(str(row.pk) for row in two)}/"


def test_what_differs_is_to_be_chosen_and_what_goes_along_is_counted(client, two, liang):
    client.force_login(liang)
    shown = client.get(address(two)).shown
    assert {line.field: line.values for line in shown["lines"] if line.differs} == {
        "name": ("朗悦搬家服务", "无锡朗悦搬家")
    }
    assert shown["along"] == ["1 个电话"]


def test_merged_one_is_on_the_kept_ones_page_and_can_take_it_back(client, two, liang):
    client.force_login(liang)
    done = client.post(address(two), {"take-name": two[1].pk, "take-city": "both", "take-owner_id": two[1].pk})
    assert done.headers["Location"] == f"/customers/{two[0].pk}/"
    assert Customer.objects.get(pk=two[0].pk).name == "无锡朗悦搬家"
    page = client.get(f"/customers/{two[1].pk}/duplicates/").content.decode()
    assert f'href="/customers/{two[0].pk}/"' in page
    assert client.post(f"/customers/merges/{Merge.objects.get().pk}/undo/").status_code == 303
    assert Customer.objects.get(pk=two[1].pk).is_open


def test_who_has_the_kept_one_reads_what_was_recorded_of_the_other(client, two, liang, lin, zhou, fang):
    client.force_login(liang)
    client.post(address(two))
    where = f"/customers/merges/{Merge.objects.get().pk}/history/"
    for person, status in ((lin, 200), (liang, 200), (zhou, 404), (fang, 404)):
        client.force_login(person)
        assert client.get(where).status_code == status
    client.force_login(lin)
    panel = client.get(f"/customers/{two[0].pk}/duplicates/")
    assert [part.merge.absorbed.name for part in panel.shown["parts"]] == ["无锡朗悦搬家"]
    assert f'href="{where}"' in panel.content.decode()
    told = {item.context["told"].entry.verb for item in client.get(where).shown["items"]}
    assert told == {"customer.merged_into", "customer.created"}


def test_of_one_in_a_pool_no_history_is_read(client, two, liang, lin, east_one, at):
    client.force_login(liang)
    client.post(address(two))
    release_customer(customer=two[0], reason="不做了", by=lin, at=at)
    client.force_login(lin)
    assert client.get(f"/customers/merges/{Merge.objects.get().pk}/history/").status_code == 403


def test_a_refusal_is_said_in_place_with_what_was_chosen(client, two, liang):
    client.force_login(liang)
    client.post(address(two))
    again = client.post(address(two), {"take-name": two[1].pk})
    assert again.status_code == 422
    assert [line.taken for line in again.shown["lines"] if line.field == "name"] == [two[1].pk]
    assert again.shown["refused"]


@pytest.mark.parametrize("keys", ["7", "0-0", "x-y", "1-2-", "９-８", "1-" + "9" * 30])
def test_an_address_of_no_customers_is_not_there(client, liang, keys):
    client.force_login(liang)
    assert client.get(f"/customers/merge/{keys}/").status_code == 404


def test_what_was_ticked_on_a_list_stands_side_by_side(client, two, liang, owned, lin):
    client.force_login(liang)
    third = owned(lin, "朗悦")
    done = client.post("/customers/merge/", {"chosen": [two[1].pk, third.pk, two[0].pk]})
    keys = "-".join(str(row.pk) for row in (*two, third))
    assert done.headers["Location"] == f"/customers/merge/{keys}/"
    shown = client.get(done.headers["Location"]).shown
    assert [row.name for row in shown["rows"]] == ["朗悦搬家服务", "无锡朗悦搬家", "朗悦"]
    assert shown["without"][third.pk] == f"/customers/merge/{two[0].pk}-{two[1].pk}/"
    assert client.post("/customers/merge/", {"chosen": [third.pk]}).headers["Location"] == "/customers/"


def test_who_may_be_the_same_too_is_offered(client, two, liang, owned, lin, at):
    third = owned(lin, "朗悦")
    SuspectedPair.objects.create(one=two[1], other=third, percent=90, found_at=at)
    client.force_login(liang)
    offered = client.get(address(two)).shown["maybe_too"]
    assert [(row.name, where) for row, where in offered] == [("朗悦", address((*two, third)))]


def test_who_sees_but_one_finds_nothing(client, two, lin, fang):
    for person in (lin, fang):
        client.force_login(person)
        assert client.get(address(two)).status_code == 404
        assert client.post(address(two)).status_code == 404
    assert not Merge.objects.exists()


def test_who_only_reads_may_not(client, two, liang):
    type(liang).objects.filter(pk=liang.pk).update(role="reader")
    client.force_login(liang)
    assert client.post(address(two)).status_code == 403
    assert not Merge.objects.exists()
