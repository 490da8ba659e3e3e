"""A real campaign: 45,211 customers of a bank come in as one file, and its figures come out as others reckoned them."""

from pathlib import Path

import pytest
from django.db.models import Sum

from genjin.core.audit.models import Entry
from genjin.core.transfer import runs
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, CampaignSummary, Promise, Touch
from genjin.followups.rules import contacts_in_all, yields_by_contact, yields_to

FILE = Path(__file__).parents[3] / "shared/data/bank_marketing/bank-full.csv"

pytestmark = [
    pytest.mark.scenario,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason="the bank's file stands beside the checkout, in ../shared/data"),
]


@pytest.fixture
def bank(qian, at):
    """The file imported by the owner into the headquarters' pool, as persons named by their row."""
    pieces = (piece for piece in [FILE.read_bytes()])
    run = runs.receive(kind="customer", pieces=pieces, file_name=FILE.name, by=qian, at=at)
    options = {"name_from_row": True, "kind": "person", "pool": qian.unit.pool.pk}
    runs.choose(run=run, mapping=run.mapping, options=options, by=qian, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    assert run.preview["counts"] == {"rows": 45211, "create": 45211, "change": 0, "same": 0, "skip": 0, "error": 0}
    runs.start(run=run, by=qian, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    return run


def test_the_bank_file_comes_in_whole_and_says_what_it_said_before(bank, qian, at):
    assert (bank.state, bank.rows, bank.created, bank.skipped, bank.failed) == ("done", 45211, 45211, 0, 0)
    recognised = {title: field for title, field in bank.mapping.items() if field}
    assert recognised == {
        "campaign": "campaign_attempts",
        "y": "campaign_won",
        "duration": "campaign_last_call",
        "previous": "campaign_earlier",
        "poutcome": "campaign_outcome",
    }
    assert Customer.objects.filter(kind="person", pool=qian.unit.pool).count() == 45211
    assert list(Customer.objects.order_by("pk").values_list("name", flat=True)[:2]) == ["bank-full 2", "bank-full 3"]
    assert Entry.objects.filter(verb="customer.imported", kind="customer").count() == 45211

    # The figures of ../shared/data/README.md, reckoned there with other tools.
    counts = CampaignSummary.objects.visible_to(qian).counts_by_attempt()
    assert yields_to(counts) == [(1, 17544, 2561), (2, 12505, 1401), (3, 5521, 618), (4, 3522, 317), (5, 6119, 392)]
    shares = [round(found.share * 100, 2) for found in yields_by_contact(counts)]
    assert shares == [5.66, 5.06, 4.08, 3.29, 2.27, 2.11, 1.53]
    assert contacts_in_all(counts) == 124956
    assert sum(won for _clients, won in counts.values()) == 5289
    totals = CampaignSummary.objects.aggregate(seconds=Sum("last_call_seconds"), earlier=Sum("earlier_contacts"))
    lines = [line.split(";") for line in FILE.read_text().splitlines()[1:]]
    assert totals == {"seconds": sum(int(x[11]) for x in lines), "earlier": sum(int(x[14]) for x in lines)}

    # The file has no date of any contact, so there is none.
    assert not Touch.objects.exists()
    assert not Appointment.objects.exists()
    assert not Promise.objects.exists()
    assert not Customer.objects.exclude(last_effective_on=None, last_touch_at=None, planned_on=None).exists()
    assert not Customer.objects.exclude(attempts=0, effective_contacts=0).exists()
    assert not Customer.objects.filter(phones__isnull=False).exists()

    # Sent a second time, nobody comes in twice.
    again = runs.receive(kind="customer", pieces=[FILE.read_bytes()], file_name=FILE.name, by=qian, at=at)
    runs.choose(run=again, mapping=again.mapping, options={**bank.options, "again": True}, by=qian, at=at)
    again.refresh_from_db()
    runs.check(again, at=at)
    again.refresh_from_db()
    assert again.preview["counts"] == {"rows": 45211, "create": 0, "change": 0, "same": 0, "skip": 45211, "error": 0}
