"""`genjin export customers`: the same export as on the page, from a terminal."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from genjin.config import cli
from genjin.core.audit.models import Entry
from genjin.core.transfer.models import ExportRun
from genjin.customers.services.identity import create_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(lin, zhou, at, tmp_path, settings):
    settings.DATA = tmp_path / "kept"
    settings.DATA.mkdir()
    for name, city, owner in (("怡美卫浴", "常州", lin), ("=1+1", "常州", lin), ("朗悦搬家", "无锡", zhou)):
        create_customer(fields={"name": name, "city": city}, owner=owner, by=owner, at=at)


@pytest.fixture
def told(capsys):
    """Runs a line and answers its exit status and what was printed."""

    def tell(*line: str) -> tuple[int, str]:
        status = cli.run(["export", "customers", *line])
        return status, capsys.readouterr().out

    return tell


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_a_list_is_written_as_csv_with_formulas_taken_the_edge_off(told, rows, liang, tmp_path):
    path = tmp_path / "名单.csv"
    status, said = told(str(path), "--as", "liang", "--whole")
    assert (status, "3 行" in said) == (0, True)
    header, *written = lines(path)
    assert {row[header.index("客户名称")] for row in written} == {"怡美卫浴", "'=1+1", "朗悦搬家"}
    assert {row[header.index("负责人")] for row in written} == {"lin", "zhou"}
    assert Entry.objects.get(kind="export").by == liang


def test_a_workbook_is_written_by_its_ending(told, rows, liang, tmp_path):
    path = tmp_path / "名单.XLSX"
    assert told(str(path), "--as", "liang", "--whole")[0] == 0
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert len(sheet) == 4
    assert any("=1+1" in row for row in sheet)


def test_a_list_is_named_as_in_its_address_and_in_scope(told, rows, liang, lin, fang, tmp_path):
    path = tmp_path / "a.csv"
    assert told(str(path), "--as", "liang", "--list", "view=all&city=无锡", "--whole")[0] == 0
    assert ["朗悦搬家" in row for row in lines(path)] == [False, True]
    assert told(str(path), "--as", "fang")[0] == 0
    assert len(lines(path)) == 1


def test_who_may_not_export_is_told_and_nothing_is_written(told, rows, lin, tmp_path):
    path = tmp_path / "a.csv"
    status, said = told(str(path), "--as", "lin")
    assert status == 1
    assert "你的角色" in said
    assert not path.exists()
    assert not ExportRun.objects.exists()


def test_an_ending_that_is_no_kind_of_file_is_said(told, rows, liang, tmp_path):
    status, said = told(str(tmp_path / "a.pdf"), "--as", "liang")
    assert status == 1
    assert "pdf" in said


def test_a_folder_that_is_not_there_is_said(told, rows, liang, tmp_path):
    status, said = told(str(tmp_path / "nowhere" / "a.csv"), "--as", "liang")
    assert status == 1
    assert "nowhere" in said


def test_an_unknown_person_is_said(told, rows, tmp_path):
    status, said = told(str(tmp_path / "a.csv"), "--as", "nobody")
    assert status == 1
    assert "nobody" in said
