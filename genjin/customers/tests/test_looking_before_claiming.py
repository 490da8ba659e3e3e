"""What members see of a customer that nobody has claimed: so many a day, phones masked where the playbook wants it."""

from datetime import timedelta

import pytest

from genjin.customers.models import Glance
from genjin.customers.services.ownership import claim_customer
from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.schema import shipped
from genjin.playbooks.services import adopt_playbook
from genjin.playbooks.tests.changing import made_current

pytestmark = pytest.mark.django_db

NUMBER = "13812345521"


@pytest.fixture
def some(pooled, east_one):
    return [pooled(east_one, f"客户 {number}", class_code="4", phones=[NUMBER]) for number in range(4)]


@pytest.fixture
def rules(qian, east_one, at):
    def set_(**changes) -> None:
        adopt_playbook(unit=east_one, playbook="telesales", by=qian, at=at)
        raw = as_plain(shipped()["telesales"])
        raw["pool"] = {**raw["pool"], **changes}
        made_current(from_plain(raw), by=qian, at=at)

    return set_


@pytest.fixture
def two_looks(rules):
    rules(claims_a_day=2, views_a_day=2)


def opened(client, row):
    return client.get(f"/customers/{row.pk}/")


def test_the_third_of_two_is_refused_in_words(two_looks, some, lin, client_of):
    client = client_of(lin)
    assert [opened(client, row).status_code for row in some[:2]] == [200, 200]
    refused = opened(client, some[2])
    assert refused.status_code == 422
    assert "今天已看 2 个" in refused.content.decode()
    assert NUMBER[-4:] not in refused.content.decode()


def test_one_is_counted_once_a_day_and_anew_the_next(two_looks, some, lin, client_of, clock):
    client = client_of(lin)
    for _again in range(3):
        assert opened(client, some[0]).status_code == 200
    assert Glance.objects.count() == 1
    opened(client, some[1])
    clock.shift(timedelta(days=1))
    assert opened(client, some[2]).status_code == 200


def test_what_happened_is_part_of_the_record(two_looks, some, lin, client_of):
    client = client_of(lin)
    for row in some[:2]:
        client.get(f"/customers/{row.pk}/timeline/")
    assert client.get(f"/customers/{some[2].pk}/timeline/").status_code == 422


def test_above_the_bound_one_claims_on_the_list_and_opens_ones_own(two_looks, some, lin, client_of, at):
    client = client_of(lin)
    for row in some[:2]:
        opened(client, row)
    claim_customer(customer=some[2], by=lin, at=at)
    page = opened(client, some[2])
    assert page.status_code == 200
    assert NUMBER in page.content.decode().replace(" ", "")


def test_who_leads_looks_at_as_many_as_they_like(two_looks, some, liang, client_of):
    client = client_of(liang)
    assert {opened(client, row).status_code for row in some} == {200}
    assert not Glance.objects.exists()


def test_ones_own_customers_are_not_counted(two_looks, owned, lin, client_of):
    opened(client_of(lin), owned(lin))
    assert not Glance.objects.exists()


def test_without_a_bound_nothing_is_counted(rules, some, lin, client_of):
    rules(views_a_day=None)
    assert opened(client_of(lin), some[0]).status_code == 200
    assert not Glance.objects.exists()


def test_phones_are_masked_until_claimed(some, lin, client_of):
    page = opened(client_of(lin), some[0]).content.decode()
    assert "138****5521" in page
    assert NUMBER not in page.replace(" ", "")


def test_where_the_playbook_masks_nothing_the_whole_number_stands_there(rules, some, lin, client_of):
    rules(masked_phones=False)
    client = client_of(lin)
    assert NUMBER in opened(client, some[0]).content.decode().replace(" ", "")
    assert client.get(f"/customers/{some[0].pk}/contacts.vcf").status_code == 200


def test_the_pool_list_tells_what_is_left_of_the_day(two_looks, some, lin, client_of, at):
    claim_customer(customer=some[0], by=lin, at=at)
    client = client_of(lin)
    opened(client, some[1])
    page = client.get("/pool/").content.decode()
    assert "今天已领 1/2" in page
    assert "已看 1/2" in page
