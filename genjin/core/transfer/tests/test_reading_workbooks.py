"""Sheets to choose from, and workbooks that are too large to be read: told before they are."""

import zipfile

import pytest

from genjin.core.reasons import Refused
from genjin.core.transfer import workbooks
from genjin.core.transfer.reading import Wish, read_table
from genjin.core.transfer.tests.test_reading_tables import workbook


def written(tmp_path, content: bytes):
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


def test_every_filled_sheet_can_be_chosen(tmp_path):
    path = written(tmp_path, workbook([], [["客户"], ["甲"]], [["名称"], ["乙"], ["丙"]]))
    first = read_table(path)
    assert (first.sheet, first.sheets) == ("Sheet2", [("Sheet2", 2), ("Sheet3", 3)])
    second = read_table(path, Wish(sheet="Sheet3"))
    assert [cells for _number, cells in second.rows()] == [["乙"], ["丙"]]
    with pytest.raises(Refused) as refused:
        read_table(path, Wish(sheet="Sheet9"))
    assert refused.value.reason.code == "file_has_no_such_sheet"


def test_a_table_that_begins_in_the_middle_of_a_sheet_keeps_its_row_numbers(tmp_path):
    path = written(tmp_path, workbook([[], [], ["", "客户", "城市"], ["", "甲", "苏州"]]))
    assert list(read_table(path).rows()) == [(4, ["", "甲", "苏州"])]


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, workbook([["a"], ["b"]]))
    monkeypatch.setattr(workbooks, "MAX_SHEET_BYTES", 100)
    with pytest.raises(Refused) as refused:
        read_table(path)
    assert refused.value.reason.code == "workbook_is_too_large"


@pytest.mark.parametrize(("limit", "most"), [("MAX_ROWS", 3), ("MAX_CELLS", 20)])
def test_a_large_sheet_is_refused_before_it_is_read(tmp_path, monkeypatch, limit, most):
    path = written(tmp_path, workbook([["客户", "城市"]] + [["甲", "苏州"]] * 30))
    monkeypatch.setattr(workbooks, limit, most)
    with pytest.raises(Refused) as refused:
        workbooks._unpack(path, "", workbooks.text_of(path))
    assert refused.value.reason.code in ("workbook_has_too_many_rows", "workbook_is_too_large")
    assert not workbooks.text_of(path).exists()


def test_a_single_cell_far_out_does_not_make_a_large_sheet(tmp_path):
    path = written(tmp_path, workbook([["客户"], ["甲"]]))
    far = tmp_path / "far"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(far, "w") as out:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", cell)
            out.writestr(entry, content)
    with pytest.raises(Refused) as refused:
        read_table(far)
    assert refused.value.reason.code == "workbook_is_too_large"
