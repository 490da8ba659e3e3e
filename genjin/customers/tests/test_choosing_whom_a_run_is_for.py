"""Whom a run over a whole list is for is written down when it begins, however often that is begun."""

import pytest

from genjin.customers.bulk import choosing, runs
from genjin.customers.bulk.models import BulkBatch, BulkRun
from genjin.customers.models import Customer
from genjin.customers.tests.conftest import carried_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(owned, lin, at, monkeypatch) -> BulkRun:
    """A verb over the whole of lin's list: seven customers, two to a batch, four to a transaction."""
    monkeypatch.setattr(choosing, "BATCH", 2)
    monkeypatch.setattr(choosing, "BATCHES_AT_ONCE", 2)
    for n in range(7):
        owned(lin, f"客户 {n}")
    run = runs.start(verb="release", options={"reason": "清理"}, query="view=mine", by=lin, at=at)
    BulkRun.objects.filter(pk=run.pk).update(state="running")
    run.refresh_from_db()
    return run


def chosen(run) -> list[int]:
    return [key for batch in run.batches.order_by("number") for key in batch.keys]


def test_the_list_is_written_down_in_its_order(run, at):
    assert run.total == 0
    assert run.is_choosing
    assert choosing.choose(run, clock=lambda: at)
    assert (run.total, chosen(run)) == (7, list(Customer.objects.order_by("pk").values_list("pk", flat=True)))


def test_begun_anew_after_a_kill_nobody_is_written_down_twice(run, at, monkeypatch):
    write_down, steps = choosing.write_down, []

    def killed(*given, **more):
        steps.append(1)
        if len(steps) == 2:
            raise KeyboardInterrupt
        write_down(*given, **more)

    monkeypatch.setattr(choosing, "write_down", killed)
    with pytest.raises(KeyboardInterrupt):
        choosing.choose(run, clock=lambda: at)
    assert BulkBatch.objects.count() == 2
    monkeypatch.setattr(choosing, "write_down", write_down)
    assert (carried_out(run, at).state, run.total, run.changed) == ("done", 7, 7)


def test_one_who_chooses_is_overtaken_by_who_chooses_later(run, at, monkeypatch):
    other, write_down = BulkRun.objects.get(pk=run.pk), choosing.write_down

    def overtaken(*given, **more):
        monkeypatch.setattr(choosing, "write_down", write_down)
        assert choosing.choose(other, clock=lambda: at)
        return write_down(*given, first=100)

    monkeypatch.setattr(choosing, "write_down", overtaken)
    assert not choosing.choose(run, clock=lambda: at)
    run.refresh_from_db()
    assert run.total == 7


def test_who_comes_after_another_has_chosen_goes_on_with_the_batches(run, at):
    other = BulkRun.objects.get(pk=run.pk)
    assert choosing.choose(run, clock=lambda: at)
    assert choosing.choose(other, clock=lambda: at)
    assert (other.total, len(chosen(run))) == (7, 7)


def test_stopped_while_it_chooses_nobody_is_touched_and_it_can_go_on(run, lin, at):
    runs.stop(run=run, by=lin, at=at)
    assert (carried_out(run, at).state, run.changed) == ("stopped", 0)
    runs.carry_on(run=run, by=lin, at=at)
    assert (carried_out(run, at).state, run.changed) == ("done", 7)


def test_a_list_that_is_empty_by_then_ends_at_once(run, at):
    Customer.objects.update(owner=None, due_on=None, pool=Customer.objects.first().unit.pool)
    assert (carried_out(run, at).state, run.total, run.changed) == ("done", 0, 0)
