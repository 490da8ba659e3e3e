"""Every move between classes stands in a table of its own, whichever way it was made, once, with who and why."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from genjin.core.audit.models import Entry
from genjin.customers.bulk import runs
from genjin.customers.models import ClassMove, Customer
from genjin.customers.services.ownership import assign_customer, hand_over
from genjin.customers.services.restoring import undo
from genjin.customers.services.standing import close_customer, move_class
from genjin.customers.tests.conftest import carried_out
from genjin.customers.tests.importing import imported
from genjin.playbooks.services import adopt_playbook

pytestmark = pytest.mark.django_db

FILLED = (
    "customer_id", "at", "by_id", "owner_id", "playbook", "from_code", "to_code", "direction", "cause", "version",
    "undone_at", "reason",
)  # fmt: skip


def moves() -> list[tuple]:
    rows = ClassMove.objects.order_by("at", "pk")
    return [(each.from_code, each.to_code, each.direction, each.cause) for each in rows]


def test_a_move_by_hand_has_who_whose_and_why(owned, lin, liang, at):
    row = owned(lin, class_code="4")
    move_class(customer=row, to="3k", reason="一起打的电话", by=liang, at=at)
    move = ClassMove.objects.get()
    assert (move.customer, move.by, move.owner, move.at, move.reason) == (row, liang, lin, at, "一起打的电话")
    assert (move.from_code, move.to_code, move.direction, move.cause, move.version) == ("4", "3k", "up", "hand", 2)


def test_a_new_customer_has_not_moved(owned, lin):
    owned(lin, class_code="3")
    assert moves() == []


def test_closing_moves_no_class(owned, lin, at):
    close_customer(customer=owned(lin), kind="dead", reason="倒闭", by=lin, at=at)
    assert moves() == []


def test_winning_is_up(owned, lin, liang, at):
    move_class(customer=owned(lin, class_code="1"), to="9", reason="到账了", by=liang, at=at)
    assert moves() == [("1", "9", "up", "hand")]


def test_for_many_it_is_marked_and_taken_back_it_counts_no_more(owned, lin, liang, in_bulk, at):
    rows = [owned(lin, f"客户 {n}", class_code="4") for n in range(3)]
    run = in_bulk("class", rows, by=liang, to="3", playbook="telesales", reason="看过了")
    assert moves() == [("4", "3", "up", "bulk")] * 3
    carried_out(runs.start_undo(run=run, by=liang, at=at), at)
    assert moves() == [("4", "3", "up", "bulk")] * 3
    assert not ClassMove.objects.standing().exists()


def test_a_move_taken_back_counts_no_more(owned, lin, liang, at):
    row = owned(lin, class_code="3")
    move_class(customer=row, to="4", reason="看错了", by=liang, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=liang, at=at + timedelta(minutes=1))
    move = ClassMove.objects.get()
    assert move.undone_at == at + timedelta(minutes=1)


def test_another_units_playbook_is_a_transfer_and_none_of_anybodys_selling(owned, lin, fang, qian, at):
    row = owned(lin, class_code="3")
    assign_customer(customer=row, to=fang, by=qian, at=at)
    move = ClassMove.objects.get()
    assert (move.from_code, move.direction, move.cause, move.owner) == ("3", "", "transfer", fang)
    assert not ClassMove.objects.by_people().exists()


def test_a_unit_that_changes_its_playbook_maps_everybody_once(owned, lin, qian, east_one, at):
    owned(lin, class_code="3")
    adopt_playbook(unit=east_one, playbook="general", by=qian, at=at)
    assert [cause for *_move, cause in moves()] == ["playbook"]


def test_a_leavers_customers_keep_count(owned, lin, liang, fang, at):
    owned(lin, class_code="3")
    hand_over(leaver=lin, among=[fang], by=liang, at=at)
    assert ClassMove.objects.get().owner == fang


def test_an_import_that_moves_a_class_is_marked(owned, lin, liang, at):
    row = owned(lin, "怡美", class_code="4")
    Customer.objects.filter(pk=row.pk).update(external_id="K1")
    imported(
        liang, at, "客户,编号,客户类别\n怡美,K1,3\n", {"客户类别": "class"}, rules={"class": "overwrite"},
        mode="update", key="external_id",
    )  # fmt: skip
    assert moves() == [("4", "3", "up", "import")]
    assert not ClassMove.objects.by_people().exists()


def test_they_are_counted_by_person_and_way(owned, lin, zhou, liang, at):
    for person, to in ((lin, "3"), (lin, "3"), (lin, "5"), (zhou, "3")):
        move_class(customer=owned(person, f"{person} {to}", class_code="4"), to=to, reason="看过", by=liang, at=at)
    week = ClassMove.objects.by_people().between(at - timedelta(days=1), at + timedelta(days=1))
    assert sorted(week.counts_by_person()) == sorted(
        [
            (lin.pk, "telesales", "4", "3", 2),
            (lin.pk, "telesales", "4", "5", 1),
            (zhou.pk, "telesales", "4", "3", 1),
        ]
    )
    assert not week.between(at + timedelta(seconds=1), at + timedelta(days=1)).exists()


def test_a_manager_of_another_region_sees_none(owned, lin, fang, liang, at):
    move_class(customer=owned(lin, class_code="4"), to="3", reason="看过", by=liang, at=at)
    assert ClassMove.objects.visible_to(liang).count() == 1
    assert not ClassMove.objects.visible_to(fang).exists()


def test_an_older_databases_moves_are_read_from_its_audit_trail(owned, lin, zhou, liang, fang, qian, at):
    row, other = owned(lin, class_code="4"), owned(lin, "昆山辰光叉车租赁", class_code="3")
    for n, to in enumerate(("3k", "2", "4")):
        move_class(customer=row, to=to, reason=f"第 {n} 次", by=liang, at=at + timedelta(hours=n))
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=liang, at=at + timedelta(hours=4))
    assign_customer(customer=row, to=zhou, by=liang, at=at + timedelta(hours=5))
    assign_customer(customer=other, to=fang, by=qian, at=at + timedelta(hours=6))
    noted = list(ClassMove.objects.order_by("at", "pk").values(*FILLED))
    assert len(noted) == 4
    ClassMove.objects.all().delete()
    import_module("genjin.customers.migrations.0015_class_moves_of_before").fill(apps, None)
    assert list(ClassMove.objects.order_by("at", "pk").values(*FILLED)) == noted
