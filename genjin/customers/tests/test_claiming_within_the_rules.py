"""Claiming obeys the pool's rules: so many a day, and not at once by who let it go."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.bulk import runs
from genjin.customers.models import ClaimsOfDay, Customer
from genjin.customers.pools.counting import claimed_on, forget
from genjin.customers.services.ownership import assign_customer, claim_customer, release_customer
from genjin.customers.services.restoring import undo
from genjin.customers.tests.conftest import carried_out, codes
from genjin.playbooks.services import adopt_playbook
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_a_day(qian, east_one, at):
    adopt_playbook(unit=east_one, playbook="telesales", by=qian, at=at)
    made_current(changed({"pool.claims_a_day": 2, "pool.views_a_day": 3}), by=qian, at=at)


@pytest.fixture
def some(pooled, east_one, two_a_day):
    return [pooled(east_one, f"客户 {number}", class_code="4") for number in range(4)]


def test_the_third_of_two_a_day_is_refused_with_the_figures(some, lin, at, refused):
    for row in some[:2]:
        claim_customer(customer=row, by=lin, at=at)
    with refused("claims_of_the_day") as figures:
        claim_customer(customer=some[2], by=lin, at=at)
    assert figures == {"claimed": 2, "cap": 2}


def test_the_next_day_one_goes_on_and_a_colleague_at_once(some, lin, zhou, at):
    for row in some[:2]:
        claim_customer(customer=row, by=lin, at=at)
    claim_customer(customer=some[2], by=zhou, at=at)
    claim_customer(customer=some[3], by=lin, at=at + timedelta(days=1))
    assert Customer.objects.owned_by(lin).count() == 3


def test_of_many_at_once_those_above_the_bound_stay(some, lin, in_bulk, today):
    run = in_bulk("claim", some, by=lin)
    assert codes(run) == {row.pk: "claims_of_the_day" for row in some[2:]}
    assert claimed_on(today, lin) == 2


def test_a_claim_taken_back_stays_counted(some, lin, at, today, refused):
    for row in some[:2]:
        claim_customer(customer=row, by=lin, at=at)
    undo(entry=Entry.objects.about("customer", some[0].pk).first(), by=lin, at=at)
    with refused("claims_of_the_day"):
        claim_customer(customer=some[3], by=lin, at=at)


def test_a_refused_claim_is_not_counted(some, lin, liang, at, today):
    assign_customer(customer=some[0], to=lin, by=liang, at=at)
    with pytest.raises(Refused):
        claim_customer(customer=some[0], by=lin, at=at)
    assert claimed_on(today, lin) == 0


def test_what_is_assigned_is_no_claim(some, lin, liang, at, today):
    for row in some:
        assign_customer(customer=row, to=lin, by=liang, at=at)
    assert Customer.objects.owned_by(lin).count() == 4
    assert claimed_on(today, lin) == 0


def test_who_let_it_go_has_to_wait_and_is_told_from_when(owned, lin, at, refused):
    row = owned(lin)
    release_customer(customer=row, reason="不做了", by=lin, at=at)
    with refused("locked_out") as figures:
        claim_customer(customer=row, by=lin, at=at + timedelta(days=2))
    assert (figures["released_on"], figures["on"]) == ("2026-11-24", "2026-12-05")  # a team of six-day weeks


def test_others_claim_it_at_once_and_oneself_when_the_days_are_over(owned, lin, zhou, at):
    first, second = owned(lin, "一"), owned(lin, "二")
    for row in (first, second):
        release_customer(customer=row, reason="不做了", by=lin, at=at)
    claim_customer(customer=first, by=zhou, at=at)
    claim_customer(customer=second, by=lin, at=at + timedelta(days=14))
    assert Customer.objects.get(pk=second.pk).owner == lin


def test_the_lead_may_give_it_back(owned, lin, liang, at):
    row = owned(lin)
    release_customer(customer=row, reason="不做了", by=lin, at=at)
    assign_customer(customer=row, to=lin, by=liang, at=at)
    assert Customer.objects.get().owner == lin


def test_a_release_is_taken_back_on_its_day_only(owned, lin, at, refused):
    row = owned(lin)
    release_customer(customer=row, reason="不做了", by=lin, at=at)
    entry = Entry.objects.about("customer", row.pk).first()
    with refused("locked_out"):
        undo(entry=entry, by=lin, at=at + timedelta(days=1))
    undo(entry=entry, by=lin, at=at + timedelta(hours=2))
    assert Customer.objects.get().owner == lin


def test_so_is_a_release_of_many(owned, lin, in_bulk, at):
    rows = [owned(lin, f"客户 {number}") for number in range(2)]
    run = in_bulk("release", rows, by=lin, reason="清理")
    later = at + timedelta(days=1)
    undone = carried_out(runs.start_undo(run=run, by=lin, at=later), later)
    assert set(codes(undone).values()) == {"locked_out"}
    assert Customer.objects.filter(owner=None).count() == 2


def test_the_lead_takes_a_release_of_many_back_days_later(owned, lin, liang, in_bulk, at):
    rows = [owned(lin, f"客户 {number}") for number in range(2)]
    run = in_bulk("release", rows, by=liang, reason="清理")
    later = at + timedelta(days=3)
    carried_out(runs.start_undo(run=run, by=liang, at=later), later)
    assert Customer.objects.owned_by(lin).count() == 2


def test_old_counts_are_forgotten(some, lin, at, today):
    claim_customer(customer=some[0], by=lin, at=at)
    forget(at=at + timedelta(days=30))
    assert ClaimsOfDay.objects.count() == 1
    forget(at=at + timedelta(days=31))
    assert ClaimsOfDay.objects.count() == 0


def test_the_page_says_it_before_one_tries(some, owned, lin, at, client_of):
    row = owned(lin)
    release_customer(customer=row, reason="不做了", by=lin, at=at)
    page = client_of(lin).get(f"/customers/{row.pk}/").content.decode()
    assert "你 11-24 放回的" in page
    assert "12-05" in page
    assert f"/customers/{row.pk}/claim/" not in page
    assert f"/customers/{some[0].pk}/claim/" in client_of(lin).get(f"/customers/{some[0].pk}/").content.decode()
