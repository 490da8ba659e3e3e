"""A changed playbook: its customers' dates follow only when that was asked for, and say whose change it was."""

from datetime import date

import pytest
from django.utils import translation

from genjin.core.audit.models import Entry
from genjin.customers import handlers
from genjin.customers.bulk import choosing, runs
from genjin.customers.bulk.models import BulkRun
from genjin.customers.bulk.renewing import unrenewed
from genjin.customers.models import Customer
from genjin.customers.services.standing import move_class, plan_customer, reopen_customer
from genjin.customers.tests.conftest import carried_out
from genjin.playbooks.editions.services import begin_draft, put_into_effect
from genjin.playbooks.services import variant
from genjin.playbooks.tests.changing import changed, made_current, without_class
from genjin.web.wording import word

pytestmark = pytest.mark.django_db
FASTER = {"classes.3.cycle": {"min": 2, "max": 3}}
SLOWER = {"classes.3.cycle": {"min": 5, "max": 10}}


@pytest.fixture
def customer(owned, lin, liang, at) -> Customer:
    """A normal 3 since Tuesday: due after eight working days of six-day weeks."""
    row = move_class(customer=owned(lin), to="3", reason="有意向", by=liang, at=at)
    assert row.due_on == date(2026, 12, 3)
    return row


def test_from_now_on_only_leaves_every_date(customer, qian, at):
    made_current(changed(FASTER), by=qian, at=at)
    customer.refresh_from_db()
    assert (customer.due_on, BulkRun.objects.count()) == (date(2026, 12, 3), 0)


def test_asked_for_it_is_counted_from_the_same_day_and_says_who_and_which_version(customer, qian, at):
    made_current(changed(FASTER), by=qian, at=at, dates_too=True)
    customer.refresh_from_db()
    assert customer.due_on == date(2026, 11, 27)
    with translation.override("zh-hans"):
        assert word(customer.due_why).endswith("钱立群改的周期（第 1 版）。")
    entry = Entry.objects.about("customer", customer.pk).first()
    assert (entry.verb, entry.by, entry.note) == ("customer.playbook_renewed", qian, "试一周")
    assert entry.changes["due_on"] == ["2026-12-03", "2026-11-27"]


def test_a_longer_cycle_moves_it_away_by_the_same_persons_word(customer, qian, at):
    made_current(changed(SLOWER), by=qian, at=at, dates_too=True)
    customer.refresh_from_db()
    assert (customer.due_on, customer.due_why["by"]) == (date(2026, 12, 5), "钱立群")


def test_there_and_back_gives_the_old_day(customer, qian, at):
    made_current(changed(FASTER), by=qian, at=at, dates_too=True)
    draft = begin_draft(playbook="telesales", number=0, by=qian, at=at)
    put_into_effect(draft=draft, note="回到原装", dates_too=True, by=qian, at=at)
    customer.refresh_from_db()
    assert customer.due_on == date(2026, 12, 3)


def test_a_day_that_a_person_set_stays(customer, lin, qian, at):
    plan_customer(customer=customer, on=date(2026, 12, 10), reason="出差", by=lin, at=at)
    made_current(changed(FASTER), by=qian, at=at, dates_too=True)
    customer.refresh_from_db()
    assert (customer.due_on, customer.planned_on) == (date(2026, 12, 10), date(2026, 12, 10))


def test_a_planned_day_past_the_new_last_day_is_taken_off(customer, qian, at):
    Customer.objects.filter(pk=customer.pk).update(
        planned_on=date(2026, 12, 2), planned_why={"code": "planned_first_day"}
    )
    made_current(changed(FASTER), by=qian, at=at, dates_too=True)
    customer.refresh_from_db()
    assert (customer.planned_on, customer.planned_why) == (None, {})


def test_customers_of_other_classes_and_playbooks_stay(owned, lin, fang, qian, at, customer):
    others = [owned(lin, "新客户"), owned(fang, "通用的")]
    versions = [row.version for row in others]
    made_current(changed(FASTER), by=qian, at=at, dates_too=True)
    assert [Customer.objects.get(pk=row.pk).version for row in others] == versions


def test_first_contacts_follow_their_own_figure(owned, lin, qian, at):
    new = owned(lin)
    assert new.due_why["code"] == "due_first_contact"
    made_current(changed({"classes.10.first_contact_within": 2}), by=qian, at=at, dates_too=True)
    new.refresh_from_db()
    assert (new.due_on, new.due_why["max"]) == (date(2026, 11, 26), 2)
    assert not unrenewed("telesales", ["0"]).exists()


def test_many_follow_in_the_job_killed_at_any_batch(owned, lin, liang, qian, at, monkeypatch):
    rows = [move_class(customer=owned(lin, f"客户 {n}"), to="3", reason="x", by=liang, at=at) for n in range(5)]
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    monkeypatch.setattr(choosing, "BATCH", 2)
    monkeypatch.setattr(handlers.jobs.carry_out_bulk_run, "later", lambda pk: None)
    made_current(changed(FASTER), by=qian, at=at, dates_too=True)
    run = BulkRun.objects.get()
    real, calls = runs._do, []

    def killed(*arguments, **named):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments, **named)

    monkeypatch.setattr(runs, "_do", killed)
    with pytest.raises(KeyboardInterrupt):
        runs.carry_out(run, clock=lambda: at)
    monkeypatch.setattr(runs, "_do", real)
    carried_out(run, at)
    assert (run.state, run.changed) == ("done", 5)
    assert {Customer.objects.get(pk=row.pk).due_on for row in rows} == {date(2026, 11, 27)}


def test_a_class_left_out_becomes_another_in_pools_and_files_too(owned, pooled, lin, liang, qian, east_one, at):
    mine = move_class(customer=owned(lin), to="7", reason="明年再说", by=liang, at=at)
    closed, waiting = owned(lin, "关掉的"), pooled(east_one)
    Customer.objects.filter(pk__in=[closed.pk, waiting.pk]).update(class_code="7", class_rank=8)
    Customer.objects.filter(pk=closed.pk).update(
        closed_on=date(2026, 11, 1), closed_kind="dead", due_on=None, planned_on=None
    )
    made_current(without_class("7", became="6"), by=qian, at=at)
    assert set(Customer.objects.values_list("class_code", flat=True)) == {"6"}
    mine.refresh_from_db()
    assert mine.class_rank == variant("telesales").class_of("6").rank
    assert reopen_customer(customer=closed, by=liang, at=at).class_code == "6"


def test_another_order_of_the_ladder_gives_other_ranks(customer, qian, at):
    shuffled = changed({})
    first, *others = shuffled.classes
    made_current(changed({}, held=type(shuffled)(**{**_fields(shuffled), "classes": (*others, first)})), by=qian, at=at)
    customer.refresh_from_db()
    assert customer.class_rank == variant("telesales").class_of("3").rank == 2


def _fields(playbook):
    return {name: getattr(playbook, name) for name in playbook.__struct_fields__}
