"""How a file was read is said above its columns and can be changed there; cells can be pasted as text."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun
from genjin.customers.tests.importing import imported

pytestmark = pytest.mark.django_db

WESTERN = "name,city\nPébéo,Nîmes\nCrédito,Québec\n"


def sent(client, content: bytes, name: str = "名单.csv") -> ImportRun:
    client.post(reverse("import_customers"), {"file": SimpleUploadedFile(name, content)})
    return ImportRun.objects.get()


def reread(client, run: ImportRun, **wish):
    return client.post(reverse("import_reading", args=[run.pk]), wish)


def test_encoding_and_delimiter_are_shown_and_can_be_changed(client_of, liang):
    client = client_of(liang)
    run = sent(client, WESTERN.encode("cp1252"))
    page = client.get(reverse("import_columns", args=[run.pk])).content.decode()
    assert "西欧" in page
    assert "Pébéo" in page
    assert reread(client, run, encoding="gb18030", delimiter=",").status_code == 303
    run.refresh_from_db()
    assert run.encoding == "gb18030"
    assert "Pébéo" not in client.get(reverse("import_columns", args=[run.pk])).content.decode()


def test_an_encoding_that_does_not_fit_is_refused_in_place_and_changes_nothing(client_of, liang):
    client = client_of(liang)
    run = sent(client, WESTERN.encode("cp1252"))
    answer = reread(client, run, encoding="utf-8")
    assert answer.status_code == 422
    assert "Pébéo" in answer.content.decode()
    run.refresh_from_db()
    assert run.encoding == "cp1252"


def test_another_sheet_can_be_chosen(client_of, liang):
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory)
    for name, rows in (("说明", [["看第二张"], ["谢谢"]]), ("客户", [["客户名称", "电话"], ["怡美", "13812345678"]])):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    client = client_of(liang)
    run = sent(client, memory.getvalue(), "名单.xlsx")
    assert run.header == ["看第二张"]
    reread(client, run, sheet="客户")
    run.refresh_from_db()
    assert (run.header, run.rows, run.mapping) == (["客户名称", "电话"], 1, {"客户名称": "name", "电话": "phones"})


def test_another_header_row_can_be_chosen(client_of, liang):
    client = client_of(liang)
    run = sent(client, "甲,乙\n公司,手机\n怡美,13812345678\n".encode())
    reread(client, run, header_row="2", header_depth="1")
    run.refresh_from_db()
    assert (run.header, run.rows) == (["公司", "手机"], 1)
    page = client.get(reverse("import_columns", args=[run.pk])).content.decode()
    assert "第 2 行" in page


def test_cells_pasted_as_text_are_a_file(client_of, liang):
    answer = client_of(liang).post(reverse("import_customers"), {"text": "客户名称\t电话\r\n怡美\t13812345678\r\n"})
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("import_columns", args=[run.pk])
    assert (run.delimiter, run.header, run.file_name) == ("\t", ["客户名称", "电话"], "")


def test_pasted_text_that_is_no_table_stays_in_its_field(client_of, liang):
    answer = client_of(liang).post(reverse("import_customers"), {"text": "客户名称\t电话"})
    assert answer.status_code == 422
    assert "客户名称\t电话</textarea>" in answer.content.decode()


def test_what_is_imported_is_not_read_anew(client_of, liang, lin, at):
    run = imported(liang, at, "客户,电话\n怡美,13812345678\n")
    answer = reread(client_of(liang), run, header_row="2")
    assert answer.status_code == 422
    assert ImportRun.objects.get().header == ["客户", "电话"]


def test_strangers_do_not_read_it(client_of, liang, fang, lin, at):
    run = runs.receive(kind="customer", pieces=["客户\n怡美\n".encode()], file_name="a.csv", by=liang, at=at)
    assert reread(client_of(fang), run).status_code == 404
    assert reread(client_of(lin), run).status_code == 403
