"""One verb for many customers: each done or refused by the rules of one, and carried on wherever it was cut off."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers import jobs
from genjin.customers.bulk import choosing, runs
from genjin.customers.bulk.models import BulkBatch, BulkRow, BulkRun
from genjin.customers.models import Customer, SourceChannel, Tag
from genjin.customers.services.identity import change_customer
from genjin.customers.services.standing import plan_customer
from genjin.customers.tests.conftest import carried_out, codes
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(owned, lin):
    """Five customers of lin."""
    return [owned(lin, f"客户 {n}") for n in range(5)]


def begun(rows, *, by, at, verb="release", **options):
    chosen = Customer.objects.filter(pk__in=[row.pk for row in rows])
    return runs.start(verb=verb, options=options or {"reason": "清理"}, rows=chosen, by=by, at=at)


def test_tags_are_put_on_and_taken_off(mine, lin, at, in_bulk):
    change_customer(customer=mine[0], fields={}, tags=["老", "急"], by=lin, at=at)
    run = in_bulk("tag", mine[:2], by=lin, add=["展会"], remove=["急"])
    assert run.changed == 2
    assert set(mine[0].tags.values_list("name", flat=True)) == {"老", "展会"}
    assert in_bulk("tag", mine[:2], by=lin, add=["展会"], remove=["急"]).unchanged == 2


def test_fields_in_common_are_set(mine, lin, in_bulk):
    source = SourceChannel.objects.create(name="展会", position=1)
    run = in_bulk("fill", mine, by=lin, fields={"source_id": source.pk, "city": "常州"})
    assert run.changed == 5
    assert Customer.objects.filter(source=source, city="常州", version=2).count() == 5


def test_only_fields_that_many_share_are_set(mine, lin, at, refused):
    with refused("field_is_not_for_many"):
        begun(mine, by=lin, at=at, verb="fill", fields={"owner_id": 1})


def test_a_day_within_the_cycle_is_planned_and_one_past_it_needs_a_reason(mine, lin, today, in_bulk):
    near, far = (today + timedelta(days=2)).isoformat(), (today + timedelta(days=200)).isoformat()
    assert in_bulk("plan", mine, by=lin, on=near, reason="").changed == 5
    assert set(codes(in_bulk("plan", mine, by=lin, on=far, reason="")).values()) == {"reason_needed_past_cycle"}
    assert in_bulk("plan", mine, by=lin, on=far, reason="出国").changed == 5


def test_a_class_of_the_playbook_is_moved_to_by_who_leads(mine, lin, liang, in_bulk, at):
    run = in_bulk("class", mine, by=liang, to="3", playbook="telesales", reason="看过了")
    assert run.changed == 5
    assert set(codes(in_bulk("class", mine, by=liang, to="B", playbook="general", reason="看过了")).values()) == {
        "class_of_another_playbook"
    }
    with pytest.raises(NotPermitted):
        begun(mine, by=lin, at=at, verb="class", to="3", playbook="telesales", reason="看过了")


def test_many_are_closed_with_a_reason(mine, lin, in_bulk):
    run = in_bulk("close", mine[:3], by=lin, kind="dead", reason="倒闭了")
    assert run.changed == 3
    assert Customer.objects.closed().filter(closed_reason="倒闭了").count() == 3
    assert set(codes(in_bulk("close", mine[:1], by=lin, kind="dead", reason="x")).values()) == {"customer_is_closed"}


def test_each_change_is_recorded_with_its_run_and_the_run_itself(mine, lin, in_bulk):
    run = in_bulk("close", mine[:2], by=lin, kind="dead", reason="倒闭了")
    entries = Entry.objects.filter(kind="customer", verb="customer.closed")
    assert [(each.changes["bulk_run"], each.note) for each in entries] == [([None, run.pk], "倒闭了")] * 2
    assert Entry.objects.get(kind="bulk_run", subject=run.pk).changes["changed"] == [None, 2]


def test_nobody_chosen_is_refused(lin, at):
    with pytest.raises(Refused) as refused:
        begun([], by=lin, at=at)
    assert refused.value.reason.code == "nobody_chosen"


def test_a_run_killed_in_the_middle_is_carried_on_and_no_row_is_done_twice(mine, lin, at, monkeypatch):
    monkeypatch.setattr(choosing, "BATCH", 2)
    run = begun(mine, by=lin, at=at)
    whole, done = runs._write, []

    def killed(verb, changed):
        whole(verb, changed)
        done.append(len(changed))
        if len(done) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(runs, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        runs.carry_out(run, clock=lambda: at)
    assert Customer.objects.in_pool().count() == 2
    BulkRun.objects.filter(pk=run.pk).update(state="running")
    monkeypatch.setattr(runs, "_write", whole)
    assert carried_out(run, at).changed == 5
    assert set(Customer.objects.in_pool().values_list("version", flat=True)) == {2}
    assert not BulkBatch.objects.exists()


def test_a_run_that_is_stopped_does_no_more_and_can_go_on(mine, lin, at, monkeypatch):
    monkeypatch.setattr(choosing, "BATCH", 2)
    run = begun(mine, by=lin, at=at)
    runs.stop(run=run, by=lin, at=at)
    assert (carried_out(run, at).changed, run.state) == (0, "stopped")
    runs.carry_on(run=run, by=lin, at=at)
    assert (carried_out(run, at).changed, run.state) == (5, "done")


def test_a_run_whose_worker_is_gone_is_taken_up_by_the_next(mine, lin, at, clock, django_capture_on_commit_callbacks):
    run = begun(mine, by=lin, at=at - timedelta(minutes=2))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.carry_on_interrupted_bulk_runs()
    run.refresh_from_db()
    assert (run.state, run.changed) == ("done", 5)


@pytest.mark.parametrize(("broken", "state"), [(OperationalError, "running"), (ZeroDivisionError, "stopped")])
def test_a_busy_database_is_tried_again_and_a_fault_stops_it(mine, lin, at, monkeypatch, broken, state):
    run = begun(mine, by=lin, at=at)

    def fail(*_given):
        raise broken

    monkeypatch.setattr(runs, "_write", fail)
    with pytest.raises(broken):
        runs.carry_out(run, clock=lambda: at)
    run.refresh_from_db()
    assert (run.state, run.changed, Customer.objects.in_pool().count()) == (state, 0, 0)


def test_a_colleagues_run_is_not_stopped(mine, lin, zhou, at):
    run = begun(mine, by=lin, at=at)
    with pytest.raises(NotPermitted):
        runs.stop(run=run, by=zhou, at=at)


def test_what_left_the_persons_scope_meanwhile_is_left_alone(mine, zhou, liang, south, at):
    run = begun(mine, by=liang, at=at)
    Customer.objects.filter(pk=mine[0].pk).update(owner=zhou)
    Person.objects.filter(pk=liang.pk).update(unit=south)
    carried_out(run, at)
    assert (run.changed, set(codes(run).values())) == (0, {"no_longer_to_be_seen"})
    assert not Customer.objects.exclude(version=1).exists()


def test_a_run_stops_when_its_person_has_left(mine, liang, at, today):
    run = begun(mine, by=liang, at=at)
    Person.objects.filter(pk=liang.pk).update(is_active=False, left_on=today)
    carried_out(run, at)
    assert (run.state, run.stopped_because.code, run.changed) == ("stopped", "bulk_runner_has_left", 0)


def test_a_row_that_changes_its_place_in_the_list_is_met_once(mine, liang, at, monkeypatch):
    monkeypatch.setattr(choosing, "BATCH", 1)
    rows = Customer.objects.filter(class_rank__lt=90)
    options = {"to": "3", "playbook": "telesales", "reason": "看过了"}
    run = runs.start(verb="class", options=options, rows=rows, query="view=team", by=liang, at=at)
    assert (carried_out(run, at).changed, run.total) == (5, 5)


def test_undo_gives_back_what_stood_and_keeps_who_was_touched(mine, lin, liang, zhou, at, today, in_bulk):
    plan_customer(customer=mine[0], on=today + timedelta(days=1), by=lin, at=at)
    change_customer(customer=mine[1], fields={}, tags=["急"], by=lin, at=at)
    stood = {row.pk: row for row in Customer.objects.all()}
    run = in_bulk("assign", mine, by=liang, to=zhou.pk)
    plan_customer(customer=mine[4], on=today, by=zhou, at=at)
    undo = carried_out(runs.start_undo(run=run, by=liang, at=at), at)
    assert (undo.changed, codes(undo)) == (4, {mine[4].pk: "touched_since"})
    for row in Customer.objects.exclude(pk=mine[4].pk):
        before = stood[row.pk]
        assert (row.owner, row.unit, row.planned_on, row.due_on) == (
            before.owner, before.unit, before.planned_on, before.due_on
        )  # fmt: skip
    assert Customer.objects.get(pk=mine[4].pk).owner == zhou
    assert Entry.objects.filter(verb="customer.undone", note="customer.assigned").count() == 4


def test_undo_gives_back_tags_fields_and_what_was_closed(mine, lin, at, in_bulk):
    change_customer(customer=mine[0], fields={"city": "无锡"}, tags=["急"], by=lin, at=at)
    for verb, options in (
        ("tag", {"add": ["展会"], "remove": ["急"]}),
        ("fill", {"fields": {"city": "常州", "kind": "person"}}),
        ("close", {"kind": "dead", "reason": "倒闭了"}),
    ):
        run = in_bulk(verb, mine, by=lin, **options)
        assert carried_out(runs.start_undo(run=run, by=lin, at=at), at).changed == 5
    row = Customer.objects.get(pk=mine[0].pk)
    assert (row.city, row.kind, row.is_open, row.owner) == ("无锡", "org", True, lin)
    assert [tag.name for tag in row.tags.all()] == ["急"]
    assert Tag.objects.filter(customers__isnull=False).distinct().count() == 1


def test_undo_is_for_whoever_did_it_and_for_a_week(mine, lin, zhou, at, in_bulk):
    run = in_bulk("close", mine, by=lin, kind="dead", reason="倒闭了")
    for by, day, code in ((zhou, 0, "cannot_be_undone"), (lin, 8, "bulk_run_is_too_old")):
        with pytest.raises(Refused) as refused:
            runs.start_undo(run=run, by=by, at=at + timedelta(days=day))
        assert refused.value.reason.code == code


def test_undo_twice_is_one_undo_and_an_undo_is_not_undone(mine, lin, at, in_bulk):
    run = in_bulk("close", mine, by=lin, kind="dead", reason="倒闭了")
    undo = carried_out(runs.start_undo(run=run, by=lin, at=at), at)
    assert runs.start_undo(run=run, by=lin, at=at) == undo
    with pytest.raises(Refused):
        runs.start_undo(run=undo, by=lin, at=at)


def test_after_a_month_it_is_forgotten_what_was_done_to_whom(mine, lin, at, in_bulk):
    run = in_bulk("close", mine, by=lin, kind="dead", reason="倒闭了")
    runs.forget_rows(at=at + timedelta(days=31), most=2)
    assert not BulkRow.objects.exists()
    run.refresh_from_db()
    assert run.changed == 5
