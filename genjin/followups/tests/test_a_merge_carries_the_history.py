"""Notes, promises, appointments and tasks go along with a merge, and back with those made since staying."""

from datetime import timedelta

import pytest

from genjin.core.reasons import Refused
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, KeyNote, Promise, Proposal, Task, Touch
from genjin.followups.register.services import note_key_customer
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
    merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    assert hung(kept) == [2, 1, 1, 1, 2, 2, "想看案例", True]
    assert hung(absorbed)[:4] == [0, 0, 0, 0]
    assert owners(kept) == {lin}
    assert not Promise.objects.get().ended_at


def test_taken_apart_each_has_its_own_again(two, liang, zhou, at):
    before = [hung(row) for row in two]
    merge = merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    undo_merge(merge=merge, by=liang, at=at)
    assert [hung(row) for row in two] == before
    assert owners(two[1]) == {zhou}


def test_what_was_done_since_stays(two, liang, lin, save, at):
    kept, absorbed = two
    merge = merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    save(lin, Customer.objects.get(pk=kept.pk), effective=True, remarks="要合同", moment=at + timedelta(hours=1))
    end_appointment(appointment=Appointment.objects.get(), result="held", by=lin, at=at)
    undo_merge(merge=merge, by=liang, at=at)
    assert hung(kept) == [2, 0, 0, 0, 2, 2, "要合同", False]
    assert hung(absorbed) == [1, 1, 1, 1, 1, 1, "想看案例", False]


def test_a_proposal_that_lapsed_by_the_merge_is_to_be_decided_again(two, liang, zhou, at):
    made = Proposal.objects.create(
        customer=two[1], kind="class", owner=zhou, from_code=two[1].class_code, to_codes=["5"], made_at=at,
        rule={"code": "propose_reached"}, fact="a test",
    )  # fmt: skip
    before = Proposal.objects.filter(pk=made.pk).values().get()
    merge = merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    assert Proposal.objects.get().state == "lapsed"
    undo_merge(merge=merge, by=liang, at=at + timedelta(days=1))
    assert Proposal.objects.filter(pk=made.pk).values().get() == before


def test_a_task_of_one_who_owned_neither_is_theirs_again(two, liang, lin, zhou, qian, at):
    Task.objects.update(person=qian)
    promise = Promise.objects.get()
    merge = merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    assert Task.objects.get().person == lin
    undo_merge(merge=merge, by=liang, at=at + timedelta(days=1))
    assert (Task.objects.get().person, Promise.objects.get(pk=promise.pk).by) == (qian, zhou)


def test_what_stands_in_the_register_goes_along(two, liang, lin, zhou, at):
    note_key_customer(customer=two[1], next_step="寄样品", left_open="", memo="老板属虎", by=zhou, at=at)
    before = list(KeyNote.objects.order_by("pk").values())
    merge = merge_customers(kept=two[0], absorbed=[two[1]], by=liang, at=at)
    assert KeyNote.objects.get(pk=two[0].pk).memo == "老板属虎"
    undo_merge(merge=merge, by=liang, at=at)
    assert list(KeyNote.objects.order_by("pk").values()) == before


def test_a_note_from_before_the_merge_is_not_taken_back_after_it(two, liang, zhou, at):
    kept, absorbed = two
    merge_customers(kept=kept, absorbed=[absorbed], by=liang, at=at)
    with pytest.raises(Refused) as refused:
        undo_touch(touch=Touch.objects.get(author=zhou), by=zhou, at=at)
    assert refused.value.reason.code == "touched_since"
