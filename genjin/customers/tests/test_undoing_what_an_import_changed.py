"""Undoing an import gives changed customers back what stood before, field by field where nobody changed it since."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.search import services as search
from genjin.core.transfer import undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.kept import kept_rows
from genjin.customers.models import ContactPerson, Customer, Phone, Remark
from genjin.customers.services.identity import ContactFile, change_customer
from genjin.customers.services.ownership import assign_customer
from genjin.customers.tests.importing import imported
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db

UPDATE = {"mode": "update", "key": "external_id"}
STATE = ("name", "city", "industry", "source", "owner", "class_code", "due_on", "planned_on", "unit", "external_id")


@pytest.fixture
def yimei(owned, lin) -> Customer:
    row = owned(lin, "怡美", phones=["13812345678"], contact=ContactFile({"name": "周工"}), tags=["老客户"])
    Customer.objects.filter(pk=row.pk).update(external_id="K1", city="常州")
    row.refresh_from_db()
    return row


def state(row: Customer) -> tuple:
    row.refresh_from_db()
    phones = list(row.phones.order_by("pk").values_list("number", flat=True))
    people = list(row.contact_people.order_by("pk").values_list("name", "title"))
    return ([getattr(row, name) for name in STATE], phones, people, list(row.tags.values_list("name", flat=True)))


def undone(run: ImportRun, by, at) -> ImportRun:
    undoing.start_undo(run=run, by=by, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    return run


TEXT = (
    "客户,编号,电话,行业,来源,城市,联系人,职位,标签,负责人,客户类别,备注日期,备注内容\n"
    "怡美卫浴,K1,13812345679,建材,展会,无锡,周工,采购,展会,zhou,3,2026-10-01,要样册\n"
    "怡美卫浴,K1,,五金,,,李工,,,,,,\n"
    "新的,K2,13912345679,五金,,,,,,lin,,,\n"
)
MAPPING = {"客户类别": "class", "备注日期": "remark_on", "备注内容": "remark_text"}
RULES = dict.fromkeys(
    ["name", "phones", "industry", "city", "contact_name", "contact_title", "tags", "owner", "class"], "overwrite"
)


def test_everything_stands_as_before(liang, zhou, yimei, at):
    before = state(yimei)
    run = imported(liang, at, TEXT, MAPPING, rules=RULES, **UPDATE)
    assert (run.created, run.updated, run.failed) == (1, 2, 0)
    assert state(yimei) != before
    assert (yimei.owner, yimei.industry) == (zhou, "五金")
    found = undoing.forecast(run)
    assert (found.remove, found.restore, found.part, found.keep) == (1, 1, 0, 0)

    run = undone(run, liang, at)
    assert (run.removed, run.restored, run.kept) == (1, 1, 0)
    assert not run.kept_records.exists()
    assert state(yimei) == before
    assert not Remark.objects.exists()
    assert Entry.objects.filter(verb="customer.import_taken_back", subject=yimei.pk).count() == 1
    assert search.check() == []


def test_a_field_changed_later_keeps_the_later_value_and_is_listed(liang, lin, yimei, at):
    run = imported(liang, at, "客户,编号,行业,地址\n怡美,K1,建材,鸣新中路\n", **UPDATE)
    change_customer(customer=yimei, fields={"industry": "五金"}, by=lin, at=at)
    assert undoing.forecast(run).part == 1
    run = undone(run, liang, at)
    yimei.refresh_from_db()
    assert (yimei.industry, yimei.address) == ("五金", "")
    assert (run.restored, run.kept) == (1, 0)
    [row] = kept_rows(run.kept_records.all(), liang)
    assert (row.customer, row.who, row.is_part) == (yimei, "林小满", True)


def test_whose_it_is_class_and_dates_are_given_back_together_or_not_at_all(liang, zhou, lin, yimei, at):
    rules = {"owner": "overwrite", "class": "overwrite", "city": "overwrite"}
    run = imported(
        liang, at, "客户,编号,负责人,客户类别,城市\n怡美,K1,zhou,3,无锡\n", {"客户类别": "class"}, rules=rules, **UPDATE
    )
    assign_customer(customer=yimei, to=lin, by=liang, at=at)
    run = undone(run, liang, at)
    yimei.refresh_from_db()
    assert (yimei.owner, yimei.class_code, yimei.city) == (lin, "3", "常州")
    assert run.kept_records.get().is_part


def test_an_owner_of_then_who_left_is_not_brought_back(liang, zhou, lin, yimei, at):
    rules = {"owner": "overwrite", "city": "overwrite"}
    run = imported(liang, at, "客户,编号,负责人,城市\n怡美,K1,zhou,无锡\n", rules=rules, **UPDATE)
    Person.objects.filter(pk=lin.pk).update(is_active=False, left_on=at.date())
    run = undone(run, liang, at)
    yimei.refresh_from_db()
    assert (yimei.owner, yimei.city) == (zhou, "常州")
    assert (run.restored, run.kept_records.get().is_part) == (1, True)


def test_what_was_changed_altogether_is_kept(liang, lin, yimei, at):
    run = imported(liang, at, "客户,编号,行业\n怡美,K1,建材\n", **UPDATE)
    change_customer(customer=yimei, fields={"industry": "五金"}, by=lin, at=at)
    run = undone(run, liang, at)
    assert (run.removed, run.restored, run.kept) == (0, 0, 1)
    assert Phone.objects.count() == 1
    assert ContactPerson.objects.count() == 1


def test_a_customer_made_and_changed_by_one_file_goes_with_it(liang, at):
    run = imported(liang, at, "客户,编号,行业\n新的,K9,\n新的,K9,建材\n", **UPDATE)
    assert (run.created, run.updated) == (1, 1)
    run = undone(run, liang, at)
    assert (run.removed, run.kept, Customer.objects.count()) == (1, 0, 0)
