"""A whole import is taken back: what nobody touched goes with all that hung on it, what somebody did stays."""

import json
from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.core.search import services as search
from genjin.core.transfer import jobs, undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers import hanging
from genjin.customers.importing.kept import kept_rows
from genjin.customers.importing.undoing import CustomerUndo
from genjin.customers.models import ContactPerson, Customer, Phone, Remark
from genjin.customers.services.identity import ContactFile, change_profile, create_customer, save_contact_person
from genjin.customers.services.ownership import assign_customer, lend_customer
from genjin.customers.tests.importing import checked, imported

pytestmark = pytest.mark.django_db

TEXT = "客户,电话,联系人,负责人,备注日期,备注内容,标签\n" + "".join(
    f"客户{n},1380000{n:04},联系人{n},lin,2026-10-0{n % 9 + 1},聊过一次,展会\n" for n in range(12)
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(undoing, "BATCH", 5)


def undone(run: ImportRun, by, at) -> ImportRun:
    undoing.start_undo(run=run, by=by, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    return run


def of(name: str) -> Customer:
    return Customer.objects.get(name=name)


def test_an_import_nobody_touched_leaves_nothing_behind_but_its_record(liang, lin, at):
    run = imported(liang, at, TEXT)
    pks = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    run = undone(run, liang, at)
    assert (run.state, run.removed, run.restored, run.kept) == ("undone", 12, 0, 0)
    for model in (Customer, Phone, ContactPerson, Remark, Customer.tags.through):
        assert not model.objects.exists()
    assert search.check() == []
    said = Entry.objects.filter(kind="customer", verb="customer.import_undone", by=liang)
    assert sorted(said.values_list("subject", flat=True)) == pks
    whole = Entry.objects.get(kind="import", verb="customer.import_undone")
    assert (whole.subject, whole.changes) == (run.pk, {"removed": [None, 12], "restored": [None, 0], "kept": [None, 0]})


def test_the_forecast_is_what_happens(liang, lin, zhou, at):
    run = imported(liang, at, TEXT)
    assign_customer(customer=of("客户3"), to=zhou, by=liang, at=at)
    found = undoing.forecast(run)
    assert (found.remove, found.restore, found.keep) == (11, 0, 1)
    assert [one.subject for one in found.first_kept] == [of("客户3").pk]
    run = undone(run, liang, at)
    assert (run.removed, run.kept) == (11, 1)
    assert run.removed + run.restored + run.kept == run.created + run.updated


def test_who_touched_a_kept_customer_and_how_is_listed(liang, lin, zhou, at):
    run = imported(liang, at, TEXT)
    save_contact_person(customer=of("客户1"), contact=ContactFile({"name": "周工"}), by=lin, at=at)
    lend_customer(customer=of("客户2"), to=zhou, may_work=True, ends_on=None, by=lin, at=at)
    change_profile(customer=of("客户4"), fields={"market": "回暖"}, by=lin, at=at)
    create_customer(fields={"name": "介绍来的", "referred_by": of("客户5")}, owner=zhou, by=zhou, at=at)
    run = undone(run, liang, at)
    told = {row.customer.name: (row.who, row.what) for row in kept_rows(run.kept_records.all(), liang)}
    assert told == {
        "客户1": ("林小满", "新联系人周工"),
        "客户2": ("林小满", "给周雨桐协作：可以跟进"),
        "客户4": ("林小满", "补充打前资料"),
        "客户5": ("", "转介绍过别的客户"),
    }
    assert set(Customer.objects.values_list("name", flat=True)) == {"介绍来的", *told}
    assert search.check() == []


def test_of_a_kept_customer_that_went_elsewhere_only_so_much_is_told(liang, lin, fang, qian, at):
    run = imported(liang, at, TEXT)
    assign_customer(customer=of("客户1"), to=fang, by=qian, at=at)
    run = undone(run, liang, at)
    [row] = kept_rows(run.kept_records.all(), liang)
    assert (row.customer, row.who, row.what) == (None, "", "归同事负责")


def test_an_undo_that_broke_off_goes_on_where_it_stood(liang, lin, zhou, at, clock, monkeypatch):
    run = imported(liang, at, TEXT)
    assign_customer(customer=of("客户7"), to=zhou, by=liang, at=at)
    whole, calls = CustomerUndo._remove, []

    def broken(self, names, **given):
        whole(self, names, **given)
        calls.append(names)
        if len(calls) == 2:
            raise OSError("the power went")

    undoing.start_undo(run=run, by=liang, at=at)
    with monkeypatch.context() as patched:
        patched.setattr(CustomerUndo, "_remove", broken)
        with pytest.raises(OSError, match="power"):
            undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.removed, json.loads(run.message)["code"]) == ("undoing", 5, "undo_broke_off")
    assert Customer.objects.count() == 7
    clock.shift(timedelta(seconds=jobs.SILENT_SECONDS + 1))
    jobs.carry_on_interrupted_runs()
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    assert (run.state, run.removed, run.kept, run.message) == ("undone", 11, 1, "")
    assert [one.subject for one in run.kept_records.all()] == [of("客户7").pk]


def test_undoing_twice_changes_nothing_more(liang, lin, at):
    run = undone(imported(liang, at, TEXT), liang, at)
    written = Entry.objects.count()
    again = undone(ImportRun.objects.get(pk=run.pk), liang, at)
    assert (again.removed, Entry.objects.count()) == (12, written)


def test_an_undone_file_can_be_imported_again(liang, lin, at):
    undone(imported(liang, at, TEXT), liang, at)
    again = imported(liang, at, TEXT)
    assert (again.created, Customer.objects.count()) == (12, 12)


def test_what_was_not_imported_cannot_be_undone(liang, lin, at):
    run = checked(liang, at, TEXT)
    with pytest.raises(Refused, match="import_cannot_be_undone"):
        undoing.start_undo(run=run, by=liang, at=at)
    run.refresh_from_db()
    assert run.state == "checked"


def test_a_seller_may_not_undo(liang, lin, at):
    run = imported(liang, at, TEXT)
    with pytest.raises(NotPermitted):
        undoing.start_undo(run=run, by=lin, at=at)
    assert Customer.objects.count() == 12


def test_every_table_that_names_a_customer_is_known():
    known = {(one.model._meta.db_table, one.to) for one in hanging.registered()}
    named = {(one.related_model._meta.db_table, one.field.name) for one in Customer._meta.related_objects}
    named.add((Customer.tags.through._meta.db_table, "customer"))
    assert named - known == set()
