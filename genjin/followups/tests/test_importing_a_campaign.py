"""A file's campaign columns at customers who are there: filled or overwritten field by field, and given back."""

import pytest

from genjin.core.transfer import undoing
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.tests.importing import checked, imported
from genjin.followups.models import CampaignSummary

pytestmark = pytest.mark.django_db

UPDATE = {"mode": "update", "key": "external_id"}
FIELDS = ("attempts", "is_won", "outcome", "last_call_seconds", "earlier_contacts")


@pytest.fixture
def yimei(lin, at) -> Customer:
    return create_customer(fields={"name": "怡美", "external_id": "K1"}, owner=lin, by=lin, at=at)


def campaign(row: Customer) -> tuple | None:
    return CampaignSummary.objects.filter(customer=row).values_list(*FIELDS).first()


def undone(run, by, at):
    undoing.start_undo(run=run, by=by, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    return run


def test_what_is_empty_is_filled_and_what_stands_is_left(liang, yimei, at):
    CampaignSummary.objects.create(customer=yimei, attempts=3, outcome="考虑")
    imported(liang, at, "编号,客户,本次联系次数,活动结果,最后通话时长\nK1,怡美,9,拒绝,60\n", **UPDATE)
    assert campaign(yimei) == (3, False, "考虑", 60, 0)


def test_overwriting_changes_the_fields_of_the_file_and_no_others(liang, yimei, at):
    CampaignSummary.objects.create(customer=yimei, attempts=3, outcome="考虑", earlier_contacts=2)
    rules = {"campaign_attempts": "overwrite", "campaign_outcome": "overwrite"}
    text = "编号,客户,本次联系次数,活动结果\nK1,怡美,9,\n"
    told = checked(liang, at, text, rules=rules, **UPDATE).preview["changes"]["examples"]
    assert told[0]["changes"] == {"campaign_attempts": [3, 9]}
    imported(liang, at, text, rules=rules, **UPDATE)
    assert campaign(yimei) == (9, False, "考虑", None, 2)


def test_undoing_gives_back_the_summary_that_was_overwritten(liang, yimei, at):
    CampaignSummary.objects.create(customer=yimei, attempts=3, outcome="考虑")
    text = "编号,客户,本次联系次数,是否成交\nK1,怡美,9,是\nK1,怡美,10,\n"
    run = imported(liang, at, text, rules={"campaign_attempts": "overwrite"}, **UPDATE)
    assert campaign(yimei) == (10, True, "考虑", None, 0)
    run = undone(run, liang, at)
    assert campaign(yimei) == (3, False, "考虑", None, 0)
    assert (run.restored, run.kept, run.kept_records.count()) == (1, 0, 0)


def test_undoing_takes_a_summary_away_that_was_not_there_before(liang, yimei, at):
    run = imported(liang, at, "编号,客户,本次联系次数\nK1,怡美,9\n", **UPDATE)
    assert campaign(yimei) == (9, False, "", None, 0)
    undone(run, liang, at)
    assert campaign(yimei) is None


def test_a_summary_changed_since_stays_and_is_listed(liang, yimei, at):
    first = imported(liang, at, "编号,客户,本次联系次数,城市\nK1,怡美,9,无锡\n", **UPDATE)
    imported(liang, at, "编号,客户,本次联系次数\nK1,怡美,12\n", rules={"campaign_attempts": "overwrite"}, **UPDATE)
    first = undone(first, liang, at)
    yimei.refresh_from_db()
    assert (campaign(yimei)[0], yimei.city) == (12, "")
    assert first.kept_records.get().is_part


def test_a_customer_made_by_one_row_and_told_more_by_the_next_has_both(liang, lin, at):
    imported(liang, at, "编号,客户,负责人,本次联系次数,活动结果\nK9,新的,lin,9,\nK9,新的,lin,,拒绝\n", **UPDATE)
    assert campaign(Customer.objects.get(external_id="K9")) == (9, False, "拒绝", None, 0)
