"""A wrong cell leaves its row out, with row, column and reason; the others are imported."""

import pytest

from genjin.core.transfer.models import ImportProblem
from genjin.customers.models import Customer
from genjin.customers.tests.importing import counts, imported, reasons

pytestmark = pytest.mark.django_db

WRONG = [
    ("下次联系", "2026-02-30", "date_impossible"),
    ("下次联系", "46024", "date_is_serial"),
    ("下次联系", "下周二", "date_unreadable"),
    ("下次联系", "2226-01-01", "date_too_far"),
    ("最后跟进时间", "2026-11-25", "date_in_future"),
    ("最后跟进时间", "1026-11-25", "date_too_far"),
    ("电话", "找张总", "phone_has_text"),
    ("电话", "1381234567", "phone_too_short"),
    ("电话", "138****5678", "phone_is_masked"),
    ("电话", "1.38E+10", "phone_lost_digits"),
    ("电话", "、".join(f"1380000{n:04}" for n in range(21)), "too_many_phones"),
    ("类别", "3A", "class_unknown"),
    ("负责人", "王五", "owner_unknown"),
    ("负责人", "韩越", "named_owner_has_left"),
    ("负责人", "fang", "owner_outside_scope"),
    ("负责人", "同名", "owner_ambiguous"),
    ("性质", "外星人", "kind_unknown"),
    ("地址", "长" * 201, "text_too_long"),
    ("标签", "长" * 31, "text_too_long"),
    ("备注", "长" * 5001, "text_too_long"),
    ("编号", "9" * 61, "text_too_long"),
    ("campaign", "many", "count_unreadable"),
    ("y", "perhaps", "yes_or_no_unknown"),
]


@pytest.fixture
def namesakes(lin, zhou):
    for person in (lin, zhou):
        person.name = "同名"
        person.save()


@pytest.mark.parametrize(("column", "cell", "code"), WRONG)
def test_a_wrong_cell_is_named(liang, fang, han, namesakes, at, column, cell, code):
    run = imported(liang, at, f'客户,{column}\n好的,\n坏的,"{cell}"\n')
    assert counts(run) == (2, 1, 0, 1)
    assert reasons(run) == {3: (column, code)}
    assert list(Customer.objects.values_list("name", flat=True)) == ["好的"]


def test_several_of_one_name_are_told_apart_by_sign_in(liang, namesakes, at):
    run = imported(liang, at, "客户,负责人\n甲,同名\n")
    assert ImportProblem.objects.get(run=run).reason["who"] == "同名（lin）、同名（zhou）"


def test_an_empty_name_and_one_of_ten_thousand_characters_are_errors(liang, at):
    run = imported(liang, at, f"客户,备注\n,有备注\n{'长' * 10_000},\n\u200b\u200b,看不见\n")
    assert reasons(run) == {
        2: ("客户", "name_missing"),
        3: ("客户", "text_too_long"),
        4: ("客户", "name_missing"),
    }


def test_emoji_and_quotes_and_line_breaks_are_no_error(liang, at):
    imported(liang, at, '客户,备注\n"😀 怡美\n卫浴 ""旗舰""","一\n二\\\t三"\n')
    made = Customer.objects.get()
    assert (made.name, made.remarks) == ('😀 怡美 卫浴 "旗舰"', "一\n二\\\t三")


def test_a_row_with_more_cells_than_the_header_is_an_error(liang, at):
    run = imported(liang, at, "客户,备注\n甲,一\n乙,二,三\n丙,一,\n")
    assert reasons(run) == {3: ("", "row_has_more_cells")}


def test_the_wrong_one_of_two_phone_columns_is_named(liang, at):
    run = imported(liang, at, "客户,手机,座机\n甲,13812345678,123\n")
    assert reasons(run) == {2: ("座机", "phone_too_short")}


def test_counts_add_up_when_four_of_ten_rows_are_broken(liang, at):
    lines = [f"客户{n},{f'1381234{n:04}' if n % 5 > 1 else 'x'}" for n in range(5000)]
    run = imported(liang, at, "客户,电话\n" + "\n".join(lines) + "\n")
    assert counts(run) == (5000, 3000, 0, 2000)
    assert [run.preview["counts"][name] for name in ("rows", "create", "error")] == [5000, 3000, 2000]
    assert Customer.objects.count() == 3000
    assert run.problems.count() == 2000
