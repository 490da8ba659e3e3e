"""Rows without an owner are dealt out evenly to the pool's team up to the limits, the rest lies in the pool."""

import pytest

from genjin.core.transfer import runs
from genjin.core.transfer.pace import Pace
from genjin.customers.models import Customer
from genjin.customers.tests.importing import checked, imported, reasons
from genjin.playbooks.services import playbook_for

pytestmark = pytest.mark.django_db


def rows(count: int, start: int = 0, class_code: str = "") -> str:
    return "".join(f"客户{n},,{class_code}\n" for n in range(start, start + count))


HEAD = "客户,负责人,类别\n"


def held(person) -> int:
    return Customer.objects.owned_by(person).count()


def test_everybody_gets_as_many(liang, lin, zhou, at):
    run = imported(liang, at, HEAD + "甲,lin,\n" + rows(9), give_to="deal")
    assert (held(lin), held(zhou)) == (5, 5)
    assert run.preview["dealt"] == {"rows": 9, "people": 2, "left": 0, "pool": liang.unit.pool.name}
    assert all(made.due_on for made in Customer.objects.all())


def test_what_is_beyond_the_limits_lies_in_the_pool_and_is_said(liang, lin, zhou, at, east_one):
    text = HEAD + rows(130, class_code="5")
    run = imported(liang, at, text, give_to="deal", pool=east_one.pool.pk)
    dealt = run.preview["dealt"]
    limit = playbook_for(east_one.pk).class_of("5").limit
    assert held(lin) == held(zhou) == limit
    assert (dealt["rows"], dealt["left"]) == (2 * limit, 130 - 2 * limit)
    assert Customer.objects.in_pool().count() == 130 - 2 * limit


def test_what_is_left_and_has_a_class_the_pool_does_not_know_is_an_error(liang, lin, zhou, at):
    run = imported(liang, at, HEAD + rows(130, class_code="5"), give_to="deal")
    assert run.created == held(lin) + held(zhou)
    assert {code for _column, code in reasons(run).values()} <= {"class_unknown"}
    assert run.created + run.failed == 130


def test_a_run_that_is_carried_on_deals_as_if_it_had_never_stopped(liang, lin, zhou, at, monkeypatch):
    monkeypatch.setattr(runs, "Pace", lambda *_: Pace(5, 5))
    run = checked(liang, at, HEAD + "甲,lin,\n乙,lin,\n" + rows(13), give_to="deal")
    runs.start(run=run, by=liang, at=at)
    real, calls = runs._take_turn, []

    def broken(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(*arguments)

    monkeypatch.setattr(runs, "_take_turn", broken)
    with pytest.raises(RuntimeError):
        runs.carry_out(run, at=at)
    runs.start(run=run, by=liang, at=at)
    runs.carry_out(run, at=at)
    assert sorted((held(lin), held(zhou))) == [7, 8]
