"""A customer that rests in its pool: on no list, claimed by nobody, until its day has come."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.ownership import (
    OWNERSHIP,
    assign_customer,
    claim_customer,
    hand_over,
    pooled,
    release_customer,
)
from genjin.customers.services.records import keep, snapshot
from genjin.customers.services.restoring import undo
from genjin.customers.services.standing import shut
from genjin.customers.tests.conftest import codes
from genjin.customers.tests.importing import imported
from genjin.playbooks.services import adopt_playbook
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2026, 12, 1)


def names(response) -> list[str]:
    return [line.customer.name for line in response.shown["lines"]]


@pytest.fixture
def laid(owned, lin, at, today):
    """A customer that lin has laid into the team's pool, where it rests for a week."""

    def lay(name="常州天启教育", resting_until=FIRST_DAY) -> Customer:
        row = owned(lin, name)
        before = snapshot(row, OWNERSHIP)
        pooled(row, row.unit.pool, today=today, resting_until=resting_until)
        keep(row, before, by=lin, at=at, verb="customer.released", note="连续三次未接")
        return row

    return lay


@pytest.fixture
def with_embargo(qian, at, east_one):
    """The team's pool keeps what comes in for three working days."""
    adopt_playbook(unit=east_one, playbook="telesales", by=qian, at=at)
    made_current(changed({"pool.embargo_days": 3}), by=qian, at=at)


def test_it_lies_in_its_pool_with_whose_it_was(laid, lin, east_one, today):
    row = Customer.objects.get(pk=laid().pk)
    assert (row.owner, row.pool, row.claimable_from) == (None, east_one.pool, FIRST_DAY)
    assert (row.former_owner, row.released_on) == (lin, today)


def test_nobody_claims_it_before_its_day(laid, zhou, at, refused):
    row = laid()
    with refused("rests_until") as figures:
        claim_customer(customer=row, by=zhou, at=at)
    assert figures == {"name": "常州天启教育", "on": "2026-12-01"}


def test_on_its_day_whoever_comes_claims_it(laid, zhou, at):
    row = laid()
    claim_customer(customer=row, by=zhou, at=at + timedelta(days=7))
    row.refresh_from_db()
    assert (row.owner, row.claimable_from, row.former_owner, row.released_on) == (zhou, None, None, None)


def test_of_many_the_resting_are_refused_with_their_day(laid, pooled, east_one, zhou, in_bulk):
    row, free = laid(), pooled(east_one, "可以领的")
    run = in_bulk("claim", [row, free], by=zhou)
    assert codes(run) == {row.pk: "rests_until"}
    assert Customer.objects.owned_by(zhou).get() == free


def test_it_is_on_no_pools_list_until_its_day(laid, pooled, east_one, zhou, liang, client_of, clock):
    laid()
    pooled(east_one, "可以领的")
    assert names(client_of(zhou).get("/pool/")) == ["可以领的"]
    assert names(client_of(liang).get(f"/pool/?pool={east_one.pool.pk}")) == ["可以领的"]
    client = client_of(zhou)
    clock.shift(timedelta(days=7))
    assert sorted(names(client.get("/pool/"))) == sorted(["可以领的", "常州天启教育"])


def test_who_leads_the_unit_sees_those_that_rest(laid, pooled, headquarters, liang, zhou, fang, client_of):
    laid()
    page = client_of(liang).get("/pool/?pool=any&rests=yes")
    assert names(page) == ["常州天启教育"]
    assert "冷却中" in page.content.decode()
    assert names(client_of(zhou).get("/pool/?pool=any&rests=yes")) == []
    assert names(client_of(fang).get("/pool/?pool=any&rests=yes")) == []
    assert "冷却中" not in client_of(zhou).get("/pool/").content.decode()


def test_a_pool_counts_what_can_be_claimed(laid, pooled, east_one, liang, client_of):
    laid()
    pooled(east_one)
    tabs = {tab["label"]: tab["count"] for tab in client_of(liang).get("/pool/").shown["tabs"] if "count" in tab}
    assert tabs["华东一组公海"] == "1"
    assert tabs["冷却中"] == "1"


def test_its_page_says_until_when(laid, zhou, client_of):
    row = laid()
    page = client_of(zhou).get(f"/customers/{row.pk}/").content.decode()
    assert "12 月 1 日" in page or "12-01" in page
    assert f"/customers/{row.pk}/claim/" not in page


def test_who_leads_its_unit_may_give_it_away_all_the_same(laid, liang, zhou, at):
    row = laid()
    assign_customer(customer=row, to=zhou, by=liang, at=at)
    row.refresh_from_db()
    assert (row.owner, row.claimable_from) == (zhou, None)


def test_closing_it_ends_the_rest(laid, today):
    row = laid()
    shut(row, kind="dead", reason="倒闭", today=today)
    row.save()
    row.refresh_from_db()
    assert (row.pool, row.claimable_from, row.former_owner, row.released_on) == (None, None, None, None)


def test_taken_back_it_is_as_it_was_and_rests_again_when_that_is_taken_back(laid, lin, liang, zhou, at):
    row = laid()
    assign_customer(customer=row, to=zhou, by=liang, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=liang, at=at)
    row.refresh_from_db()
    assert (row.owner, row.claimable_from, row.former_owner) == (None, FIRST_DAY, lin)


def test_a_release_taken_back_leaves_nothing_of_the_rest(owned, lin, at):
    row = owned(lin)
    release_customer(customer=row, reason="不做了", by=lin, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=lin, at=at)
    row.refresh_from_db()
    assert (row.owner, row.claimable_from, row.former_owner, row.released_on) == (lin, None, None, None)


def test_many_released_and_taken_back(owned, lin, liang, in_bulk, at, today):
    from genjin.customers.bulk import runs
    from genjin.customers.tests.conftest import carried_out

    rows = [owned(lin, f"客户 {number}") for number in range(3)]
    run = in_bulk("release", rows, by=liang, reason="清理")
    assert set(Customer.objects.values_list("former_owner", "released_on")) == {(lin.pk, today)}
    carried_out(runs.start_undo(run=run, by=liang, at=at), at)
    assert set(Customer.objects.values_list("owner", "former_owner", "released_on")) == {(lin.pk, None, None)}


def test_what_a_leaver_held_tells_whose_it_was(owned, lin, liang, east_one, at, today):
    owned(lin)
    hand_over(leaver=lin, pool=east_one.pool, by=liang, at=at)
    row = Customer.objects.get()
    assert (row.owner, row.former_owner, row.released_on) == (None, lin, today)


def test_under_an_embargo_what_comes_in_rests(with_embargo, owned, pooled, lin, east_one, at):
    released, made = owned(lin, "放回的"), pooled(east_one, "新来的")
    release_customer(customer=released, reason="不做了", by=lin, at=at)
    assert set(Customer.objects.values_list("name", "claimable_from")) == {
        ("放回的", date(2026, 11, 27)),
        ("新来的", date(2026, 11, 27)),
    }
    assert made.former_owner is None


def test_the_later_of_two_days_counts(with_embargo, laid):
    assert Customer.objects.get(pk=laid().pk).claimable_from == FIRST_DAY
    assert Customer.objects.get(pk=laid("短的", date(2026, 11, 25)).pk).claimable_from == date(2026, 11, 27)


def test_the_database_lets_no_owned_customer_rest(owned, lin):
    row = owned(lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=row.pk).update(claimable_from=FIRST_DAY)


def test_under_an_embargo_what_a_file_brings_rests_too(with_embargo, liang, lin, east_one, at):
    imported(liang, at, "客户名称,负责人\n怡美,lin\n朗悦,\n", pool=east_one.pool.pk)
    assert set(Customer.objects.values_list("name", "claimable_from")) == {
        ("怡美", None),
        ("朗悦", date(2026, 11, 27)),
    }
