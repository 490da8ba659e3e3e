"""A list of leads out of a file: each row arrives; who is there already is one more arrival; all can be taken back."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.fields.services import make_field
from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import SourceChannel
from genjin.customers.tests.importing import counts, finished, judged, reasons, receive
from genjin.followups.tests.importing import undone
from genjin.leads.importing.writing import LeadWriter
from genjin.leads.models import Arrival, Lead
from genjin.leads.services.ownership import accept_lead

pytestmark = pytest.mark.django_db

HEAD = "公司,联系人,手机,邮箱,城市,需求描述,线索来源,负责人,提交时间\n"
ROWS = (
    "惠山机械,徐建国,138 1234 5678,,无锡,想要报价,展会,lin,2026-11-20\n"
    "常州怡美,周先生,,zhou@yimei.com,常州,样册,百度,,\n"
    "惠山机械有限公司,小徐,13812345678,xu@huishan.com,,再问一次,,,\n"
)


def checked(by, at, text=HEAD + ROWS) -> ImportRun:
    return judged(receive(by, at, text, "线索.csv", "lead"), by, at, None, {"again": True})


def imported(by, at, text=HEAD + ROWS) -> ImportRun:
    return finished(checked(by, at, text), by, at)


def test_each_row_arrives(liang, lin, east, at, today):
    run = imported(liang, at)
    assert counts(run) == (3, 3, 0, 0)
    first, second = Lead.objects.order_by("pk")
    assert (first.company, first.phone, first.owner, first.city) == ("惠山机械", "13812345678", lin, "无锡")
    assert (timezone.localdate(first.arrived_at), first.push_on) == (date(2026, 11, 20), today)
    assert (first.times, first.email, first.person_name) == (2, "xu@huishan.com", "徐建国")
    assert (second.email, second.queue, second.channel) == ("zhou@yimei.com", east.lead_queue, "import")
    assert {first.source.name, second.source.name} == {"展会", "百度"}
    assert [row.given["wants"] for row in first.arrivals.order_by("pk")] == ["想要报价", "再问一次"]
    assert set(Lead.objects.values_list("import_run", flat=True)) == {run.pk}


def test_the_dry_run_says_what_is_there_and_writes_nothing(liang, lin, waiting, at):
    there = waiting(email="zhou@yimei.com")
    found = checked(liang, at).preview
    assert (found["counts"]["create"], found["again"], found["in_file"], found["owned"]) == (3, 2, 1, 1)
    assert [one["is_there"] for one in found["leads"]] == [False, True, True]
    assert (Lead.objects.get(), Arrival.objects.count(), SourceChannel.objects.filter(name="展会").count()) == (
        there,
        1,
        0,
    )


def test_a_batch_that_is_done_twice_changes_nothing(liang, lin, at):
    run = imported(liang, at)
    stood = list(Lead.objects.order_by("pk").values())
    batch = next(iter(runs.judged_batches(run, _importer(run, at), 0, runs.Pace())))
    LeadWriter(run, at=at).write(batch.items)
    assert list(Lead.objects.order_by("pk").values()) == stood
    assert Arrival.objects.count() == 3


def _importer(run, at):
    return runs.kind_of(run).begin(run, at=at, for_real=True)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("x,,12,,,,,,", "手机", "phone_too_short"),
        ("x,,,不是邮箱,,,,,", "邮箱", "lead_email_unreadable"),
        (",,,,无锡,,,,", "公司", "lead_says_nobody"),
        ("x,,,,,,,没有这人,", "负责人", "owner_unknown"),
        ("x,,,,,,,,2027-01-01", "提交时间", "date_in_future"),
        ("x,,,,,,,,2026-13-01", "提交时间", "date_impossible"),
        ("长" * 201 + ",,,,,,,,", "公司", "text_too_long"),
    ],
)
def test_a_wrong_cell_is_named(liang, at, row, column, code):
    run = checked(liang, at, HEAD + row + "\n好,,13800000001,,,,,,\n")
    assert reasons(run) == {2: (column, code)}
    assert run.preview["counts"]["create"] == 1


def test_custom_fields_come_along_where_the_importers_role_fills_them(liang, qian, lin, at):
    make_field(subject="lead", label="厂房面积", kind="number", code="size", by=qian, at=at)
    make_field(subject="lead", label="密级", kind="text", code="secret", seen_by=["owner"], by=qian, at=at)
    run = checked(liang, at, "公司,厂房面积,密级\n惠山,1200,甲\n怡美,很大,乙\n")
    assert run.mapping == {"公司": "company", "厂房面积": "custom_size", "密级": ""}
    assert reasons(run) == {3: ("厂房面积", "field_takes_no_number")}
    finished(run, liang, at)
    assert Lead.objects.get().custom == {"size": 1200}


def test_several_wrong_cells_are_named_together(liang, at):
    run = checked(liang, at, HEAD + "x,,12,不是,,,,没有这人,\n")
    wrong = run.problems.get().reason["wrong"]
    assert [each["column"] for each in wrong] == ["手机", "邮箱", "负责人"]


def test_taken_back_what_nobody_worked_goes_and_what_was_there_is_as_before(liang, lin, zhou, waiting, at):
    there = waiting(email="zhou@yimei.com")
    stood = Lead.objects.filter(pk=there.pk).values().get()
    run = imported(liang, at)
    assert Lead.objects.get(pk=there.pk).company == "常州怡美"
    run = undone(run, liang, at)
    assert (run.removed, run.restored, run.kept) == (1, 1, 0)
    assert Lead.objects.filter(pk=there.pk).values().get() == {**stood, "version": 3}
    assert Arrival.objects.count() == 1
    assert Entry.objects.filter(verb="lead.import_undone", kind="lead").count() == 1


def test_what_somebody_worked_since_stays(liang, lin, zhou, at):
    run = imported(liang, at)
    _mine, queued = Lead.objects.order_by("pk")
    accept_lead(lead=queued, by=zhou, at=at)
    run = undone(run, liang, at)
    assert (run.removed, run.kept) == (1, 1)
    assert Lead.objects.get() == queued
    assert run.kept_records.get().subject == queued.pk


def test_from_the_page_and_back(client_of, liang, lin, zhou, at):
    client = client_of(liang)
    assert 'value="lead"' in client.get(reverse("import_customers")).content.decode()
    sent = client.post(
        reverse("import_customers"), {"text": (HEAD + ROWS + "x,,12,,,,,,\n").replace(",", "\t"), "holds": "lead"}
    )
    run = ImportRun.objects.get(kind="lead")
    assert "每一行都像有人填了一张表单" in client.get(sent["Location"]).content.decode()
    columns = {f"column-{n}": run.mapping[title] for n, title in enumerate(run.header)}
    assert all(columns.values())
    client.post(sent["Location"], columns)
    run.refresh_from_db()
    runs.check(run, at=at)
    address = reverse("import_run", args=[run.pk])
    page = client.get(address).content.decode()
    assert "太短" in page
    assert "已有线索再次到达" in page
    assert "惠山机械" in client.get(address + "?show=new").content.decode()
    client.post(reverse("import_start", args=[run.pk]))
    run.refresh_from_db()
    runs.carry_out(run, at=at)
    assert "新线索 2 条" in client.get(address).content.decode()
    accept_lead(lead=Lead.objects.get(owner=None), by=zhou, at=at)
    undo = client.get(reverse("import_undo", args=[run.pk])).content.decode()
    assert "周雨桐" in undo
    assert "将删除的线索" in undo
    undone(run, liang, at)
    assert "常州怡美" in client.get(address).content.decode()


def test_a_seller_may_not_import(client_of, lin):
    sent = client_of(lin).post(reverse("import_customers"), {"text": HEAD + ROWS, "holds": "lead"})
    assert sent.status_code == 403
