"""Ending the follow-up of a customer, and beginning again."""

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.restoring import undo
from genjin.customers.services.standing import close_customer, reopen_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(owned, lin, at):
    row = owned(lin)
    return close_customer(customer=row, kind="dead", reason="倒闭了", by=lin, at=at)


def test_closed_it_stands_on_no_list_and_keeps_who_knew_it(closed, lin, today):
    row = Customer.objects.get()
    assert (row.closed_on, row.closed_kind, row.closed_reason, row.owner) == (today, "dead", "倒闭了", lin)
    assert (row.due_on, row.planned_on, row.pool) == (None, None, None)


def test_without_a_reason_it_is_refused(owned, lin, at, refused):
    row = owned(lin)
    with refused("closing_needs_a_reason"):
        close_customer(customer=row, kind="dead", reason=" ", by=lin, at=at)


def test_a_colleague_does_not_close_it(owned, lin, zhou, at, refused):
    row = owned(lin)
    with refused("belongs_to_another"):
        close_customer(customer=row, kind="dead", reason="不要了", by=zhou, at=at)


def test_closed_twice_is_refused(closed, lin, at, refused):
    with refused("customer_is_closed"):
        close_customer(customer=closed, kind="blocked", reason="再来", by=lin, at=at)


def test_a_close_is_taken_back_with_its_dates(owned, lin, at):
    row = owned(lin)
    close_customer(customer=row, kind="blocked", reason="手滑", by=lin, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=lin, at=at)
    after = Customer.objects.get()
    assert (after.closed_on, after.closed_kind, after.due_on) == (None, "", row.due_on)


def test_reopened_it_is_its_owners_again_with_a_new_cycle(closed, lin, liang, at, today):
    reopen_customer(customer=closed, by=liang, at=at)
    row = Customer.objects.get()
    assert (row.closed_on, row.owner, row.owned_since) == (None, lin, today)
    assert row.due_on > today


def test_reopened_after_the_owner_left_it_lies_in_the_pool(closed, lin, liang, east_one, at, today):
    type(lin).objects.filter(pk=lin.pk).update(is_active=False, left_on=today)
    reopen_customer(customer=closed, by=liang, at=at)
    row = Customer.objects.get()
    assert (row.owner, row.pool, row.due_on, row.owned_since) == (None, east_one.pool, None, None)


def test_reopened_after_the_owner_only_reads_it_lies_in_the_pool(closed, lin, liang, east_one, at):
    type(lin).objects.filter(pk=lin.pk).update(role="reader")
    reopen_customer(customer=closed, by=liang, at=at)
    assert Customer.objects.get().pool == east_one.pool


def test_a_seller_does_not_reopen(closed, lin, at, refused):
    with refused("role_lacks_permission"):
        reopen_customer(customer=closed, by=lin, at=at)


def test_a_manager_of_another_region_does_not_reopen(closed, fang, at, refused):
    with refused("belongs_to_another"):
        reopen_customer(customer=closed, by=fang, at=at)
