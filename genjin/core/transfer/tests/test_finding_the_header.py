"""The header stands below notes, in two rows, with stray spaces: it is found, said, and can be chosen."""

import pytest

from genjin.core.transfer.mapping import plain_title
from genjin.core.transfer.reading import Wish, read_table

KNOWN = {"客户名称", "电话", "手机", "联系人", "姓名", "职务", "城市", "name", "phone", "联系人姓名", "联系人手机"}


def knows(title: str) -> bool:
    return plain_title(title) in KNOWN


def read(tmp_path, text: str, **wish):
    path = tmp_path / "upload"
    path.write_bytes(text.encode())
    return read_table(path, Wish(**wish), knows)


@pytest.mark.parametrize(
    ("text", "header", "row", "notes"),
    [
        ("客户名称,电话\n甲,1\n", ["客户名称", "电话"], 1, []),
        ("age,job\n58,x\n", ["age", "job"], 1, []),
        (
            "客户总表\n导出时间：2026-11-01\n客户名称,电话,城市\n甲,1,苏州\n乙,2,常州\n",
            ["客户名称", "电话", "城市"], 3, ["file_notes_above"],
        ),
        (
            "说明：请勿改动,,,\n客户名称,电话,城市,备注\n甲,1,,\n乙,2,,\n",
            ["客户名称", "电话", "城市", "备注"], 2, ["file_notes_above"],
        ),
        (
            "客户名称,电话,联系人,\n,,姓名,职务\n甲,1,周,经理\n",
            ["客户名称", "电话", "联系人 姓名", "职务"], 2, ["file_two_headers"],
        ),
        ("name,phone\n客户名称,电话\n甲,1\n", ["name", "phone"], 2, ["file_two_headers"]),
        (
            "基本信息,,联系人,,法人,\n客户名称,城市,姓名,手机,姓名,手机\n甲,苏州,周,1,吴,2\n",
            ["客户名称", "城市", "联系人 姓名", "联系人 手机", "法人 姓名", "法人 手机"], 2, ["file_two_headers"],
        ),
        ("客户名称 ,电话,城市\n甲,1,苏州\n", ["客户名称", "电话", "城市"], 1, ["file_header_spaces"]),
        ("name, phone, 城市\n甲, 1, 苏州\n", ["name", "phone", "城市"], 1, []),
        ("客户\n怡美\n恒丰\n", ["客户"], 1, []),
        ("客户名称,\n怡美,13812345678\n", ["客户名称"], 1, []),
    ],
)  # fmt: skip
def test_the_header_is_found_and_what_was_found_is_said(tmp_path, text, header, row, notes):
    table = read(tmp_path, text)
    assert (table.header, table.header_row) == (header, row)
    assert [note.code for note in table.notes] == notes
    assert next(table.rows())[0] == row + 1


def test_a_person_can_say_which_row_it_is(tmp_path):
    text = "一,二\n三,四\n客户名称,电话\n甲,1\n"
    assert read(tmp_path, text).header_row == 1
    table = read(tmp_path, text, header_row=3)
    assert (table.header, list(table.rows())) == (["客户名称", "电话"], [(4, ["甲", "1"])])
    table = read(tmp_path, text, header_row=2, header_depth=2)
    assert table.header == ["一 三", "二 四"]


def test_the_first_rows_are_kept_to_choose_from(tmp_path):
    assert read(tmp_path, "客户名称,电话\n甲,1\n").first == [(1, ["客户名称", "电话"]), (2, ["甲", "1"])]
