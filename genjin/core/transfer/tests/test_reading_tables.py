"""What is read from a file, in whatever spelling a spreadsheet saves it, and what is refused."""

import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.core.reasons import Reason, Refused
from genjin.core.transfer import reading
from genjin.core.transfer.reading import read_table

TEXT = "客户名称,电话\n常州怡美,13812345678\n"


def table(tmp_path, content: bytes):
    path = tmp_path / "upload"
    path.write_bytes(content)
    return read_table(path)


def refusal(tmp_path, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        table(tmp_path, content)
    return refused.value.reason.code


def workbook(*sheets: list[list]) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return memory.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_common_spelling_of_csv_is_read(tmp_path, encoding, delimiter):
    read = table(tmp_path, TEXT.replace(",", delimiter).encode(encoding))
    assert read.header == ["客户名称", "电话"]
    assert list(read.rows()) == [(2, ["常州怡美", "13812345678"])]


def test_western_text_is_not_taken_for_chinese(tmp_path):
    read = table(tmp_path, "name,city\nCrédito Inmobiliario,Québec\nPébéo,Nîmes\n".encode("latin-1"))
    assert read.encoding == "cp1252"
    assert [cells for _number, cells in read.rows()] == [["Crédito Inmobiliario", "Québec"], ["Pébéo", "Nîmes"]]
    assert read.notes == [Reason("file_read_as", {"encoding": "cp1252"})]


def test_quoted_line_breaks_and_delimiters_stay_in_their_cell(tmp_path):
    read = table(tmp_path, '名称,备注\n怡美,"一,\n二"\n恒丰,"他说""好"""\n'.encode())
    assert list(read.rows()) == [(2, ["怡美", "一,\n二"]), (3, ["恒丰", '他说"好"'])]


@pytest.mark.parametrize("end", ['"一\n二"', '"一\n二"\n', '"一\n""二"""\r\n', '"一\n二",\n'])
def test_a_last_cell_of_several_lines_that_is_closed_is_whole(tmp_path, end):
    read = table(tmp_path, f"名称,备注,其他\n怡美,{end}".encode())
    assert len(list(read.rows())) == 1


def test_a_few_damaged_signs_in_a_short_file_are_taken_out_and_said(tmp_path):
    read = table(tmp_path, "客户,电话\n甲\0公司,1381234\x000031\n".encode())
    assert list(read.rows()) == [(2, ["甲公司", "13812340031"])]
    assert read.notes == [Reason("file_had_nuls", {"count": 2})]


def test_blank_rows_are_no_rows_but_keep_the_numbers_true(tmp_path):
    read = table(tmp_path, "\n名称,电话\n,\n甲,1\n\n乙,2\n".encode())
    assert [number for number, _cells in read.rows()] == [4, 6]
    assert [number for number, _cells in read.rows(skip=1)] == [6]


def test_short_rows_are_filled_up_and_long_ones_kept(tmp_path):
    read = table(tmp_path, b"a,b,c\n1,2,3\n1\n1,2,3,4\n1,2,3\n")
    assert [len(cells) for _number, cells in read.rows()] == [3, 3, 4, 3]


def test_a_header_twice_is_numbered_and_said(tmp_path):
    read = table(tmp_path, "电话,电话,,名称\n1,2,3,4\n".encode())
    assert read.header == ["电话", "电话 (2)", "#3", "名称"]
    assert read.notes == [Reason("file_header_twice", {"name": "电话"})]


def test_a_workbook_is_read_from_its_first_filled_sheet(tmp_path):
    rows = [["客户", "手机", "金额", "下次联系"], ["怡美", 13812345678, 7.5, "2026-12-01"]]
    read = table(tmp_path, workbook([], rows, [["另一张"], ["1"]]))
    assert list(read.rows()) == [(2, ["怡美", "13812345678", "7.5", "2026-12-01"])]
    assert [note.code for note in read.notes] == ["file_sheet_taken"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b"\n\n  \n", "file_is_empty"),
        ("名称,电话\n".encode(), "file_has_header_only"),
        ("名称,电话\n,\n".encode(), "file_has_header_only"),
        (b"%PDF-1.7 name,phone\n1,2\n", "file_is_no_table"),
        (b"name,phone\n\x00\x01,2\n", "file_is_no_table"),
        (b"<html><table><tr><td>name</td></tr></table>", "file_is_a_web_page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "file_is_old_workbook"),
        (b"PK\x03\x04 not a zip", "file_is_damaged"),
        (bytes(range(128, 256)) * 40, "file_encoding_unknown"),
        (b"\xff\xfea", "file_encoding_unknown"),
        (b'name,phone\n"' + b"x" * 1_100_000, "file_row_unreadable"),
        ('客户,备注\n甲,好\n"没关上,1\n乙,2\n'.encode(), "file_quote_open"),
        (b",".join(b"c%d" % n for n in range(300)) + b"\n1\n", "file_has_too_many_columns"),
        (workbook([]), "file_is_empty"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, code):
    assert refusal(tmp_path, content) == code


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert refusal(tmp_path, TEXT.encode()) == "file_is_too_large"


def test_no_cell_holds_a_nul(tmp_path):
    read = table(tmp_path, "名称,备注\n怡\0美,\0\n".encode("utf-16"))
    assert list(read.rows()) == [(2, ["怡美", ""])]


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", "名称;电话\n".encode(), b'a,b\n"']),
    st.binary(max_size=400),
)
def test_any_bytes_are_a_table_or_a_refusal(tmp_path_factory, start, rest):
    path = tmp_path_factory.mktemp("any") / "upload"
    path.write_bytes(start + rest)
    said = "file_has_rows"
    try:
        read = read_table(path)
        assert all(len(cells) >= len(read.header) for _number, cells in read.rows())
        assert len(set(read.header)) == len(read.header)
    except Refused as refused:
        said = refused.reason.code
    assert said.startswith("file_")
