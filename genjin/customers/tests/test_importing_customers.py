"""What an imported row becomes: a whole customer, with nothing that the file does not say."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.core.search import services as search
from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import ContactPerson, Customer, Phone, Remark
from genjin.customers.tests.importing import checked, counts, imported, reasons, receive

pytestmark = pytest.mark.django_db

FULL = (
    "公司名称,手机,座机,联系人,职务,行业,来源,省市区,地址,标签,备注,编号,负责人,类别,下次联系时间,最后跟进时间,小记,小记日期\n"
    "江苏怡美卫浴有限公司,138 1234 5678,0519-86662210,周先生,老板,建材,展会,江苏常州武进区,鸣新路 1 号,"
    "样册、老客户,做过别家,KH-1,林小满,普3,2026-11-27,2026-11-20,要样册,2026-11-20\n"
)


def test_a_full_row_becomes_a_whole_customer(liang, lin, at):
    run = imported(liang, at, FULL)
    assert counts(run) == (1, 1, 0, 0)
    made = Customer.objects.get()
    assert (made.name, made.name_key, made.kind) == ("江苏怡美卫浴有限公司", "怡美卫浴", "org")
    assert (made.province, made.city, made.district, made.address) == ("江苏", "常州", "武进区", "鸣新路 1 号")
    assert (made.industry, made.source.name, made.remarks, made.external_id) == ("建材", "展会", "做过别家", "KH-1")
    assert (made.owner, made.unit, made.pool, made.owned_since) == (lin, lin.unit, None, date(2026, 11, 24))
    assert (made.playbook, made.class_code, made.entered_classes) == ("telesales", "3", {"3": "2026-11-24"})
    assert (made.last_effective_on, made.planned_on) == (date(2026, 11, 20), date(2026, 11, 27))
    assert made.due_why["code"] == "due_after_effective"
    assert made.planned_why == {"code": "planned_by_file", "on": "2026-11-27"}
    assert sorted(tag.name for tag in made.tags.all()) == ["样册", "老客户"]
    assert list(Phone.objects.values_list("number", "position")) == [("13812345678", 0), ("051986662210", 1)]
    assert list(ContactPerson.objects.values_list("name", "title", "is_key_person")) == [("周先生", "老板", False)]
    assert list(Remark.objects.values_list("on", "text")) == [(date(2026, 11, 20), "要样册")]
    assert (made.created_at, made.created_by, made.import_run) == (at, liang, run)
    assert (made.attempts, made.effective_contacts, made.last_touch_at, made.won_on) == (0, 0, None, None)


def test_an_import_leaves_its_audit_entries_and_search_words(liang, lin, at):
    run = imported(liang, at, FULL)
    made = Customer.objects.get()
    entry = Entry.objects.about("customer", made.pk).get()
    assert (entry.verb, entry.by, entry.at) == ("customer.imported", liang, at)
    assert entry.changes["row"] == [None, 2]
    summary = Entry.objects.about("import", run.pk).get()
    assert summary.changes == {name: [None, count] for name, count in zip(runs.COUNTS, (1, 1, 0, 0, 0, 0), strict=True)}
    assert search.check() == []


def test_what_the_file_does_not_say_is_not_invented(liang, lin, at):
    imported(liang, at, "客户名称,负责人\n怡美,lin\n")
    made = Customer.objects.get()
    assert (made.class_code, made.last_effective_on, made.planned_on) == ("0", None, None)
    assert made.due_why["code"] == "due_first_contact_imported"
    assert made.due_on > date(2026, 11, 24)
    assert not made.contact_people.exists()


def test_a_row_without_an_owner_goes_to_the_chosen_pool_and_has_no_dates(liang, east_one, at):
    run = imported(liang, at, "客户,下次联系\n怡美,2026-12-01\n", pool=east_one.pool.pk)
    made = Customer.objects.get()
    assert (made.owner, made.pool, made.unit, made.due_on, made.planned_on) == (
        None, east_one.pool, east_one, None, None,
    )  # fmt: skip
    assert run.preview["lost_plans"] == 1


def test_without_a_pool_a_row_without_an_owner_is_an_error(liang, at):
    assert reasons(imported(liang, at, "客户\n怡美\n", pool=None)) == {2: ("", "owner_missing")}


def test_all_rows_may_be_given_to_one_person_or_one_pool(liang, lin, at):
    imported(liang, at, "客户\n怡美\n", give_to="person", owner=lin.pk)
    imported(liang, at, "客户,负责人\n恒丰,林小满\n", give_to="pool")
    assert list(Customer.objects.order_by("pk").values_list("owner__sign_in", "pool__unit__name")) == [
        ("lin", None),
        (None, "华东大区"),
    ]


def test_a_class_that_closes_makes_a_closed_customer(liang, at):
    run = imported(liang, at, "客户,等级\n怡美,E\n恒丰,A\n")
    closed, other = Customer.objects.order_by("pk")
    assert (closed.class_code, closed.closed_kind, closed.pool, closed.closed_on) == ("E", "dead", None, at.date())
    assert (other.class_code, other.closed_kind, other.pool) == ("A", "", liang.unit.pool)
    assert run.preview["closed"] == 1


def test_a_plan_in_the_past_is_placed_on_today_and_one_beyond_the_cycle_on_its_last_day(liang, lin, at):
    text = (
        "客户,负责人,类别,下次联系,上次联系\n甲,lin,3,2026-11-02,2026-11-20\n"
        "乙,lin,3,2027-06-01,2026-11-20\n丙,lin,3,2027-06-01,2026-01-20\n"
    )
    run = imported(liang, at, text)
    first, second, third = Customer.objects.order_by("pk")
    assert first.planned_on == date(2026, 11, 24)
    assert second.planned_on == second.due_on > date(2026, 11, 24)
    assert (third.planned_on, third.due_on < date(2026, 11, 24)) == (date(2026, 11, 24), True)
    assert run.preview["moved"] == {"past": 1, "beyond": 1, "overdue": 1}
    assert run.preview["overdue"] == 1


def test_a_remark_without_a_day_is_a_plain_remark(liang, at):
    imported(liang, at, "客户,跟进记录,备注\n怡美,要样册,老客户\n")
    assert Customer.objects.get().remarks == "老客户\n要样册"
    assert not Remark.objects.exists()


def test_a_seller_may_not_import(lin, at):
    with pytest.raises(NotPermitted):
        receive(lin, at, FULL)


def test_somebody_elses_pool_is_refused(liang, south, at):
    with pytest.raises(Refused, match="pool_outside_scope"):
        checked(liang, at, "客户\n怡美\n", pool=south.pool.pk)
    assert ImportRun.objects.get().state == "mapping"


def test_a_file_without_a_name_column_needs_a_word(liang, at):
    with pytest.raises(Refused, match="name_column_missing"):
        checked(liang, at, "电话\n13812345678\n")
    made = imported(liang, at, "电话\n13812345678\n", name_from_row=True, kind="person")
    assert counts(made) == (1, 1, 0, 0)
    customer = Customer.objects.get()
    assert (customer.name, customer.external_id, customer.kind) == ("名单 2", "名单:2", "person")


def test_a_begun_import_keeps_its_columns(liang, at):
    run = imported(liang, at, "客户\n怡美\n")
    with pytest.raises(Refused, match="import_has_begun"):
        runs.choose(run=run, mapping={}, options={}, by=liang, at=at)


def test_a_workbook_keeps_its_days_and_its_phones(liang, lin, at):
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, ["客户名称", "手机", "负责人", "下次联系"])
    sheet.write_row(1, 0, ["怡美", 13812345678, "林小满"])
    sheet.write_datetime(1, 3, datetime(2026, 11, 27), day)
    book.close()
    run = runs.receive(kind="customer", pieces=[memory.getvalue()], file_name="名单.xlsx", by=liang, at=at)
    runs.choose(run=run, mapping=run.mapping, options={}, by=liang, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    runs.start(run=run, by=liang, at=at)
    runs.carry_out(run, at=at)
    made = Customer.objects.get()
    assert (made.planned_on, made.phones.get().number) == (date(2026, 11, 27), "13812345678")
