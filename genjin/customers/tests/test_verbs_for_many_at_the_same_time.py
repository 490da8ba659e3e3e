"""A run over many customers beside other work: two workers share it, one that is killed leaves it to the next."""

import os
import signal
import time
from threading import Thread

import pytest
from django.db import connection

from genjin.customers.bulk import choosing, runs
from genjin.customers.bulk.models import BulkBatch, BulkRow, BulkRun
from genjin.customers.models import Customer
from genjin.customers.search import reindex_customers
from genjin.customers.services.identity import change_customer, create_customer

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 80


@pytest.fixture
def run(transactional_db, lin, at, monkeypatch) -> BulkRun:
    """Many customers of lin that are to be released, a few to a transaction."""
    monkeypatch.setattr(choosing, "BATCH", 4)
    for n in range(MANY):
        create_customer(fields={"name": f"客户 {n}"}, owner=lin, by=lin, at=at)
    rows = Customer.objects.filter(owner=lin)
    yield runs.start(verb="release", options={"reason": "清理"}, rows=rows, by=lin, at=at)
    keys = list(Customer.objects.values_list("pk", flat=True))
    Customer.objects.all().delete()
    reindex_customers(keys)


def is_whole(run) -> None:
    """Every customer was released exactly once, and the counts say so."""
    run.refresh_from_db()
    assert (run.state, run.changed, run.refused) == ("done", MANY, 0)
    assert set(Customer.objects.values_list("owner", "version")) == {(None, 2)}
    assert BulkRow.objects.filter(run=run).count() == MANY
    assert not BulkBatch.objects.exists()


def test_two_workers_share_a_run_and_do_no_row_twice(run):
    def work() -> None:
        try:
            runs.carry_out(BulkRun.objects.get(pk=run.pk))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=600)
    is_whole(run)


def test_a_worker_killed_at_work_leaves_whole_batches_and_the_next_one_ends_it(run):
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            runs.carry_out(BulkRun.objects.get(pk=run.pk))
        finally:
            os._exit(0)  # whatever happens: it must not run the tests that follow, too
    until = time.monotonic() + 600
    while time.monotonic() < until and BulkRun.objects.get(pk=run.pk).changed < 8:
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    run.refresh_from_db()
    assert run.changed == Customer.objects.in_pool().count() == BulkRow.objects.count()
    assert run.changed % 4 == 0
    assert run.changed >= 8
    runs.carry_out(run)
    is_whole(run)


def test_who_is_changed_by_hand_meanwhile_is_released_as_they_are_now(run, lin, at):
    last = Customer.objects.order_by("pk").last()
    change_customer(customer=last, fields={"city": "常州"}, by=lin, at=at)
    runs.carry_out(run)
    last.refresh_from_db()
    assert (last.city, last.pool is None, last.version) == ("常州", False, 3)
