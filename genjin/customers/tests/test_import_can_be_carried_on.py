"""Whatever stops an import, nothing is half written, and carrying on ends where an undisturbed run ends."""

import json
from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.search import services as search
from genjin.core.transfer import jobs, runs
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.pace import Pace
from genjin.customers.importing.writing import Writer
from genjin.customers.models import Customer, Phone
from genjin.customers.services.identity import create_customer
from genjin.customers.tests.importing import checked, counts, imported
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "客户,电话,负责人\n" + "".join(
    f"客户{n},{'x' if n % 7 == 0 else f'1380000{n // 2:04}'},{'lin' if n % 3 else ''}\n" for n in range(95)
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch, transactional_db):
    """Batches of twenty rows."""
    monkeypatch.setattr(runs, "Pace", lambda *_: Pace(20, 20))
    # A test of real transactions is followed by emptying the tables, which forgets the words of the index on SQLite.
    list(search.repair())


def break_in_batch(monkeypatch, number: int, *, after_writing: bool) -> None:
    """The writer fails in its n-th batch, before or after its rows are written."""
    whole = Writer.write
    calls = []

    def write(self, items):
        calls.append(items)
        if len(calls) != number:
            return whole(self, items)
        if after_writing:
            whole(self, items)
        raise OSError("the power went")

    monkeypatch.setattr(Writer, "write", write)


def everything():
    """What is stored, without keys."""
    fields = ("name", "owner__sign_in", "pool__name", "due_on", "class_code")
    customers = list(Customer.objects.order_by("pk").values_list(*fields))
    phones = list(Phone.objects.order_by("pk").values_list("customer__name", "number"))
    audit = Entry.objects.filter(verb="customer.imported", kind="customer").count()
    problems = list(ImportRun.objects.get().problems.values_list("row", "column", "is_skip", "reason"))
    return customers, phones, audit, problems


@pytest.mark.parametrize("after_writing", [False, True])
def test_a_run_that_broke_off_stands_at_a_whole_batch_and_ends_as_an_undisturbed_one(
    liang, lin, at, monkeypatch, after_writing
):
    run = checked(liang, at, TEXT)
    runs.start(run=run, by=liang, at=at)
    with monkeypatch.context() as patched:
        break_in_batch(patched, 3, after_writing=after_writing)
        with pytest.raises(OSError, match="power"):
            runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.done, json.loads(run.message)["code"]) == ("failed", 40, "import_broke_off")
    assert run.created + run.skipped + run.failed == 40
    assert Customer.objects.count() == run.created
    assert search.check() == []

    runs.start(run=run, by=liang, at=at)
    runs.carry_out(run, at=at)
    resumed = everything()
    run.refresh_from_db()
    assert (run.state, run.message, run.created + run.skipped + run.failed) == ("done", "", 95)

    for model in (Phone, Customer, Entry):
        model.objects.all().delete()
    ImportRun.objects.all().delete()
    imported(liang, at, TEXT)
    assert everything() == resumed


def test_a_killed_worker_leaves_a_run_that_is_found_and_carried_on(liang, lin, at, clock, monkeypatch):
    run = checked(liang, at, TEXT)
    runs.start(run=run, by=liang, at=at)

    class Killed(BaseException):
        pass

    with monkeypatch.context() as patched:
        patched.setattr(runs, "write_problems", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.done) == ("running", 0)
    jobs.carry_on_interrupted_runs()
    run.refresh_from_db()
    assert run.state == "running"
    clock.shift(timedelta(seconds=jobs.SILENT_SECONDS + 1))
    jobs.carry_on_interrupted_runs()
    run.refresh_from_db()
    assert (run.state, run.created + run.skipped + run.failed) == ("done", 95)


def test_two_workers_on_one_run_write_every_row_once(liang, lin, at, monkeypatch):
    run = checked(liang, at, TEXT)
    runs.start(run=run, by=liang, at=at)
    whole = runs._take_turn
    other = []

    def interrupted(own_run, importer, first, others, done, pace):
        if done == 40 and not other:
            other.append(True)
            runs.carry_out(ImportRun.objects.get(pk=run.pk), at=at)
        return whole(own_run, importer, first, others, done, pace)

    monkeypatch.setattr(runs, "_take_turn", interrupted)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.created + run.skipped + run.failed) == ("done", 95)
    assert Customer.objects.count() == run.created


def test_a_customer_made_while_a_batch_was_judged_is_still_a_duplicate(liang, lin, at, monkeypatch):
    run = checked(liang, at, "客户,电话\n甲,13812345678\n乙,13912345678\n")
    runs.start(run=run, by=liang, at=at)
    whole = runs._take_turn
    made = []

    def interrupted(own_run, importer, first, others, done, pace):
        if not made:
            made.append(create_customer(fields={"name": "快一步"}, phones=["13912345678"], owner=lin, by=lin, at=at))
        return whole(own_run, importer, first, others, done, pace)

    monkeypatch.setattr(runs, "_take_turn", interrupted)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert counts(run) == (2, 1, 1, 0)
    assert Phone.objects.filter(number="13912345678").count() == 1


def test_running_a_finished_import_again_changes_nothing(liang, lin, at):
    run = imported(liang, at, TEXT)
    before = (counts(run), everything())
    runs.start(run=run, by=liang, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (counts(run), everything()) == before


def test_somebody_who_leaves_while_the_file_runs_is_given_nothing(liang, lin, at, monkeypatch):
    run = checked(liang, at, TEXT)
    runs.start(run=run, by=liang, at=at)
    Person.objects.filter(pk=lin.pk).update(is_active=False, left_on=at.date())
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert run.state == "done"
    assert not Customer.objects.filter(owner=lin).exists()
    assert run.problems.filter(reason__code="named_owner_has_left").exists()


def test_somebody_who_leaves_between_judging_and_writing_is_given_nothing_either(liang, lin, at, monkeypatch):
    run = checked(liang, at, TEXT)
    runs.start(run=run, by=liang, at=at)
    whole = runs._take_turn

    def interrupted(own_run, importer, first, others, done, pace):
        if done == 40:
            Person.objects.filter(pk=lin.pk).update(is_active=False, left_on=at.date())
        return whole(own_run, importer, first, others, done, pace)

    monkeypatch.setattr(runs, "_take_turn", interrupted)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.created + run.skipped + run.failed) == ("done", 95)
    left = run.problems.filter(reason__code="named_owner_has_left")
    assert {problem.row > 41 for problem in left} == {True}
    assert Customer.objects.filter(owner=lin).count() == 13
