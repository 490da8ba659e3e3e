"""Somebody leaves or moves: what was theirs goes on."""

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.ownership import hand_over, lend_customer
from genjin.customers.services.standing import close_customer
from genjin.organization.services.people import change_person
from genjin.playbooks.services import adopt_playbook

pytestmark = pytest.mark.django_db


def test_evenly_to_several_with_the_dates_as_they_were(owned, lin, zhou, liang, at):
    rows = [owned(lin, f"客户 {n}", class_code="3") for n in range(5)]
    due = {row.pk: row.due_on for row in rows}
    assert hand_over(leaver=lin, among=[zhou, liang], by=liang, at=at) == 5
    assert Customer.objects.owned_by(lin).count() == 0
    assert sorted([Customer.objects.owned_by(zhou).count(), Customer.objects.owned_by(liang).count()]) == [2, 3]
    # A customer mapped into the manager's playbook may come due sooner, never later.
    assert all(row.due_on <= due[row.pk] for row in Customer.objects.all())


def test_into_a_pool_without_dates(owned, lin, liang, east_one, at):
    owned(lin)
    hand_over(leaver=lin, pool=east_one.pool, by=liang, at=at)
    row = Customer.objects.get()
    assert (row.owner, row.pool, row.due_on, row.version) == (None, east_one.pool, None, 2)
    assert Entry.objects.about("customer", row.pk).first().verb == "customer.handed_over"


def test_no_limit_refuses_it(owned, lin, zhou, liang, at, monkeypatch):
    owned(lin, class_code="5")
    monkeypatch.setattr(
        "genjin.customers.services.ownership.Taker", lambda *given: pytest.fail("nobody asks for a limit")
    )
    hand_over(leaver=lin, among=[zhou], by=liang, at=at)
    assert Customer.objects.get().owner == zhou


def test_what_is_closed_keeps_who_knew_it(owned, lin, zhou, liang, at):
    row = owned(lin)
    close_customer(customer=row, kind="dead", reason="倒闭", by=lin, at=at)
    assert hand_over(leaver=lin, among=[zhou], by=liang, at=at) == 0
    assert Customer.objects.get().owner == lin


def test_what_was_lent_to_the_leaver_ends(owned, lin, zhou, liang, at, today):
    row = owned(zhou)
    lent = lend_customer(customer=row, to=lin, may_work=True, ends_on=today.replace(month=12), by=zhou, at=at)
    hand_over(leaver=lin, among=[zhou], by=liang, at=at)
    lent.refresh_from_db()
    assert lent.ends_on == today


def test_customers_follow_their_owner_into_another_unit(owned, lin, qian, east, at, today):
    row = owned(lin, class_code="3")
    change_person(lin, by=qian, at=at, today=today, unit=east)
    after = Customer.objects.get()
    assert (after.unit, after.playbook, after.class_code) == (east, "general", "B")
    assert after.due_on <= row.due_on
    assert after.version > row.version


def test_a_unit_that_changes_its_playbook_maps_its_customers(owned, pooled, lin, east_one, qian, at):
    row, free = owned(lin, class_code="3k"), pooled(east_one, class_code="5")
    adopt_playbook(unit=east_one, playbook="general", by=qian, at=at)
    after, in_pool = Customer.objects.get(pk=row.pk), Customer.objects.get(pk=free.pk)
    assert (after.class_code, in_pool.class_code) == ("A", "C")
    assert after.due_on <= row.due_on
    assert (in_pool.due_on, in_pool.pool) == (None, east_one.pool)
