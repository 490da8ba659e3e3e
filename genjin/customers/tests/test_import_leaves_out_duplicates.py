"""A phone or an id that is known, in the company or further up in the file, is not imported twice."""

import pytest

from genjin.core.transfer.models import ImportProblem
from genjin.customers.models import Customer
from genjin.customers.tests.importing import counts, imported, reasons

pytestmark = pytest.mark.django_db


def test_the_same_phone_in_the_file_counts_once(liang, at):
    run = imported(liang, at, "客户,电话\n甲,13812345678\n乙,+86 138-1234-5678\n丙,13912345678、13812345678\n")
    assert counts(run) == (3, 1, 2, 0)
    assert reasons(run) == {3: ("电话", "same_phone_in_row"), 4: ("电话", "same_phone_in_row")}


def test_the_same_file_twice_brings_nothing_new(liang, at):
    text = "客户,电话,编号\n甲,13812345678,\n乙,,K2\n"
    imported(liang, at, text)
    run = imported(liang, at, text, again=True)
    assert counts(run) == (2, 0, 2, 0)
    assert reasons(run) == {2: ("电话", "same_phone_as"), 3: ("编号", "same_id_as")}


def test_a_duplicate_of_ones_own_team_is_named(liang, lin, at):
    imported(liang, at, "客户,电话,负责人\n怡美,13812345678,lin\n")
    run = imported(liang, at, "客户,电话\n别名,13812345678\n")
    reason = ImportProblem.objects.get(run=run).reason
    assert reason == {"code": "same_phone_as", "name": "怡美", "owner": "林小满", "in_pool": False}


def test_of_another_region_only_the_owner_is_named(liang, fang, lin, at):
    imported(liang, at, "客户,电话,编号,负责人\n怡美,13812345678,K1,lin\n恒丰,13912345678,,\n")
    run = imported(fang, at, "客户,电话,编号\n甲,13812345678,\n乙,,K1\n丙,13912345678,\n")
    said = [problem.reason for problem in run.problems.all()]
    assert said == [
        {"code": "same_phone_elsewhere", "owner": "林小满"},
        {"code": "same_id_elsewhere", "owner": "林小满"},
        {"code": "same_phone_elsewhere"},
    ]


def test_a_wrong_row_does_not_make_a_right_one_a_duplicate(liang, at):
    run = imported(liang, at, "客户,电话,下次联系\n甲,13812345678,2026-02-30\n乙,13812345678,\n")
    assert counts(run) == (2, 1, 0, 1)
    assert Customer.objects.get().name == "乙"


def test_rows_without_phone_and_id_are_never_duplicates(liang, at):
    assert counts(imported(liang, at, "客户\n甲\n甲\n")) == (2, 2, 0, 0)
