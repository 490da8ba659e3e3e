"""The rows that were left out come back in the file's own format, and once mended are imported again."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from genjin.core.transfer import runs
from genjin.core.transfer.tests.test_reading_tables import workbook
from genjin.customers.tests.importing import counts

pytestmark = pytest.mark.django_db


def gone_through(by, at, content: bytes, name: str):
    run = runs.receive(kind="customer", pieces=[content], file_name=name, by=by, at=at)
    runs.choose(run=run, mapping=run.mapping, options={"pool": by.unit.pool.pk}, by=by, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    runs.start(run=run, by=by, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    return run


def handed_back(client, run) -> bytes:
    answer = client.get(reverse("import_problems", args=[run.pk]))
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_csv_comes_back_in_its_own_spelling(client_of, liang, at, encoding, delimiter):
    text = "Name,Phone,City\nPébéo,138,Nîmes\nQuérard,13812345678,Nîmes\n" if encoding == "cp1252" else (
        "客户,电话,城市\n怡美,138,常州\n恒丰,13812345678,常州\n"
    )  # fmt: skip
    run = gone_through(liang, at, text.replace(",", delimiter).encode(encoding), "a.csv")
    assert counts(run) == (2, 1, 0, 1)
    content = handed_back(client_of(liang), run)
    lines = content.decode("utf-8-sig" if encoding == "utf-8" else encoding).splitlines()
    assert lines[0].split(delimiter)[:3] == run.header
    assert len(lines) == 2
    mended = content.replace("138".encode(encoding)[-6 if encoding == "utf-16" else -3 :], "13912345678".encode(
        "utf-16-le" if encoding == "utf-16" else encoding
    ), 1)  # fmt: skip
    again = gone_through(liang, at, mended, "b.csv")
    assert counts(again) == (1, 1, 0, 0)
    assert [again.mapping[title] for title in again.header[3:]] == ["", "", ""]


def test_a_workbook_comes_back_as_a_workbook(client_of, liang, at):
    run = gone_through(liang, at, workbook([["客户", "电话"], ["怡美", "138"], ["恒丰", "13812345678"]]), "a.xlsx")
    content = handed_back(client_of(liang), run)
    (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
    assert rows[0][:2] == ["客户", "电话"]
    assert rows[1][:3] == ["怡美", "138", "2"]
