"""A large unit works by another playbook: its customers come along a batch at a time, and none is ever in between."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers import handlers, jobs
from genjin.customers.bulk import choosing, runs
from genjin.customers.bulk.models import BulkBatch, BulkRow, BulkRun
from genjin.customers.models import Customer
from genjin.customers.services.ownership import claim_customer, stock_of
from genjin.customers.services.standing import move_class, plan_customer
from genjin.customers.tests.conftest import carried_out
from genjin.organization.models import Person
from genjin.playbooks.services import adopt_playbook, playbook_for

pytestmark = pytest.mark.django_db
MANY = 7


@pytest.fixture
def customers(owned, pooled, lin, east_one):
    return [owned(lin, f"客户 {n}") for n in range(4)] + [pooled(east_one, f"公海 {n}") for n in range(3)]


@pytest.fixture
def run(customers, east_one, qian, at, monkeypatch) -> BulkRun:
    """The run of a unit that is too large for a request: begun, nobody mapped yet."""
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    monkeypatch.setattr(choosing, "BATCH", 2)
    monkeypatch.setattr(handlers.jobs.carry_out_bulk_run, "later", lambda pk: None)
    adopt_playbook(unit=east_one, playbook="general", by=qian, at=at)
    return BulkRun.objects.get()


def by_playbook(playbook: str) -> int:
    return Customer.objects.filter(playbook=playbook).count()


def one_batch(run, at) -> None:
    BulkRun.objects.filter(pk=run.pk).update(state="running")
    run.refresh_from_db()
    assert choosing.choose(run, clock=lambda: at)
    assert runs._do(run, run.batches.order_by("number").first(), at=at)


def test_a_small_unit_is_mapped_with_the_adoption(customers, east_one, qian, at):
    adopt_playbook(unit=east_one, playbook="general", by=qian, at=at)
    assert (by_playbook("general"), BulkRun.objects.get().state) == (MANY, "done")
    assert Entry.objects.filter(verb="customer.playbook_changed", by=qian).count() == MANY


def test_a_large_one_is_mapped_by_the_job_and_every_row_is_on_record(run, at):
    assert (run.state, by_playbook("telesales")) == ("queued", MANY)
    carried_out(run, at)
    assert (run.state, run.total, run.changed) == ("done", MANY, MANY)
    playbook = playbook_for(Customer.objects.first().unit_id)
    assert all(playbook.has_class(row.class_code) for row in Customer.objects.all())
    assert Entry.objects.filter(verb="customer.playbook_changed").count() == MANY
    assert not BulkBatch.objects.exists()


def test_no_last_day_moves_away_by_it(run, at):
    before = dict(Customer.objects.filter(pool=None).values_list("pk", "due_on"))
    carried_out(run, at)
    assert all(row.due_on <= before[row.pk] for row in Customer.objects.filter(pool=None))


def test_whose_turn_has_not_come_works_by_the_class_it_has(run, lin, liang, at):
    one_batch(run, at)
    waiting = Customer.objects.filter(playbook="telesales", owner=lin).first()
    plan_customer(customer=waiting, on=at.date(), by=lin, at=at)
    move_class(customer=waiting, to="3", reason="看过了", by=liang, at=at)
    waiting.refresh_from_db()
    assert (waiting.playbook, waiting.class_code) == ("telesales", "3")
    carried_out(run, at)
    waiting.refresh_from_db()
    assert (waiting.playbook, run.state) == ("general", "done")


def test_who_is_claimed_meanwhile_is_mapped_in_passing(run, lin, at):
    row = claim_customer(customer=Customer.objects.filter(owner=None).last(), by=lin, at=at)
    assert row.playbook == "general"
    carried_out(run, at)
    assert (run.changed, by_playbook("general")) == (MANY - 1, MANY)


def test_who_came_with_the_old_class_meanwhile_is_met_at_the_end(run, customers, at):
    one_batch(run, at)
    late = Customer.objects.filter(playbook="general").first()
    Customer.objects.filter(pk=late.pk).update(playbook="telesales", class_code="5", class_rank=4)
    carried_out(run, at)
    assert (by_playbook("telesales"), run.total, run.changed) == (0, MANY + 1, MANY + 1)


def test_the_day_and_the_limits_count_the_class_that_is_to_be(run, lin, at, client_of):
    one_batch(run, at)
    playbook = playbook_for(lin.unit_id)
    assert sum(stock_of(lin, playbook).values()) == 4
    assert all(playbook.has_class(code) for code in stock_of(lin, playbook))


def test_pages_hold_while_it_is_under_way(run, lin, liang, qian, at, clock, client_of):
    one_batch(run, at)
    for row in Customer.objects.all():
        assert client_of(lin).get(f"/customers/{row.pk}/").status_code == 200
    for row in Customer.objects.filter(owner=lin):
        assert client_of(lin).get(f"/customers/{row.pk}/note/").status_code == 200
        assert client_of(liang).get(f"/customers/{row.pk}/class/").status_code == 200
    for person, address in ((lin, "/today/"), (lin, "/customers/"), (lin, "/pool/"), (liang, "/team/")):
        assert client_of(person).get(address).status_code == 200
    page = client_of(qian).get("/settings/playbooks/").content.decode()
    assert f'href="/customers/bulk/{run.pk}/"' in page
    assert "2 / 7" in page


def test_it_is_not_stopped_and_not_taken_back(run, qian, at, client_of):
    with pytest.raises(Refused) as refused:
        runs.stop(run=run, by=qian, at=at)
    assert refused.value.reason.code == "bulk_run_goes_on"
    client = client_of(qian)
    page = client.get(f"/customers/bulk/{run.pk}/").content.decode()
    assert "/stop/" not in page
    client.post(f"/customers/bulk/{run.pk}/stop/")
    assert carried_out(run, at).state == "done"
    assert "/undo/" not in client.get(f"/customers/bulk/{run.pk}/").content.decode()
    with pytest.raises(Refused):
        runs.start_undo(run=run, by=qian, at=at)
    assert not BulkRow.objects.exists()


def test_it_goes_on_when_whoever_began_it_has_left(run, qian, at, today):
    Person.objects.filter(pk=qian.pk).update(is_active=False, left_on=today)
    assert (carried_out(run, at).state, by_playbook("general")) == ("done", MANY)


def test_one_whose_worker_was_killed_is_taken_up_by_the_next(run, at, clock, monkeypatch):
    one_batch(run, at)
    BulkRun.objects.filter(pk=run.pk).update(progress_at="2026-11-24T00:00:00Z")
    monkeypatch.setattr(jobs.carry_out_bulk_run, "later", lambda pk: jobs.carry_out_bulk_run(pk))
    jobs.carry_on_interrupted_bulk_runs()
    run.refresh_from_db()
    assert (run.state, run.changed, by_playbook("general")) == ("done", MANY, MANY)
