"""The manager takes back what a night did: one customer or all, to owner and clocks as they were, kept for a while."""

from datetime import date, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import clocks_of
from genjin.customers.services.ownership import claim_customer
from genjin.followups.models import Promise
from genjin.followups.recycling.giving_back import begin_giving_back, carry_on_giving_back, give_customer_back
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.followups.tests.recycling import LONG_AGO, night_after, run_night, switch_on

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 12, 4)


@pytest.fixture
def morning(at):
    return at + timedelta(days=1)


@pytest.fixture
def taken(customer_of, lin, qian, east_one, at):
    """Three of Lin's that the night took."""
    switch_on(by=qian, at=at)
    rows = [customer_of(lin, "4", owned_since=LONG_AGO, last_effective_on=date(2026, 8, 3)) for _n in range(3)]
    Promise.objects.create(customer=rows[0], by=lin, what="报价", by_when=at, made_at=at)
    assert run_night(at) == 3
    return rows


def give_back(row, by, at, **more):
    listed = RecycledCustomer.objects.select_related("run").get(customer=row.pk)
    more = {"until": UNTIL, "reason": "下周签", **more}
    return give_customer_back(listed=listed, by=by, at=at, **more)


def test_one_is_back_as_it_stood_and_kept(taken, lin, liang, morning):
    before = taken[0]
    row = give_back(before, liang, morning)
    row.refresh_from_db()
    assert (row.owner, row.pool, row.due_on, row.owned_since) == (lin, None, before.due_on, LONG_AGO)
    assert (row.claimable_from, row.former_owner, row.released_on) == (None, None, None)
    assert (row.kept_until, row.kept_why) == (UNTIL, {"by": liang.name, "text": "下周签"})
    assert clocks_of(row).began("no_contact") == date(2026, 8, 3)
    assert Promise.objects.get().by == lin
    listed = RecycledCustomer.objects.get(customer=row.pk)
    assert (listed.given_back_at, listed.given_back_by) == (morning, liang)
    entry = Entry.objects.filter(kind="customer", subject=row.pk).latest("pk")
    assert (entry.verb, entry.note, entry.by) == ("customer.undone", "customer.recycled", liang)


def test_no_night_takes_it_again_before_the_day(taken, liang, at, morning):
    give_back(taken[0], liang, morning)
    assert run_night(at + timedelta(days=9)) == 0
    assert run_night(at + timedelta(days=11)) == 1


def test_twice_is_once(taken, liang, morning):
    give_back(taken[0], liang, morning)
    version = Customer.objects.get(pk=taken[0].pk).version
    give_back(taken[0], liang, morning)
    assert Customer.objects.get(pk=taken[0].pk).version == version


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"until": date(2026, 11, 24)}, "date_before_today"),
        ({"until": date(2028, 1, 1)}, "keeping_is_too_long"),
        ({"reason": " "}, "keeping_needs_a_reason"),
    ],
)
def test_a_day_to_come_and_a_reason_are_asked_for(taken, liang, morning, more, code):
    with pytest.raises(Refused) as refused:
        give_back(taken[0], liang, morning, **more)
    assert refused.value.reason.code == code
    assert Customer.objects.get(pk=taken[0].pk).owner is None


def test_who_was_claimed_since_stays_with_the_claimer(taken, zhou, liang, morning):
    claim_customer(customer=taken[0], by=zhou, at=morning)
    with pytest.raises(Refused) as refused:
        give_back(taken[0], liang, morning)
    assert refused.value.reason.code == "touched_since"
    assert Customer.objects.get(pk=taken[0].pk).owner == zhou


def test_a_night_of_long_ago_stays(taken, liang, morning):
    with pytest.raises(Refused) as refused:
        give_back(taken[0], liang, morning + timedelta(days=31), until=date(2027, 1, 10))
    assert refused.value.reason.code == "recycle_is_too_old"


@pytest.mark.parametrize("who", ["lin", "fang"])
def test_only_who_leads_the_unit_gives_back(taken, morning, request, who):
    with pytest.raises(NotPermitted):
        give_back(taken[0], request.getfixturevalue(who), morning)
    assert Customer.objects.get(pk=taken[0].pk).owner is None


def test_a_whole_night_is_given_back_but_for_who_was_touched(taken, lin, zhou, liang, morning):
    claim_customer(customer=taken[1], by=zhou, at=morning)
    run = RecycleRun.objects.get(moved=3)
    begun = begin_giving_back(run=run, until=UNTIL, reason="规则写错了", by=liang, at=morning)
    carry_on_giving_back(begun, clock=lambda: morning)
    run.refresh_from_db()
    assert (run.undo_by, run.undone_at) == (liang, morning)
    assert [Customer.objects.get(pk=row.pk).owner for row in taken] == [lin, zhou, lin]
    codes = RecycledCustomer.objects.order_by("customer").values_list("left_code", flat=True)
    assert list(codes) == ["", "touched_since", ""]


def test_giving_back_goes_on_where_it_was_cut_off(taken, lin, liang, morning, monkeypatch):
    run = begin_giving_back(run=RecycleRun.objects.get(moved=3), until=UNTIL, reason="错了", by=liang, at=morning)
    monkeypatch.setattr("genjin.followups.recycling.giving_back.BATCH", 1)
    moments = iter([morning])
    with pytest.raises(StopIteration):
        carry_on_giving_back(run, clock=lambda: next(moments))
    assert Customer.objects.owned_by(lin).count() == 1
    carry_on_giving_back(run, clock=lambda: morning)
    assert Customer.objects.owned_by(lin).count() == 3
    assert RecycledCustomer.objects.filter(given_back_at=None).count() == 0


def test_an_owner_who_left_gets_nothing_back(taken, lin, liang, morning):
    lin.is_active, lin.left_on = False, morning.date()
    lin.save()
    with pytest.raises(Refused) as refused:
        give_back(taken[0], liang, morning)
    assert refused.value.reason.code == "owner_has_left"


def test_a_night_that_is_running_is_not_given_back(taken, liang, morning):
    run = RecycleRun.objects.get(moved=3)
    RecycleRun.objects.filter(pk=run.pk).update(ended_at=None)
    with pytest.raises(Refused) as refused:
        begin_giving_back(run=run, until=UNTIL, reason="错了", by=liang, at=night_after(morning))
    assert refused.value.reason.code == "recycle_is_running"
