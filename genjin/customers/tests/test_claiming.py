"""Taking a customer out of a pool."""

from collections import Counter

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.services.ownership import claim_customer, release_customer
from genjin.customers.services.restoring import undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_pool(east_one, liang, at):
    return create_customer(fields={"name": "苏州启禾装饰工程"}, pool=east_one.pool, by=liang, at=at)


def test_a_seller_claims_out_of_the_teams_pool(in_pool, lin, at, today):
    claim_customer(customer=in_pool, by=lin, at=at)
    row = Customer.objects.get()
    assert (row.owner, row.pool, row.owned_since) == (lin, None, today)
    assert row.due_on is not None
    assert Entry.objects.about("customer", row.pk).first().verb == "customer.claimed"


def test_who_comes_second_hears_who_was_first(in_pool, lin, zhou, at):
    claim_customer(customer=in_pool, by=lin, at=at)
    with pytest.raises(Refused) as refusal:
        claim_customer(customer=in_pool, by=zhou, at=at)
    assert refusal.value.reason.code == "claimed_by_another"
    assert refusal.value.reason.figures["person"] == lin.name
    assert Customer.objects.get().owner == lin


def test_a_claim_above_the_limit_is_refused_with_its_figures(in_pool, lin, at, monkeypatch):
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"5": 50}))
    Customer.objects.update(class_code="5")
    with pytest.raises(Refused) as refusal:
        claim_customer(customer=in_pool, by=lin, at=at)
    assert refusal.value.reason.figures["held"] == 50
    assert refusal.value.reason.figures["limit"] == 50
    assert Customer.objects.get().pool is not None


def test_somebody_who_only_reads_claims_nothing(in_pool, lin, at):
    lin.role = "reader"
    with pytest.raises(NotPermitted):
        claim_customer(customer=in_pool, by=lin, at=at)
    assert Customer.objects.get().owner is None


def test_a_release_can_be_taken_back_until_somebody_claims(in_pool, lin, at):
    claim_customer(customer=in_pool, by=lin, at=at)
    before = Customer.objects.get()
    release_customer(customer=in_pool, reason="三次未接", by=lin, at=at)
    undo(entry=Entry.objects.about("customer", in_pool.pk).first(), by=lin, at=at)
    after = Customer.objects.get()
    assert (after.owner, after.pool, after.due_on) == (lin, None, before.due_on)
