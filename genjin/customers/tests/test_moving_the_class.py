"""Moving a customer's class by hand, and what a team lead confirms."""

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.restoring import undo
from genjin.customers.services.standing import confirm_condition, move_class

pytestmark = pytest.mark.django_db


def test_a_manager_moves_it_and_the_cycle_begins_today(owned, lin, liang, at, today):
    row = owned(lin)
    move_class(customer=row, to="3k", reason="一起打的电话", by=liang, at=at)
    row.refresh_from_db()
    assert (row.class_code, row.class_since, row.entered_classes["3k"]) == ("3k", today, today.isoformat())
    assert row.due_why["code"] == "due_after_class_move"


def test_moving_to_and_fro_does_not_restart_the_close_window(owned, lin, liang, at, today):
    row = owned(lin, class_code="3k")
    Customer.objects.update(entered_classes={"3k": "2026-11-10"})
    move_class(customer=row, to="4", reason="冷了", by=liang, at=at)
    move_class(customer=row, to="3k", reason="又热了", by=liang, at=at)
    row.refresh_from_db()
    assert row.entered_classes["3k"] == "2026-11-10"


def test_a_seller_moves_it_by_a_note_not_by_hand(owned, lin, at, refused):
    row = owned(lin)
    with refused("role_lacks_permission"):
        move_class(customer=row, to="1", reason="我看行", by=lin, at=at)


def test_a_manager_of_another_region_moves_nothing(owned, lin, fang, at, refused):
    row = owned(lin)
    with refused("belongs_to_another"):
        move_class(customer=row, to="3", reason="试试", by=fang, at=at)


@pytest.mark.parametrize(
    ("to", "reason", "code"), [("3", " ", "class_move_needs_a_reason"), ("Z", "对", "no_such_class")]
)
def test_what_makes_no_sense_is_refused(owned, lin, liang, at, refused, to, reason, code):
    row = owned(lin)
    with refused(code):
        move_class(customer=row, to=to, reason=reason, by=liang, at=at)


def test_a_class_that_closes_closes(owned, fang, at, today):
    row = owned(fang)
    move_class(customer=row, to="E", reason="不做这行了", by=fang, at=at)
    row.refresh_from_db()
    assert (row.closed_on, row.closed_kind, row.class_code) == (today, "dead", "C")


def test_a_class_move_is_taken_back(owned, lin, liang, at):
    row = owned(lin, class_code="3")
    move_class(customer=row, to="4", reason="看错了", by=liang, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=liang, at=at)
    after = Customer.objects.get()
    assert (after.class_code, after.due_on, after.entered_classes) == ("3", row.due_on, row.entered_classes)


def test_the_lead_confirms_once(owned, lin, liang, at):
    row = owned(lin, class_code="2")
    confirm_condition(customer=row, condition="lead_confirmed", by=liang, at=at)
    confirm_condition(customer=row, condition="lead_confirmed", by=liang, at=at)
    row.refresh_from_db()
    assert (row.conditions, row.version) == (["lead_confirmed"], 2)


def test_only_what_a_lead_confirms_can_be_confirmed(owned, lin, liang, at, refused):
    row = owned(lin)
    with refused("no_such_condition"):
        confirm_condition(customer=row, condition="contract_back", by=liang, at=at)


def test_a_seller_confirms_nothing(owned, lin, at, refused):
    row = owned(lin)
    with refused("role_lacks_permission"):
        confirm_condition(customer=row, condition="lead_confirmed", by=lin, at=at)
