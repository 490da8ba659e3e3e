"""A list goes into a file as its reader sees it, and comes in elsewhere as it was."""

import csv
import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.core.transfer import exports
from genjin.core.transfer.models import ExportRun
from genjin.customers.columns import COLUMNS
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.tests.importing import counts, imported

pytestmark = pytest.mark.django_db

TEXT = (
    "编号,客户名称,简称,客户性质,电话,联系人,职务,行业,来源,省,市,区,详细地址,标签,负责人,类别,下次联系,最后有效联系,备注,"
    "联系人电话,微信,邮箱,联系人2,联系人2电话,是否关键人2\n"
    "A-1,常州怡美卫浴有限公司,怡美,公司,13812345678、0519-80000001,周先生,采购经理,建材,展会,江苏,常州,武进区,"
    "鸣新中路 1 号,样册、展会,lin,4,2026-11-26,2026-11-18,做过别家,"
    "13712345678,zhou_cz,zhou@example.com,钱小姐,13712345679,是\n"
    "A-2,'=SUM(1+1) 公司,,公司,'+4930901820,,,,,,,,,,zhou,5,,,\n"
    'A-3,张建国,,个人,,,,,,,,,,,,,,,"两行\n备注"\n'
    "A-4,李府,,家庭,13900000004,李太太,,,,,,,,,lin,0,,,-5\n"
)


def exported(by, at, *, query="view=all", columns="whole", file_format="csv") -> ExportRun:
    run = exports.ask(kind="customer", query=query, options={"columns": columns}, file_format=file_format, by=by, at=at)
    exports.carry_out(run, at=at)
    run.refresh_from_db()
    return run


def table(run: ExportRun) -> list[list[str]]:
    return list(csv.reader(io.StringIO(exports.file_of(run).read_text("utf-8-sig"), newline="")))


def everybody(by, at) -> list[list[str]]:
    """The company, whoever holds them and those in pools."""
    return [table(exported(by, at, query=query)) for query in ("view=all", "pool=any")]


def forget_customers() -> None:
    Customer.objects.all().delete()
    Entry.objects.all().delete()


def test_what_is_exported_comes_in_elsewhere_as_it_was(qian, lin, zhou, liang, at, clock):
    first = imported(qian, at, TEXT)
    assert counts(first) == (4, 4, 0, 0)
    before = everybody(qian, at)
    files = [
        exports.file_of(exported(qian, at, query=query)).read_text("utf-8-sig") for query in ("view=all", "pool=any")
    ]
    forget_customers()
    for text in files:
        again = imported(qian, at, text)
        assert counts(again) == (again.rows, again.created, 0, 0) == (again.created, again.created, 0, 0)
    assert everybody(qian, at) == before
    assert Customer.objects.filter(name="=SUM(1+1) 公司", phones__number="+4930901820").exists()
    assert Phone.objects.count() == 6
    assert list(ContactPerson.objects.filter(is_key_person=True).values_list("name", "phones__number")) == [
        ("钱小姐", "13712345679")
    ]


def test_the_columns_of_an_export_are_those_an_import_knows_by_name(qian, lin, zhou, at):
    imported(qian, at, TEXT)
    text = exports.file_of(exported(qian, at)).read_text("utf-8-sig")
    run = imported(qian, at, text)
    assert {how["how"]["code"] for how in run.options["columns"]} == {"column_same_name"}


def test_the_columns_of_the_list_are_exported_in_its_order(liang, lin, zhou, at):
    imported(liang, at, TEXT)
    rows = table(
        exported(liang, at, query="view=all&columns=name,owner,phone,attempts,missing&sort=name", columns="shown")
    )
    assert rows[0] == ["客户名称", "负责人", "电话", "累计联系次数", str(COLUMNS["missing"].label)]
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
    numbers = "13812345678、13712345678、13712345679、051980000001"
    assert ["常州怡美卫浴有限公司", "lin", numbers] in [row[:3] for row in rows[1:]]


def test_nobody_gets_what_they_may_not_see(fang, liang, lin, zhou, at):
    imported(liang, at, TEXT)
    assert table(exported(fang, at))[1:] == []
    assert len(table(exported(liang, at))[1:]) == 3


def test_numbers_in_a_pool_are_masked_but_for_who_sees_everything(liang, qian, lin, zhou, at):
    imported(liang, at, "客户名称,电话\n无主,13812345678\n")
    assert "138****5678" in table(exported(liang, at, query="pool=any"))[1]
    assert "13812345678" in table(exported(qian, at, query="pool=any"))[1]


def test_a_seller_may_not_export(lin, at):
    with pytest.raises(NotPermitted):
        exports.ask(kind="customer", query="", options={}, file_format="csv", by=lin, at=at)
    assert not ExportRun.objects.exists()


def test_a_file_of_no_known_kind_is_refused(liang, at):
    with pytest.raises(Refused, match="export_format_unknown"):
        exports.ask(kind="customer", query="", options={}, file_format="pdf", by=liang, at=at)


def test_an_export_is_written_down_with_its_list_and_its_rows(liang, lin, zhou, at):
    imported(liang, at, TEXT)
    run = exported(liang, at)
    entry = Entry.objects.get(kind="export")
    assert (entry.by, entry.verb, entry.subject) == (liang, "customer.exported", run.pk)
    assert entry.changes["rows"] == [None, 3]
    assert entry.changes["list"] == [None, run.title]


def test_a_workbook_holds_text_and_runs_nothing(liang, lin, zhou, at):
    imported(liang, at, TEXT)
    run = exported(liang, at, file_format="xlsx")
    sheet = CalamineWorkbook.from_path(str(exports.file_of(run))).get_sheet_by_index(0).to_python()
    names = [row[1] for row in sheet]
    assert "=SUM(1+1) 公司" in names
    assert "+4930901820" in [row[4] for row in sheet]


def test_a_sheet_that_is_full_says_who_is_not_in_it(liang, lin, zhou, at, monkeypatch):
    imported(liang, at, TEXT)
    monkeypatch.setattr("genjin.core.transfer.sheets.XlsxSheet.most", 2)
    run = exported(liang, at, file_format="xlsx")
    assert (run.state, run.rows, run.message) == ("done", 2, {"code": "export_was_cut", "left_out": 1})


def test_an_export_that_broke_off_leaves_no_file_and_begins_anew(liang, lin, zhou, at, monkeypatch):
    imported(liang, at, TEXT)
    run = exports.ask(kind="customer", query="view=all", options={}, file_format="csv", by=liang, at=at)
    with monkeypatch.context() as patched:
        patched.setattr("genjin.core.transfer.sheets.CsvSheet.write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            exports.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.said.code, run.file_path) == ("failed", "export_broke_off", "")
    ExportRun.objects.filter(pk=run.pk).update(state="running", message={})
    exports.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.rows) == ("done", 3)


def test_files_are_thrown_away_after_a_week(liang, lin, zhou, at, clock):
    imported(liang, at, TEXT)
    run = exported(liang, at)
    path = exports.file_of(run)
    exports.forget_files(at=at + timedelta(days=6))
    assert path.exists()
    exports.forget_files(at=at + timedelta(days=8))
    run.refresh_from_db()
    assert (run.state, path.exists()) == ("expired", False)
    with pytest.raises(Refused, match="export_is_gone"):
        exports.file_of(run)
