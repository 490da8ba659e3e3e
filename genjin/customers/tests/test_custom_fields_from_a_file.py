"""Custom fields come in by files: new customers and those there, field by field, back again, and never past a role."""

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.fields.services import change_field, make_field
from genjin.core.search import services as search
from genjin.core.transfer import undoing
from genjin.core.transfer.kinds import kind_named
from genjin.core.transfer.models import ExportRun
from genjin.customers.exporting.reading import CustomerExporter
from genjin.customers.history import tell
from genjin.customers.importing.updating.showing import change_examples
from genjin.customers.models import Customer
from genjin.customers.services.identity import change_customer
from genjin.customers.tests.described import define
from genjin.customers.tests.importing import checked, counts, imported, reasons

pytestmark = pytest.mark.django_db
HEADER = "客户,电话,员工人数,现用品牌,合同到期日,关心,年预算,备用电话,公众号,介绍人,签过"
ROW = '怡美,13812345678,"1,200",金蝶,2027/3/1,售后、价格,¥12800,139 0000 1111,怡美卫浴之家,lin,否'
KEPT = {
    "yuangongrenshu": 1200, "xianyongpinpai": "jindie", "hetongdaoqiri": "2027-03-01",
    "guanxin": ["jiage", "shouhou"], "nianyusuan": "12800.00", "beiyongdianhua": "13900001111",
    "gongzhonghao": "怡美卫浴之家", "qianguo": False,
}  # fmt: skip


@pytest.fixture
def fields(qian, at):
    return {field.code: field for field in define(qian, at)}


def test_every_kind_comes_in(fields, liang, lin, at):
    run = imported(liang, at, f"{HEADER}\n{ROW}\n乙,13812345679,,,,,,,,,\n")
    assert counts(run) == (2, 2, 0, 0)
    assert Customer.objects.get(name="怡美").custom == KEPT | {"jieshaoren": lin.pk}
    assert Customer.objects.get(name="乙").custom == {"yuangongrenshu": 5}
    assert search.check() == []


def test_without_a_column_there_are_the_defaults(fields, liang, at):
    imported(liang, at, "客户\n甲\n")
    assert Customer.objects.get().custom == {"yuangongrenshu": 5}


def test_without_any_field_nothing_is_kept(liang, at):
    imported(liang, at, "客户\n甲\n")
    assert Customer.objects.get().custom is None


@pytest.mark.parametrize(
    ("cell", "title", "code"),
    [
        ("很多", "员工人数", "field_takes_no_number"),
        ("SAP", "现用品牌", "field_has_no_choice"),
        ("明天", "合同到期日", "date_unreadable"),
        ("03/04/2027", "合同到期日", "date_ambiguous"),
        ("1.005", "年预算", "field_has_decimals"),
        ("12", "备用电话", "phone_too_short"),
        ("无此人", "介绍人", "field_takes_no_person"),
        ("也许", "签过", "field_takes_yes_or_no"),
        ("长" * 201, "公众号", "field_too_long"),
    ],
)
def test_a_wrong_cell_is_named_and_its_row_left_out(fields, liang, at, cell, title, code):
    run = imported(liang, at, f"客户,{title}\n甲,{cell}\n乙,\n")
    assert counts(run) == (2, 1, 0, 1)
    assert reasons(run) == {2: (title, code)}


def test_what_a_form_must_have_a_file_may_leave_empty(fields, liang, qian, at):
    change_field(field=fields["hetongdaoqiri"], is_required=True, by=qian, at=at)
    assert counts(imported(liang, at, "客户,合同到期日\n甲,\n")) == (1, 1, 0, 0)


def test_who_does_not_fill_a_field_does_not_import_it(qian, liang, at):
    make_field(subject="customer", label="底价", kind="money", seen_by=["owner"], by=qian, at=at)
    assert "custom_dijia" in [field.name for field in kind_named("customer").all_fields(qian)]
    assert "custom_dijia" not in [field.name for field in kind_named("customer").all_fields(liang)]
    imported(liang, at, "客户,底价\n甲,5\n", {"底价": "custom_dijia"})
    assert Customer.objects.get().custom is None


def test_who_is_there_is_filled_and_the_history_says_so(fields, liang, lin, owned, at):
    row = owned(lin, "怡美", phones=["13812345678"])
    run = checked(liang, at, f"{HEADER}\n{ROW}\n", mode="update", key="phone")
    (example,) = change_examples(run, liang)
    told = [(each.label, each.before, each.after) for each in example.changes]
    assert ("合同到期日", "", "2027-03-01") in told
    run = imported(liang, at, f"{HEADER}\n{ROW}\n", mode="update", key="phone")
    row.refresh_from_db()
    assert row.custom == KEPT | {"jieshaoren": lin.pk, "yuangongrenshu": 5}
    assert search.check() == []
    entry = Entry.objects.get(verb="customer.import_updated")
    assert ("关心", "", "价格、售后") in [(e.label, e.before, e.after) for e in tell([entry], row, lin)[0].changes]
    assert "年预算" not in [each.label for each in tell([entry], row, lin)[0].changes]


def test_overwriting_one_field_leaves_the_others(fields, liang, lin, owned, at):
    row = owned(lin, "怡美", phones=["13812345678"], custom={"qianguo": False, "gongzhonghao": "旧"})
    rules = {"custom_yuangongrenshu": "overwrite", "custom_gongzhonghao": "leave"}
    text = "客户,电话,员工人数,公众号,签过\n怡美,13812345678,30,新,是\n"
    imported(liang, at, text, mode="update", key="phone", rules=rules)
    row.refresh_from_db()
    assert row.custom == {"yuangongrenshu": 30, "qianguo": False, "gongzhonghao": "旧"}


def test_two_rows_of_one_customer_meet(fields, liang, lin, at):
    text = "客户,电话,员工人数,公众号\n怡美,13812345678,30,\n怡美,13812345678,40,新\n"
    imported(liang, at, text, mode="update", key="phone", rules={"custom_yuangongrenshu": "overwrite"})
    assert Customer.objects.get().custom == {"yuangongrenshu": 40, "gongzhonghao": "新"}
    assert search.check() == []


def test_taking_it_back_gives_back_field_by_field(fields, liang, lin, owned, at):
    row = owned(lin, "怡美", phones=["13812345678"])
    rules = {"custom_yuangongrenshu": "overwrite"}
    run = imported(liang, at, f"{HEADER}\n{ROW}\n", mode="update", key="phone", rules=rules)
    row.refresh_from_db()
    change_customer(customer=row, fields={}, custom={"gongzhonghao": "我改的"}, by=lin, at=at)
    undoing.start_undo(run=run, by=liang, at=at)
    undoing.carry_out_undo(run, at=at)
    row.refresh_from_db()
    assert row.custom == {"yuangongrenshu": 5, "gongzhonghao": "我改的"}
    assert search.check() == []


def test_a_list_that_went_out_comes_in_as_it_was(fields, liang, lin, qian, owned, at):
    owned(lin, "怡美", custom={code: value for code, value in KEPT.items() if code != "nianyusuan"})
    change_customer(customer=Customer.objects.get(), fields={}, custom={"nianyusuan": "12800.00"}, by=liang, at=at)
    before = Customer.objects.get().custom
    run = ExportRun(kind="customer", by=qian, made_at=at, query="view=all", options={"columns": "whole"})
    exporter = CustomerExporter(run)
    rows = [exporter.header, *exporter.rows(list(exporter.keys()))]
    text = "\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in rows)
    Customer.objects.all().delete()
    imported(liang, at, text)
    assert Customer.objects.get().custom == before


def test_the_template_has_them(fields, client_of, liang):
    assert client_of(liang).get(reverse("import_template")).status_code == 200
