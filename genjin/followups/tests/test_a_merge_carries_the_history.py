"""Notes, promises, appointments and tasks go along with a merge, and back with those made since staying."""

from datetime import timedelta

import pytest

from genjin.core.reasons import Refused
from genjin.customers.merging.services import merge_customers, undo_merge
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Promise, Task, Touch
from genjin.followups.services.agreements import end_appointment, make_appointment, make_promise
from genjin.followups.services.corrections import undo_touch
from genjin.followups.tasks.services import Order, give_tasks_to_owners

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(customer_of, save, lin, zhou, liang, at):
    """zhou's has a note, a promise, a visit and a task; lin's has a note."""
    kept, absorbed = customer_of(lin), customer_of(zhou)
    save(lin, kept, effective=True, remarks="老板在外地")
    save(zhou, absorbed, effective=True, remarks="想看案例", moment=at + timedelta(minutes=5))
    make_promise(customer=absorbed, what="发案例", by_when=at + timedelta(days=1), by=zhou, at=at)
    make_appointment(customer=absorbed, when=at + timedelta(days=2), by=zhou, at=at)
    give_tasks_to_owners(order=Order(on=at.date(), purpose="问清预算"), customers=[absorbed], by=liang, at=at)
    return kept, absorbed


def hung(row):
    """How many notes, promises, appointments, tasks hang on it, and what it says of itself."""
    row = Customer.objects.get(pk=row.pk)
    tables = (Touch, Promise, Appointment, Task)
    counts = [table.objects.filter(customer=row).count() for table in tables]
    return [*counts, row.attempts, row.effective_contacts, row.last_note, row.appointment_at is not None]


def owners(row):
    return {
        table.objects.get(customer=row).by if table is not Task else table.objects.get(customer=row).person
        for table in (Promise, Appointment, Task)
    }


def test_all_of_both_hangs_on_one_and_belongs_to_its_owner(two, liang, lin, at):
    kept, absorbed = two
    merge_customers(kept=kept, absorbed=absorbed, by=liang, at=at)
    assert hung(kept) == [2, 1, 1, 1, 2, 2, "想看案例", True]
    assert hung(absorbed)[:4] == [0, 0, 0, 0]
    assert owners(kept) == {lin}
    assert not Promise.objects.get().ended_at


def test_taken_apart_each_has_its_own_again(two, liang, zhou, at):
    before = [hung(row) for row in two]
    merge = merge_customers(kept=two[0], absorbed=two[1], by=liang, at=at)
    undo_merge(merge=merge, by=liang, at=at)
    assert [hung(row) for row in two] == before
    assert owners(two[1]) == {zhou}


def test_what_was_done_since_stays(two, liang, lin, save, at):
    kept, absorbed = two
    merge = merge_customers(kept=kept, absorbed=absorbed, by=liang, at=at)
    save(lin, Customer.objects.get(pk=kept.pk), effective=True, remarks="要合同", moment=at + timedelta(hours=1))
    end_appointment(appointment=Appointment.objects.get(), result="held", by=lin, at=at)
    undo_merge(merge=merge, by=liang, at=at)
    assert hung(kept) == [2, 0, 0, 0, 2, 2, "要合同", False]
    assert hung(absorbed) == [1, 1, 1, 1, 1, 1, "想看案例", False]


def test_a_note_from_before_the_merge_is_not_taken_back_after_it(two, liang, zhou, at):
    kept, absorbed = two
    merge_customers(kept=kept, absorbed=absorbed, by=liang, at=at)
    with pytest.raises(Refused) as refused:
        undo_touch(touch=Touch.objects.get(author=zhou), by=zhou, at=at)
    assert refused.value.reason.code == "touched_since"
