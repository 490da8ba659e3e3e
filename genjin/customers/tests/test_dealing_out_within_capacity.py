"""Dealing out by room: nobody above a limit or what their days take, told before it is done, taken back after."""

from collections import Counter

import pytest

from genjin.customers.bulk import runs
from genjin.customers.bulk.forecast import forecast
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer
from genjin.customers.tests.conftest import carried_out, codes
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def short_days(lin, zhou):
    """lin makes one contact a day, zhou two."""
    for person, slots in ((lin, 1), (zhou, 2)):
        Person.objects.filter(pk=person.pk).update(daily_slots=slots)


@pytest.fixture
def many(pooled, east_one):
    return [pooled(east_one, f"客户 {number}", class_code="4") for number in range(36)]


@pytest.fixture
def close(pooled, east_one):
    """More that are near to payment, of short cycles, than two short days can take."""
    return [pooled(east_one, f"近期 {number}", class_code="3") for number in range(30)]


def told(rows, among, *, way, by, today):
    keys = [row.pk for row in rows]
    return forecast(Customer.objects.filter(pk__in=keys), [one.pk for one in among], way=way, by=by, today=today)


def holdings(*people) -> tuple[int, ...]:
    return tuple(Customer.objects.owned_by(person).count() for person in people)


def test_who_has_more_room_gets_more_and_what_nobody_has_room_for_stays(
    short_days, close, lin, zhou, liang, in_bulk, monkeypatch
):
    run = in_bulk("deal", close, by=liang, among=[lin.pk, zhou.pk], way="capacity")
    small, large = holdings(lin, zhou)
    assert small < large
    assert small + large + len(codes(run)) == 30
    assert codes(run)
    assert set(codes(run).values()) == {"days_are_full"}


def test_evenly_is_one_each_in_turn(short_days, many, lin, zhou, liang, in_bulk):
    in_bulk("deal", many, by=liang, among=[lin.pk, zhou.pk], way="evenly")
    assert holdings(lin, zhou) == (18, 18)


@pytest.mark.parametrize("way", ["evenly", "capacity"])
def test_what_is_told_before_is_what_is_done(short_days, many, owned, lin, zhou, liang, in_bulk, today, way):
    for number in range(4):
        owned(lin, f"已有 {number}", class_code="4")
    before = holdings(lin, zhou)
    found = told(many, [lin, zhou], way=way, by=liang, today=today)
    run = in_bulk("deal", many, by=liang, among=[lin.pk, zhou.pk], way=way)
    after = holdings(lin, zhou)
    assert [share.count for share in found.shares] == [now - then for now, then in zip(after, before, strict=True)]
    assert sum(count for _why, count in found.left) == len(codes(run))
    assert [share.held for share in found.shares] == list(before)


def test_at_a_limit_the_rest_stays_with_the_reason(many, lin, zhou, liang, in_bulk, monkeypatch):
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"4": 149}))
    run = in_bulk("deal", many, by=liang, among=[lin.pk, zhou.pk], way="capacity")
    assert holdings(lin, zhou) == (1, 1)
    assert set(codes(run).values()) == {"stock_limit"}


def test_a_run_of_several_batches_goes_on_where_the_last_one_stood(short_days, many, lin, zhou, liang, at, monkeypatch):
    whole = told(many, [lin, zhou], way="capacity", by=liang, today=at.date())
    monkeypatch.setattr("genjin.customers.bulk.choosing.BATCH", 7)
    rows = Customer.objects.filter(pk__in=[row.pk for row in many])
    run = runs.start(verb="deal", options={"among": [lin.pk, zhou.pk], "way": "capacity"}, rows=rows, by=liang, at=at)
    carried_out(run, at)
    assert list(holdings(lin, zhou)) == [share.count for share in whole.shares]


def test_it_is_taken_back_whole(short_days, many, lin, zhou, liang, in_bulk, at):
    run = in_bulk("deal", many, by=liang, among=[lin.pk, zhou.pk], way="capacity")
    carried_out(runs.start_undo(run=run, by=liang, at=at), at)
    assert Customer.objects.in_pool().count() == 36


def test_the_page_tells_it_first_and_then_does_it(short_days, close, lin, zhou, liang, client_of):
    client = client_of(liang)
    chosen = {"chosen": [row.pk for row in close], "back": "/pool/", "sure": "1", "way": "capacity"}
    chosen["among"] = [lin.pk, zhou.pk]
    told = client.post("/customers/deal-out/", {**chosen, "preview": "1"})
    assert told.status_code == 200
    page = told.content.decode()
    assert "谁分多少" in page
    assert "大家一天排不下了" in page
    assert Customer.objects.in_pool().count() == 30
    assert not BulkRun.objects.exists()
    client.post("/customers/deal-out/", chosen)
    assert BulkRun.objects.get().options == {"among": [lin.pk, zhou.pk], "way": "capacity"}
    assert holdings(lin, zhou) != (0, 0)


def test_the_whole_filter_is_told_and_dealt(short_days, many, pooled, east_one, lin, zhou, liang, client_of):
    pooled(east_one, "不在这里", class_code="7")
    client = client_of(liang)
    given = {"whole": "1", "list": "pool=any&class=4", "sure": "1", "way": "evenly", "among": [lin.pk, zhou.pk]}
    assert "36" in client.post("/customers/deal-out/", {**given, "preview": "1"}).content.decode()
    client.post("/customers/deal-out/", given)
    assert holdings(lin, zhou) == (18, 18)
    assert Customer.objects.in_pool().get().name == "不在这里"


def test_without_anybody_chosen_the_preview_says_so(many, liang, client_of):
    answer = client_of(liang).post("/customers/deal-out/", {"chosen": [many[0].pk], "sure": "1", "preview": "1"})
    assert answer.status_code == 422
    assert "至少选一个同事" in answer.content.decode()


def test_a_resting_one_of_a_pool_above_stays(many, pooled, headquarters, lin, liang, today, at):
    row = pooled(headquarters, "总部的")
    Customer.objects.filter(pk=row.pk).update(claimable_from="2026-12-24")
    found = told([row], [lin], way="evenly", by=liang, today=today)
    assert found.dealt == 0
    assert found.left == [("还在冷却", 1)]
