"""Whoever takes a customer on begins with fresh clocks; taking it back gives the old ones back; a class move up is
remembered where it was one."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from genjin.core.audit.models import Entry
from genjin.customers.handlers import follow_owner
from genjin.customers.history import tell
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import clocks_of
from genjin.customers.services.ownership import assign_customer, claim_customer, release_customer
from genjin.customers.services.restoring import undo
from genjin.customers.services.standing import move_class
from genjin.organization.events import PersonMoved
from genjin.playbooks.models import Adoption
from genjin.playbooks.services import adopt_playbook

pytestmark = pytest.mark.django_db
LONG_AGO = date(2026, 6, 1)


@pytest.fixture
def old(owned, lin, liang, at):
    """Lin's since June, reached in July, moved up in August, kept until the end of the year."""
    row = move_class(customer=owned(lin), to="4", reason="x", by=liang, at=at)
    row.owned_since, row.last_effective_on, row.moved_up_on = LONG_AGO, date(2026, 7, 1), date(2026, 8, 3)
    row.save()
    return Customer.objects.get(pk=row.pk)


def clocks(row):
    now = clocks_of(Customer.objects.get(pk=row.pk))
    return [now.began(name) for name in ("no_contact", "no_move_up", "not_won")]


def test_they_count_from_what_happened(old):
    assert clocks(old) == [date(2026, 7, 1), date(2026, 8, 3), LONG_AGO]


def test_an_assignment_begins_all_of_them_anew_and_undoing_it_gives_them_back(old, zhou, liang, at, today):
    assign_customer(customer=old, to=zhou, by=liang, at=at)
    assert clocks(old) == [today] * 3
    undo(entry=Entry.objects.filter(verb="customer.assigned").get(), by=liang, at=at)
    assert clocks(old) == [date(2026, 7, 1), date(2026, 8, 3), LONG_AGO]


def test_an_assignment_of_many_begins_them_anew(old, in_bulk, zhou, liang, today):
    in_bulk("assign", [old], by=liang, to=zhou.pk)
    assert clocks(old) == [today] * 3


def test_out_of_the_pool_they_begin_with_the_claim(old, zhou, lin, at):
    release_customer(customer=old, reason="做不了", by=lin, at=at)
    assert clocks(old) == [None] * 3
    later = at + timedelta(days=30)
    claim_customer(customer=old, by=zhou, at=later)
    assert clocks(old) == [later.date()] * 3


def test_a_manager_keeps_it_for_its_owner_and_not_in_the_pool(old, lin, at):
    Customer.objects.filter(pk=old.pk).update(kept_until=date(2026, 12, 31), kept_why={"by": "梁静", "text": "年底签"})
    release_customer(customer=old, reason="做不了", by=lin, at=at)
    old.refresh_from_db()
    assert (old.kept_until, old.kept_why) == (None, None)
    undo(entry=Entry.objects.get(verb="customer.released"), by=lin, at=at)
    old.refresh_from_db()
    assert (old.kept_until, old.kept_why) == (date(2026, 12, 31), {"by": "梁静", "text": "年底签"})


def test_a_lock_ends_with_the_owner_it_was_given_for_and_the_record_says_so(old, lin, zhou, liang, at):
    kept = {"kept_until": date(2026, 12, 31), "kept_why": {"by": "梁静", "text": "年底签"}}
    Customer.objects.filter(pk=old.pk).update(**kept)
    assign_customer(customer=old, to=lin, by=liang, at=at)
    old.refresh_from_db()
    assert old.kept_until == date(2026, 12, 31), "who has it already keeps it"
    assign_customer(customer=old, to=zhou, by=liang, at=at)
    old.refresh_from_db()
    assert (old.kept_until, old.kept_why) == (None, None)
    entry = Entry.objects.get(verb="customer.assigned")
    assert entry.changes["kept_until"] == ["2026-12-31", None]
    assert "12-31" in str(tell([entry], old, lin)[0].sentence)
    undo(entry=entry, by=liang, at=at)
    old.refresh_from_db()
    assert old.kept_until == date(2026, 12, 31)


@pytest.mark.parametrize(("to", "counts"), [("3", True), ("5", False)], ids=["up", "down"])
def test_only_a_move_nearer_to_payment_is_one(old, liang, at, today, to, counts):
    move_class(customer=old, to=to, reason="x", by=liang, at=at)
    assert clocks(old)[1] == (today if counts else date(2026, 8, 3))
    undo(entry=Entry.objects.filter(verb="customer.class_moved").latest("pk"), by=liang, at=at)
    assert clocks(old)[1] == date(2026, 8, 3)


def test_another_playbook_of_the_unit_is_no_move_and_begins_nothing(old, east_one, qian, at):
    adopt_playbook(unit=east_one, playbook="general", by=qian, at=at)
    old.refresh_from_db()
    assert old.playbook == "general"
    assert clocks(old) == [date(2026, 7, 1), date(2026, 8, 3), LONG_AGO]


def test_an_owner_who_moves_to_another_unit_takes_the_clocks_along(old, lin, south, qian, at):
    Adoption.objects.create(unit=south, playbook="telesales", size="standard", rhythm="table")
    before, lin.unit = lin.unit, south
    lin.save()
    follow_owner(PersonMoved(person=lin, unit_before=before, by=qian, at=at, today=at.date()))
    assert clocks(old) == [date(2026, 7, 1), date(2026, 8, 3), LONG_AGO]


def test_moves_of_before_are_read_from_the_record(owned, lin, liang, at):
    """The newest move up that stands: one that was taken back is none."""
    row = owned(lin)
    Customer.objects.filter(pk=row.pk).update(owned_since=LONG_AGO)
    for days, to in ((40, "5"), (30, "3"), (20, "4")):
        move_class(customer=row, to=to, reason="x", by=liang, at=at - timedelta(days=days))
    move_class(customer=row, to="2", reason="x", by=liang, at=at - timedelta(days=5))
    undo(entry=Entry.objects.filter(verb="customer.class_moved").latest("pk"), by=liang, at=at - timedelta(days=5))
    kept = Customer.objects.get(pk=row.pk).moved_up_on
    Customer.objects.update(moved_up_on=None)
    migration = import_module("genjin.customers.migrations.0018_moves_nearer_to_payment_of_before")
    migration.fill(apps, None)
    assert Customer.objects.get(pk=row.pk).moved_up_on == kept == (at - timedelta(days=30)).date()
