"""A long file is judged by a process of its own while this one writes: nothing is other than in a short one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, connections  # noqa: F401  `connection` is asked in a mark

from genjin.core.search import services as search
from genjin.core.transfer import ahead, files, runs
from genjin.core.transfer.judging import Batch
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.pace import Pace
from genjin.customers.models import Customer, Phone
from genjin.customers.services.identity import create_customer
from genjin.customers.tests.importing import checked, counts

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "客户,电话,联系人,负责人,标签,来源,跟进日期,跟进内容,联系次数,是否成交\n" + "".join(
    f"客户{n},{'x' if n % 7 == 0 else f'1380000{n // 2:04}'},张{n},{'lin' if n % 3 else ''},展会、老客,转介绍,"
    f"2026-11-0{n % 9 + 1},要样册,{n % 4},{'是' if n % 5 == 0 else ''}\n"
    for n in range(95)
)


@pytest.fixture(autouse=True)
def judges(monkeypatch, transactional_db):
    """Those that were started, each standing before a row is written; batches of twenty rows."""
    started = []

    class Prompt(ahead.Judge):
        def __init__(self, *given):
            super().__init__(*given)
            started.append(self)
            while not self.is_ready and self._process.poll() is None:
                time.sleep(0.01)

    monkeypatch.setattr(runs, "Judge", Prompt)
    monkeypatch.setattr(runs, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(runs, "Pace", lambda *_: Pace(20, 20))
    # A test of real transactions is followed by emptying the tables, which forgets the words of the index on SQLite.
    list(search.repair())
    return started


def started(liang, at, text=TEXT) -> ImportRun:
    run = checked(liang, at, text)
    runs.start(run=run, by=liang, at=at)
    return run


def everything():
    """What is stored of the customers, without keys."""
    fields = ("name", "owner__sign_in", "pool__name", "due_on", "class_code", "source__name", "tags__name",
              "dated_remarks__on", "dated_remarks__text", "contact_people__name", "phones__number",
              "campaign__attempts", "campaign__is_won")  # fmt: skip
    return list(Customer.objects.order_by("name", *fields[6:]).values_list(*fields))


def test_it_ends_as_a_file_that_is_judged_here(liang, lin, at, judges, monkeypatch):
    run = started(liang, at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (len(judges), run.state, counts(run)) == (1, "done", (95, 48, 33, 14))
    assert search.check() == []
    ahead_of_it, problems = everything(), list(run.problems.values_list("row", "column", "is_skip", "reason", "cells"))
    for model in (Phone, Customer, ImportRun):
        model.objects.all().delete()
    monkeypatch.setattr(runs, "WORTH_A_PROCESS", 1000)
    run = started(liang, at)
    runs.carry_out(run, at=at)
    assert (len(judges), everything()) == (1, ahead_of_it)
    assert list(run.problems.values_list("row", "column", "is_skip", "reason", "cells")) == problems


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has room for several writers")
@pytest.mark.parametrize(("waits", "rows"), [((True,), 20), ((False, True), 40), ((False, False, False), 60)])
def test_sqlites_one_writer_goes_on_until_somebody_waits(monkeypatch, waits, rows):
    asked = iter(waits)
    monkeypatch.setattr(type(connections["default"]), "is_wanted", property(lambda _connection: next(asked)))
    monkeypatch.setattr(runs, "_import_batch", lambda *_: True)
    batches = iter([(Batch(rows=20), lambda: True)] * 2 + [(Batch(rows=20), lambda: False)])
    assert runs._take_turn(None, None, next(batches), batches, 0, Pace()) == rows


def test_what_is_not_ready_is_not_waited_for_with_the_door_closed(monkeypatch):
    monkeypatch.setattr(type(connections["default"]), "is_wanted", False, raising=False)
    monkeypatch.setattr(runs, "_import_batch", lambda *_: True)
    batches = iter([(Batch(rows=20), lambda: False)] * 2)
    assert runs._take_turn(None, None, next(batches), batches, 0, Pace()) == 20


def test_a_helper_that_is_killed_is_done_without(liang, lin, at, judges, monkeypatch):
    run = started(liang, at)
    whole = runs._take_turn

    def interrupted(own_run, importer, first, others, done, pace):
        judges[0]._process.kill()
        judges[0]._process.wait()
        return whole(own_run, importer, first, others, done, pace)

    monkeypatch.setattr(runs, "_take_turn", interrupted)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (len(judges), run.state, counts(run)) == (1, "done", (95, 48, 33, 14))
    assert Customer.objects.count() == 48


def test_where_no_process_can_be_had_the_file_is_judged_here(liang, lin, at, monkeypatch):
    def refused(*_given):
        raise OSError("no more processes")

    run = started(liang, at)
    monkeypatch.setattr(runs, "Judge", refused)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, counts(run)) == ("done", (95, 48, 33, 14))


def test_a_customer_made_meanwhile_is_still_a_duplicate(liang, lin, at, judges, monkeypatch):
    run = started(liang, at, "客户,电话\n甲,13812345678\n乙,13912345678\n")
    whole = runs._take_turn

    def interrupted(own_run, importer, first, others, done, pace):
        if not Customer.objects.exists():
            create_customer(fields={"name": "快一步"}, phones=["13912345678"], owner=lin, by=lin, at=at)
        return whole(own_run, importer, first, others, done, pace)

    monkeypatch.setattr(runs, "_take_turn", interrupted)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (len(judges), counts(run)) == (2, (2, 1, 1, 0))
    assert Phone.objects.filter(number="13912345678").count() == 1


def test_what_refuses_the_file_there_is_said_here(liang, lin, at, judges):
    run = started(liang, at)
    path = files.path_of(run)
    path.write_text(TEXT + f'客户96,"{"x" * 1_000_001}"\n', encoding="utf-8")
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.stopped_because.code, run.done) == ("failed", "file_row_unreadable", 80)


def test_an_error_there_is_raised_here_with_where_it_came_from(liang, lin, at, judges):
    run = started(liang, at)
    ImportRun.objects.filter(pk=run.pk).update(options={**run.options, "day_orders": 7})
    judge = runs.Judge(run, at)
    try:
        with pytest.raises(ahead.Broken, match="RowReader"):
            list(judge.batches(0, Pace(20, 20)))
    finally:
        judge.close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes cannot be looked at here")
def test_it_ends_with_who_started_it(liang, lin, at, tmp_path):
    run = started(liang, at)
    start = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from django.conf import settings\n"
        f"connection.settings_dict['NAME'] = {str(runs.connection.settings_dict['NAME'])!r}\n"
        "from django.utils import timezone\n"
        "from genjin.core.transfer.ahead import Judge\n"
        "from genjin.core.transfer.models import ImportRun\n"
        f"judge = Judge(ImportRun.objects.get(pk={run.pk}), timezone.now())\n"
        "while not judge.is_ready: pass\n"
        "print(judge._process.pid, flush=True)\n"
        "import time; time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", start],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "genjin.config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(3000):
        if has_ended(pid):
            return
        time.sleep(0.01)
    raise AssertionError("it lives on")


def has_ended(pid: int) -> bool:
    """Nobody waits for a process whose parent is gone, in some containers not even the first one."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True
