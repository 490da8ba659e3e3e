"""Making two customers one on the screen, and taking them apart."""

import pytest

from genjin.customers.models import Customer, Merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(owned, lin, zhou):
    kept = owned(lin, "朗悦搬家服务", phones=["13812345521"])
    return kept, owned(zhou, "无锡朗悦搬家", phones=["051088888888"])


def address(two):
    return f"/customers/pairs/{two[0].pk}-{two[1].pk}/merge/"


def test_what_differs_is_to_be_chosen_and_what_goes_along_is_counted(client, two, liang):
    client.force_login(liang)
    shown = client.get(address(two)).shown
    assert {line.field: (line.kept, line.absorbed) for line in shown["lines"] if line.differs} == {
        "name": ("朗悦搬家服务", "无锡朗悦搬家")
    }
    assert shown["along"] == ["1 个电话"]


def test_merged_one_is_on_the_kept_ones_page_and_can_take_it_back(client, two, liang):
    client.force_login(liang)
    done = client.post(address(two), {"chosen": ["name", "owner_id"]})
    assert done.headers["Location"] == f"/customers/{two[0].pk}/"
    assert Customer.objects.get(pk=two[0].pk).name == "无锡朗悦搬家"
    page = client.get(f"/customers/{two[1].pk}/duplicates/").content.decode()
    assert f'href="/customers/{two[0].pk}/"' in page
    assert client.post(f"/customers/merges/{Merge.objects.get().pk}/undo/").status_code == 303
    assert Customer.objects.get(pk=two[1].pk).is_open


def test_a_refusal_is_said_in_place_with_what_was_chosen(client, two, liang):
    client.force_login(liang)
    client.post(address(two))
    again = client.post(address(two), {"chosen": ["name"]})
    assert again.status_code == 422
    assert again.shown["chosen"] == ["name"]
    assert again.shown["refused"]


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
