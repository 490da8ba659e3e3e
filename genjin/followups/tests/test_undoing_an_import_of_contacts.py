"""An import of contacts taken back: they go, dates and figures are as before; who was touched since keeps both."""

from datetime import date, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted
from genjin.core.transfer import undoing
from genjin.customers.models import Customer
from genjin.customers.tests.importing import imported as customers_imported
from genjin.followups.models import Touch
from genjin.followups.services.corrections import correct_touch, undo_touch
from genjin.followups.tests.importing import imported, undone

pytestmark = pytest.mark.django_db

CUSTOMERS = "客户,电话,负责人,类别\n" + "".join(f"客户{n},1380000{n:04},lin,4\n" for n in range(3))
CONTACTS = "客户,联系时间,跟进人,有效联系,内容\n" + "".join(
    f"客户{n},2026-0{month}-02 10:00,王强,是,第{month}次\n" for n in range(3) for month in (3, 6)
)


def rows() -> list[dict]:
    """Everything that stands on the customers but their version."""
    return [{**row, "version": 0} for row in Customer.objects.order_by("pk").values()]


@pytest.fixture
def _customers(liang, lin, at) -> None:
    customers_imported(liang, at - timedelta(days=3), CUSTOMERS)


@pytest.mark.usefixtures("_customers")
def test_everything_stands_as_before(liang, at):
    before = rows()
    run = imported(liang, at, CONTACTS)
    assert (Touch.objects.count(), set(Customer.objects.values_list("attempts", "planned_on"))) == (
        6,
        {(2, date(2026, 11, 24))},
    )
    forecast = undoing.forecast(run)
    assert (forecast.remove, forecast.restore, forecast.keep) == (0, 3, 0)
    undone(run, liang, at)
    assert (run.state, run.removed, run.restored, run.kept) == ("undone", 0, 3, 0)
    assert (rows(), Touch.objects.count()) == (before, 0)


@pytest.mark.usefixtures("_customers")
def test_who_was_touched_since_keeps_contacts_and_dates(liang, lin, at, save):
    run = imported(liang, at, CONTACTS)
    touched = Customer.objects.get(name="客户1")
    save(lin, touched, remarks="刚谈过", effective=True)
    undone(run, liang, at + timedelta(hours=1))
    assert (run.restored, run.kept, run.kept_records.get().subject) == (2, 1, touched.pk)
    assert Touch.objects.filter(import_run=run).count() == 2
    assert set(Customer.objects.values_list("name", "attempts")) == {("客户0", 0), ("客户1", 3), ("客户2", 0)}


@pytest.mark.usefixtures("_customers")
def test_killed_on_the_way_it_is_carried_on(liang, at, monkeypatch):
    before = rows()
    run = imported(liang, at, CONTACTS)
    monkeypatch.setattr(undoing, "BATCH", 1)
    undoing.start_undo(run=run, by=liang, at=at)
    run.refresh_from_db()
    assert undoing._undo_batch(run, undoing._undo_of(run), at=at)
    assert Touch.objects.count() == 4
    undoing.carry_out_undo(run, at=at)
    assert (rows(), Touch.objects.count()) == (before, 0)


def test_an_import_of_customers_with_contacts_of_another_keeps_them(liang, lin, at):
    customers = customers_imported(liang, at - timedelta(days=3), CUSTOMERS)
    contacts = imported(liang, at, CONTACTS.replace("客户2,", "不在,"))
    undone(customers, liang, at)
    assert set(Customer.objects.values_list("name", flat=True)) == {"客户0", "客户1"}
    undone(contacts, liang, at)
    assert set(Customer.objects.values_list("attempts", flat=True)) == {0}


@pytest.mark.usefixtures("_customers")
def test_a_single_contact_of_an_import_is_neither_taken_back_nor_corrected(liang, lin, at):
    imported(liang, at, CONTACTS.replace("王强", "lin"))
    touch, before = Touch.objects.first(), rows()
    with pytest.raises(NotPermitted, match="imported_contact_stays"):
        undo_touch(touch=touch, by=lin, at=at)
    with pytest.raises(NotPermitted, match="imported_contact_stays"):
        correct_touch(
            touch=touch,
            remarks="改",
            interests=[],
            objections=[],
            attitude="",
            pays_on=None,
            services=[],
            by=lin,
            at=at,
        )
    assert (rows(), Touch.objects.first().remarks) == (before, touch.remarks)


@pytest.mark.usefixtures("_customers")
def test_what_was_taken_back_can_be_imported_again(liang, at):
    run = imported(liang, at, CONTACTS)
    undone(run, liang, at)
    assert imported(liang, at, CONTACTS).created == 6
    assert Entry.objects.filter(verb="customer.import_taken_back").count() == 3
