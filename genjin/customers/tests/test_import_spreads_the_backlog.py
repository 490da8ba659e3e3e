"""Customers who are overdue as soon as they are imported get a day each, within what their owner can do."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from genjin.core.audit.models import Entry
from genjin.core.transfer import runs, undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.backlog import place_backlog
from genjin.customers.models import Customer
from genjin.customers.tests.importing import checked, imported

pytestmark = pytest.mark.django_db


def silent(count: int, *, owner: str = "lin", cls: str = "4", on: str = "2026-06-01") -> str:
    rows = "".join(f"客户{n},1380000{n:04},{owner},{cls},{on}\n" for n in range(count))
    return "客户,电话,负责人,类别,上次联系\n" + rows


def planned() -> list[tuple[date, int]]:
    return sorted(Counter(Customer.objects.values_list("planned_on", flat=True)).items())


def test_the_preview_says_how_many_days_it_takes(liang, lin, at):
    run = checked(liang, at, silent(100))
    assert run.preview["backlog"] == [
        {"name": "林小满", "count": 100, "days": 3, "a_day": 40, "last_on": "2026-11-26", "left": 0}
    ]


def test_each_gets_a_day_and_is_still_overdue(liang, lin, at):
    imported(liang, at, silent(100))
    assert planned() == [(date(2026, 11, 24), 40), (date(2026, 11, 25), 40), (date(2026, 11, 26), 20)]
    assert Customer.objects.filter(due_on__lt=date(2026, 11, 24), version=1).count() == 100
    assert Customer.objects.first().planned_why["code"] == "planned_backlog"


def test_after_the_shift_it_begins_on_the_next_working_day(liang, lin):
    saturday_night = datetime(2026, 11, 28, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    imported(liang, saturday_night, silent(41))
    assert planned() == [(date(2026, 11, 30), 40), (date(2026, 12, 1), 1)]


def test_what_stands_on_a_day_already_counts(liang, lin, at):
    there = "客户,负责人,下次联系\n" + "".join(f"已排{n},lin,2026-11-24\n" for n in range(39))
    imported(liang, at, there)
    run = imported(liang, at, silent(3))
    assert planned() == [(date(2026, 11, 24), 40), (date(2026, 11, 25), 2)]
    assert run.preview["backlog"][0]["days"] == 2


def test_key_customers_come_first_then_the_longest_overdue(liang, lin, at):
    lin.daily_slots = 1
    lin.save()
    text = "客户,负责人,类别,上次联系\n普通近,lin,4,2026-08-01\n普通久,lin,4,2026-05-01\n重点,lin,k4,2026-09-01\n"
    imported(liang, at, text.replace("k4", "4k"))
    names = Customer.objects.order_by("planned_on").values_list("name", flat=True)
    assert list(names) == ["重点", "普通久", "普通近"]


def test_what_has_no_place_in_three_months_is_said_and_stands_on_no_day(liang, lin, at):
    lin.daily_slots = 1
    lin.save()
    run = imported(liang, at, silent(70))
    assert run.preview["backlog"][0]["left"] == 4
    assert Customer.objects.filter(planned_on=None).count() == 4


def test_who_is_not_overdue_or_has_a_day_to_come_is_left_alone(liang, lin, at):
    text = "客户,负责人,类别,上次联系,下次联系\n新,lin,,,\n近,lin,4,2026-11-20,\n约好,lin,4,2026-11-20,2026-11-27\n"
    imported(liang, at, text)
    assert dict(Customer.objects.values_list("name", "planned_on")) == {
        "新": None, "近": None, "约好": date(2026, 11, 27),
    }  # fmt: skip


def test_placed_once_nobody_is_placed_again(liang, lin, at):
    run = imported(liang, at, silent(50))
    before = list(Customer.objects.order_by("pk").values())
    assert place_backlog(run, at=at + timedelta(days=2)) == 0
    assert list(Customer.objects.order_by("pk").values()) == before


def test_killed_before_it_was_spread_it_is_spread_when_carried_on(liang, lin, at, monkeypatch):
    run = checked(liang, at, silent(50))
    runs.start(run=run, by=liang, at=at)
    with monkeypatch.context() as patch:
        patch.setattr("genjin.customers.importing.importer.place_backlog", _killed)
        with pytest.raises(KeyboardInterrupt):
            runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.done, planned()) == (ImportRun.State.RUNNING, 50, [(None, 50)])
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, planned()) == ("done", [(date(2026, 11, 24), 40), (date(2026, 11, 25), 10)])


def _killed(*_args, **_more):
    raise KeyboardInterrupt


def test_a_customer_who_was_there_is_placed_with_a_record_and_given_back(liang, lin, at):
    imported(liang, at, "客户,电话,负责人,类别\n老客户,13800000001,lin,4\n")
    before = Customer.objects.values().get()
    text = "客户,电话,上次联系\n老客户,13800000001,2026-06-01\n"
    run = imported(liang, at, text, mode="update", key="phone", rules={"last_effective_on": "overwrite"})
    row = Customer.objects.get()
    assert (row.due_on < date(2026, 11, 24), row.planned_on) == (True, date(2026, 11, 24))
    assert run.preview["backlog"][0]["count"] == 1
    assert Entry.objects.filter(verb="customer.backlog_planned", subject=row.pk).count() == 1
    undoing.start_undo(run=run, by=liang, at=at)
    undoing.carry_out_undo(run, at=at)
    after = Customer.objects.values().get()
    assert {**after, "version": 0} == {**before, "version": 0}
