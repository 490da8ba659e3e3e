"""A customer somebody has contacted, promised something or agreed a time with is not undone with its import."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.core.transfer import undoing
from genjin.customers.importing.kept import kept_rows
from genjin.customers.models import Customer
from genjin.customers.tests.importing import imported
from genjin.followups.models import CampaignSummary, Proposal, Touch
from genjin.followups.proposals.deciding import Wish, decide
from genjin.followups.proposals.morning import propose_what_days_bring
from genjin.followups.services.agreements import make_appointment, make_promise
from genjin.followups.services.corrections import undo_touch
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = pytest.mark.django_db

TEXT = "客户,电话,负责人,本次联系次数\n" + "".join(f"客户{n},1380000{n:04},lin,{n}\n" for n in range(5))


def test_work_keeps_a_customer_and_says_whose(liang, lin, at):
    run = imported(liang, at, TEXT)
    rows = {row.name: row for row in Customer.objects.all()}
    save_touch(customer=rows["客户0"], note=Note(key=uuid4(), effective=True), by=lin, at=at)
    make_promise(customer=rows["客户1"], what="发报价", by_when=at + timedelta(days=1), by=lin, at=at)
    make_appointment(customer=rows["客户2"], when=at + timedelta(days=1), by=lin, at=at)
    undoing.start_undo(run=run, by=liang, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    assert (run.removed, run.kept) == (2, 3)
    told = {row.customer.name: (row.who, row.what) for row in kept_rows(run.kept_records.all(), liang)}
    assert told["客户0"] == ("林小满", "写了小记")
    assert {name: who for name, (who, _what) in told.items()} == dict.fromkeys(["客户0", "客户1", "客户2"], "林小满")
    assert set(CampaignSummary.objects.values_list("customer__name", flat=True)) == set(told)


def test_a_note_that_was_taken_back_keeps_its_customer_too(liang, lin, at):
    run = imported(liang, at, TEXT)
    row = Customer.objects.get(name="客户3")
    saved = save_touch(customer=row, note=Note(key=uuid4(), effective=True), by=lin, at=at)
    undo_touch(touch=saved.touch, by=lin, at=at)
    undoing.start_undo(run=run, by=liang, at=at)
    undoing.carry_out_undo(run, at=at)
    assert Touch.objects.get().customer == Customer.objects.get()


def test_what_a_rule_proposes_keeps_nobody_and_what_a_person_answers_does(liang, lin, at, today):
    run = imported(liang, at, TEXT)
    entered = {"3": (today - timedelta(days=30)).isoformat()}
    Customer.objects.filter(name__in=["客户0", "客户1"]).update(class_code="3", entered_classes=entered)
    assert propose_what_days_bring(at=at) == 2
    answered = Proposal.objects.get(customer__name="客户1")
    decide(proposal=answered, wish=Wish(way="keep", reason="合同在走流程"), by=lin, at=at)
    undoing.start_undo(run=run, by=liang, at=at)
    undoing.carry_out_undo(run, at=at)
    assert [row.name for row in Customer.objects.all()] == ["客户1"]
