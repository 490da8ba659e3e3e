"""A person's own day for the next contact."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.ownership import lend_customer
from genjin.customers.services.restoring import undo
from genjin.customers.services.standing import plan_customer

pytestmark = pytest.mark.django_db


def test_within_the_cycle_only_the_planned_day_moves(owned, lin, at):
    row = owned(lin, class_code="3")
    due = row.due_on
    plan_customer(customer=row, on=due - timedelta(days=1), by=lin, at=at)
    row.refresh_from_db()
    assert (row.planned_on, row.due_on, row.planned_why["by"]) == (due - timedelta(days=1), due, "林小满")


def test_past_the_cycle_a_reason_is_needed(owned, lin, at, refused):
    row = owned(lin, class_code="3")
    with refused("reason_needed_past_cycle"):
        plan_customer(customer=row, on=row.due_on + timedelta(days=3), by=lin, at=at)


def test_with_the_reason_the_due_date_goes_along_and_the_step_is_counted(owned, lin, at):
    row = owned(lin, class_code="3")
    later = row.due_on + timedelta(days=3)
    plan_customer(customer=row, on=later, reason="老板出国，周四回", by=lin, at=at)
    row.refresh_from_db()
    assert (row.planned_on, row.due_on, row.postponements) == (later, later, 1)
    assert row.due_why["code"] == "due_by_person"
    assert row.due_why["text"] == "老板出国，周四回"


def test_yesterday_is_refused(owned, lin, at, today, refused):
    row = owned(lin)
    with refused("date_before_today"):
        plan_customer(customer=row, on=today - timedelta(days=1), by=lin, at=at)


def test_a_later_day_counts_as_postponed_an_earlier_one_does_not(owned, lin, at, today):
    row = owned(lin, class_code="3")
    for days, counted in ((1, 0), (3, 1), (2, 1)):
        plan_customer(customer=row, on=today + timedelta(days=days), by=lin, at=at)
        row.refresh_from_db()
        assert row.postponements == counted


def test_once_it_is_overdue_today_needs_no_reason_and_stays_overdue(owned, lin, at, today):
    row = owned(lin, class_code="3")
    Customer.objects.update(due_on=today - timedelta(days=2))
    plan_customer(customer=row, on=today, by=lin, at=at)
    row.refresh_from_db()
    assert (row.planned_on, row.follow_up_state(today)) == (today, "overdue")


def test_a_pool_customer_has_no_day(pooled, east_one, liang, at, today, refused):
    row = pooled(east_one)
    with refused("claim_it_first"):
        plan_customer(customer=row, on=today, by=liang, at=at)


def test_who_may_only_read_it_plans_nothing(owned, lin, zhou, at, today, refused):
    row = owned(lin)
    lend_customer(customer=row, to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    with refused("belongs_to_another"):
        plan_customer(customer=row, on=today, by=zhou, at=at)


def test_a_plan_is_taken_back(owned, lin, at, today):
    row = owned(lin, class_code="3")
    plan_customer(customer=row, on=row.due_on + timedelta(days=5), reason="出国", by=lin, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=lin, at=at)
    after = Customer.objects.get()
    assert (after.due_on, after.planned_on, after.postponements) == (row.due_on, None, 0)
