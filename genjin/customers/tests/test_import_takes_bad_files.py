"""Whatever is sent: a sentence in Chinese and in English, never an error of ours, nothing half written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from genjin.core.reasons import Refused
from genjin.core.transfer import encodings, runs, workbooks
from genjin.core.transfer.models import ImportProblem, ImportRun
from genjin.core.transfer.tests.test_reading_tables import workbook
from genjin.customers.models import Customer
from genjin.customers.tests.importing import counts, imported
from genjin.web.wording import word

pytestmark = pytest.mark.django_db


def archive(name: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as out:
        out.writestr(name, "hello")
    return memory.getvalue()


def bomb(rows: int = 1) -> bytes:
    """A workbook of a few KB whose sheet unpacks to 40 MB."""
    memory = io.BytesIO()
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>' + b"x" * 40_000_000 + b"</t></is></c></row>"
    with (
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as out,
        zipfile.ZipFile(io.BytesIO(workbook([["a"]]))) as own,
    ):
        for entry in own.infolist():
            content = own.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                content += b"".join(cell % (row, row) for row in range(1, rows + 1)) + b"</sheetData></worksheet>"
            out.writestr(entry.filename, content)
    return memory.getvalue()


def entities() -> bytes:
    """A workbook whose list of sheets doubles itself a million times."""
    memory = io.BytesIO()
    lol = b'<!DOCTYPE w [<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;">' % (n, *[n - 1] * 10) for n in range(1, 9)
    )  # fmt: skip
    with zipfile.ZipFile(memory, "w") as out, zipfile.ZipFile(io.BytesIO(workbook([["a"], ["b"]]))) as own:
        for entry in own.infolist():
            content = own.read(entry)
            if entry.filename == "xl/workbook.xml":
                content = lol + b"]><w>&a8;</w>"
            out.writestr(entry.filename, content)
    return memory.getvalue()


BAD = {
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "file_is_old_workbook"),
    "a PDF named CSV": (b"%PDF-1.7\nname,phone\n1,2\n", "file_is_no_table"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "file_is_no_table"),
    "a web page named XLS": (b"<html><table><tr><td>name</td></tr></table>", "file_is_a_web_page"),
    "NUL bytes everywhere": (b"name,phone\n" + bytes(range(32)) * 50, "file_is_no_table"),
    "an endless line": (b"name,phone\n" + b"x" * (encodings.MAX_LINE + (1 << 20)), "file_line_too_long"),
    "an endless cell": (b'name,phone\n"' + b"x\n" * 600_000, "file_row_unreadable"),
    "a million columns": (",".join(f"c{n}" for n in range(1_000_00)).encode() + b"\n1\n", "file_has_too_many_columns"),
    "a bomb": (bomb(2), "workbook_is_too_large"),
    "a bomb of entities": (entities(), "file_is_damaged"),
    "half a workbook": (workbook([["a"], ["b"]])[:900], "file_is_damaged"),
    "a ZIP of something else": (archive("hello.txt"), "file_is_no_table"),
    "nothing": (b"", "file_is_empty"),
    "a header only": ("客户,电话\n".encode(), "file_has_header_only"),
    "no encoding at all": (bytes(range(128, 256)) * 40, "file_encoding_unknown"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_it_is_refused_in_words_and_nothing_is_kept(
    client_of, liang, at, settings, tmp_path, monkeypatch, content, code
):
    settings.DATA = tmp_path
    monkeypatch.setattr(workbooks, "MAX_SHEET_BYTES", 64 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        runs.receive(kind="customer", pieces=[content], file_name="名单.csv", by=liang, at=at)
    assert refused.value.reason.code == code
    answer = client_of(liang).post(reverse("import_customers"), {"file": SimpleUploadedFile("名单.csv", content)})
    assert answer.status_code == 422
    with translation.override("zh-hans"):
        assert word(refused.value) in answer.content.decode()
    with translation.override("en"):
        assert word(refused.value).isascii() or "“" in word(refused.value)
    assert not ImportRun.objects.exists()
    assert not list((tmp_path / "imports").iterdir())


def test_a_few_damaged_signs_are_taken_out_and_said(liang, at, client_of):
    content = "客户,电话\n".encode() + "".join(f"客户{n},1381234{n:04}\n" for n in range(200)).encode() + b"A\0B,\n"
    client_of(liang).post(reverse("import_customers"), {"file": SimpleUploadedFile("a.csv", content)})
    run = ImportRun.objects.get()
    assert [note["code"] for note in run.options["notes"]] == ["file_had_nuls"]
    assert run.rows == 201


def test_a_row_of_200_columns_is_read(liang, at):
    header = ",".join(["客户", *(f"列{n}" for n in range(199))])
    assert counts(imported(liang, at, f"{header}\n{','.join(['甲'] * 200)}\n")) == (1, 1, 0, 0)


def test_a_row_that_is_far_too_long_is_an_error_and_keeps_little(liang, at):
    run = imported(liang, at, f"客户,电话\n甲,13812345678\n乙,{',x' * 100_000}\n丙,\n")
    assert counts(run) == (3, 2, 0, 1)
    assert len(ImportProblem.objects.get().cells) == 400


def test_quotes_within_quotes_stay_what_they_are(liang, at):
    text = '客户,备注\n"""怡美""卫浴","他说""好"",\n""明天"""\n恒"丰,"a""b"\n'
    assert counts(imported(liang, at, text)) == (2, 2, 0, 0)
    assert dict(Customer.objects.values_list("name", "remarks")) == {
        '"怡美"卫浴': '他说"好",\n"明天"', '恒"丰': 'a"b',
    }  # fmt: skip


def test_four_broken_rows_of_ten_are_four_errors(liang, at):
    rows = "".join(f"客户{n},{'13812340' + f'{n:03}' if n % 10 >= 4 else '12'}\n" for n in range(100))
    run = imported(liang, at, "客户,电话\n" + rows)
    assert counts(run) == (100, 60, 0, 40)


def test_identical_rows_are_one_customer(liang, at):
    run = imported(liang, at, "客户,电话\n" + "怡美,13812345678\n" * 3000)
    assert counts(run) == (3000, 1, 2999, 0)
