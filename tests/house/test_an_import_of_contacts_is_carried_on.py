"""Whatever stops an import of contacts, no customer is half told of, and in the end all stands as if nothing had."""

from datetime import timedelta

import pytest

from genjin.config.checking import contacts_are_counted
from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.pace import Pace
from genjin.customers.models import Customer
from genjin.customers.tests.importing import imported as customers_imported
from genjin.followups.contacts_made.writing import ContactsWriter
from genjin.followups.models import Touch
from genjin.followups.tests.importing import checked, imported, undone

pytestmark = pytest.mark.django_db

CUSTOMERS = "客户,负责人,类别\n" + "".join(f"客户{n},lin,4\n" for n in range(7))
ROWS = [
    f"客户{n % 8},2026-{3 + n % 6:02}-{1 + n % 27:02} 1{n % 9}:00,"
    f"{'lin' if n % 3 else '王强'},{'是否'[n % 2]},第{n % 60}次"
    for n in range(70)
]
TEXT = "客户,联系时间,跟进人,有效联系,内容\n" + "\n".join(ROWS) + "\n"
FIGURES = (
    "name", "attempts", "effective_contacts", "missed_in_row", "last_effective_on", "last_touch_at", "last_note",
    "due_on", "due_why", "planned_on",
)  # fmt: skip


def told() -> tuple[list, list]:
    touches = Touch.objects.order_by("key").values_list("customer__name", "at", "author", "author_words", "remarks")
    return list(touches), list(Customer.objects.order_by("name").values_list(*FIGURES))


@pytest.fixture
def _customers(liang, lin, at) -> None:
    customers_imported(liang, at - timedelta(days=3), CUSTOMERS)


@pytest.mark.usefixtures("_customers")
@pytest.mark.parametrize("rows", [7, 13, 70])
@pytest.mark.parametrize("after_writing", [False, True])
def test_in_the_end_it_stands_as_an_undisturbed_one(liang, at, monkeypatch, rows, after_writing):
    whole = imported(liang, at, TEXT)
    undisturbed = told()
    counted = (whole.created, whole.skipped, whole.failed)
    undone(whole, liang, at)
    monkeypatch.setattr(runs, "Pace", lambda *_: Pace(rows, rows))
    run = checked(liang, at, TEXT)
    runs.start(run=run, by=liang, at=at)
    broken = 0
    write = ContactsWriter.write

    def breaking(self, items, customers):
        nonlocal broken
        if after_writing:
            write(self, items, customers)
        broken += 1
        raise OSError("the power went")

    while run.done + rows < run.rows:
        with monkeypatch.context() as patched:
            patched.setattr(ContactsWriter, "write", breaking)
            with pytest.raises(OSError, match="power"):
                runs.carry_out(run, at=at)
        assert list(contacts_are_counted()) == []
        runs.start(run=run, by=liang, at=at)
        carry_on_for_a_batch(run, at, monkeypatch)
        run.refresh_from_db()
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert (run.state, (run.created, run.skipped, run.failed), sum(counted)) == ("done", counted, run.rows)
    assert told() == undisturbed
    assert list(contacts_are_counted()) == []


def carry_on_for_a_batch(run: ImportRun, at, monkeypatch) -> None:
    """One batch is written; before the next the power goes again."""
    write, written = ContactsWriter.write, []

    def once(self, items, customers):
        if written:
            raise OSError("the power went")
        written.append(items)
        write(self, items, customers)

    with monkeypatch.context() as patched:
        patched.setattr(ContactsWriter, "write", once)
        try:
            runs.carry_out(run, at=at)
        except OSError:
            runs.start(run=run, by=run.by, at=at)
