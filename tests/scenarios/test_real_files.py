"""Files that nobody wrote for Genjin, from upload to customers on the screen; skipped where the folder is not there."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from genjin.core.transfer.models import ImportRun
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.duplicates.searching import carry_out
from genjin.customers.duplicates.services import queue_search
from genjin.customers.models import Customer, Phone

FOLDER = Path(__file__).parents[3] / "shared/data"

pytestmark = [
    pytest.mark.scenario,
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason="the public files stand beside the checkout, in ../shared/data"),
]


@pytest.fixture
def send(client_of, liang):
    """Choose a file as a person does; the run, and the page on which its columns are matched."""

    def sent(name: str) -> tuple[ImportRun, str]:
        client = client_of(liang)
        file = SimpleUploadedFile(Path(name).name, (FOLDER / name).read_bytes())
        answer = client.post(reverse("import_customers"), {"file": file})
        assert answer.status_code == 303
        return ImportRun.objects.get(), client.get(answer["Location"]).content.decode()

    return sent


@pytest.fixture
def take_as_proposed(client_of, liang, django_capture_on_commit_callbacks):
    """Say yes to everything that is proposed, into one's own pool."""

    def taken(run: ImportRun, **choices) -> ImportRun:
        client = client_of(liang)
        answers = {f"column-{place}": run.mapping[title] for place, title in enumerate(run.header)}
        answers |= {"pool": liang.unit.pool.pk, "give_to": "pool", "kind": "org", **choices}
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("import_columns", args=[run.pk]), answers)
        assert client.get(reverse("import_run", args=[run.pk])).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("import_start", args=[run.pk]))
        run.refresh_from_db()
        assert run.state == "done"
        assert client.get(reverse("import_run", args=[run.pk])).status_code == 200
        assert run.created + run.skipped + run.failed == run.rows
        first = Customer.objects.filter(import_run=run).earliest("pk")
        assert first.name in client.get(reverse("customer", args=[first.pk])).content.decode().replace("&amp;", "&")
        return run

    return taken


def test_accounts_of_salesforce_come_in_with_their_accents(send, take_as_proposed):
    run, page = send("salesforce/accountData.csv")
    assert run.encoding == "cp1252"
    assert "西欧" in page
    run = take_as_proposed(run)
    assert (run.rows, run.created, run.skipped, run.failed) == (423, 418, 5, 0)
    made = Customer.objects.get(external_id="001x0000002xLCVAA2")
    assert (made.name, made.city, made.province) == ("Gravity Investments", "FORT COLLINS", "CO")
    assert Phone.objects.get(customer__name="salesforce.com").number == "+14159017000"


def test_opportunities_of_salesforce_are_told_from_customers(send):
    run, page = send("salesforce/opportunityData.csv")
    assert len(run.header) == 31
    assert "商机" in page
    assert run.mapping["LEADSOURCE"] == "source"


def test_orders_of_tmall_say_why_they_are_no_customers(send, client_of, liang):
    run, page = send("tmall_orders/tmall_order_report.csv")
    assert [note["code"] for note in run.options["notes"]] == ["file_header_spaces"]
    assert run.header[3] == "收货地址"
    assert "订单" in page
    assert "认不出是谁" in page
    assert 'name="name_from_row" value="1" checked' not in page
    answer = client_of(liang).post(reverse("import_columns", args=[run.pk]), {"pool": liang.unit.pool.pk})
    assert answer.status_code == 422
    assert not Customer.objects.exists()


def test_accounts_of_maven_come_in_whole(send, take_as_proposed):
    run = take_as_proposed(send("maven_crm/accounts.csv")[0])
    assert (run.rows, run.created) == (85, 85)
    assert Customer.objects.get(name="Betatech").address == "Kenya"


def test_persons_of_febrl_come_in_with_their_addresses(send, take_as_proposed):
    run = take_as_proposed(send("febrl/dataset1.csv")[0], kind="person")
    assert (run.rows, run.created) == (1000, 1000)
    made = Customer.objects.get(external_id="rec-122-org")
    assert (made.kind, made.name, made.address) == ("person", "lachlan berry", "69 giblin street killarney")
    assert (made.city, made.province) == ("bittern", "qld")


def test_persons_of_febrl_who_are_there_twice_are_found_afterwards(send, take_as_proposed, qian, at):
    """By name and address alone: Genjin keeps no birth dates, so that a quarter stays hidden."""
    take_as_proposed(send("febrl/dataset1.csv")[0], kind="person")
    carry_out(queue_search(by=None, at=at), lambda: at)
    pairs = SuspectedPair.objects.values_list("one__external_id", "other__external_id")
    right = sum(one.split("-")[1] == other.split("-")[1] for one, other in pairs)
    assert right == len(pairs)
    assert right >= 350  # of 500
