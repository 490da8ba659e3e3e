"""Giving a customer to a person."""

from collections import Counter

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.ownership import assign_customer, lend_customer
from genjin.customers.tests.conftest import codes

pytestmark = pytest.mark.django_db


def test_a_manager_assigns_out_of_a_pool(pooled, east_one, lin, liang, at, today):
    row = pooled(east_one)
    assign_customer(customer=row, to=lin, by=liang, at=at)
    row.refresh_from_db()
    assert (row.owner, row.pool, row.unit, row.owned_since) == (lin, None, east_one, today)
    assert row.due_on > today


def test_a_transfer_makes_nothing_look_fresh(owned, lin, zhou, liang, at):
    row = owned(lin)
    due = row.due_on
    assign_customer(customer=row, to=zhou, by=liang, at=at, reason="林小满请假")
    row.refresh_from_db()
    assert (row.owner, row.due_on) == (zhou, due)
    entry = Entry.objects.about("customer", row.pk).first()
    assert (entry.verb, entry.note, entry.changes["owner_id"]) == (
        "customer.assigned", "林小满请假", [lin.pk, zhou.pk],
    )  # fmt: skip


def test_a_customer_that_comes_to_another_playbook_gets_its_class_mapped(owned, lin, fang, qian, at):
    row = owned(lin, class_code="3k")
    due = row.due_on
    assign_customer(customer=row, to=fang, by=qian, at=at)
    row.refresh_from_db()
    assert (row.playbook, row.class_code, row.unit) == ("general", "A", fang.unit)
    assert row.due_on <= due
    assert row.entered_classes.keys() == {"3k", "A"}


def test_a_seller_assigns_nothing(owned, lin, zhou, at, refused):
    row = owned(lin)
    with refused("role_lacks_permission"):
        assign_customer(customer=row, to=zhou, by=lin, at=at)


def test_a_manager_takes_nothing_from_another_region(owned, lin, fang, south, at, refused):
    row = owned(lin)
    lend_customer(customer=row, to=fang, may_work=True, ends_on=None, by=lin, at=at)
    with refused("belongs_to_another"):
        assign_customer(customer=row, to=fang, by=fang, at=at)


def test_nor_out_of_another_regions_pool(pooled, east_one, fang, at, refused):
    row = pooled(east_one)
    with refused("pool_out_of_scope"):
        assign_customer(customer=row, to=fang, by=fang, at=at)


def test_nobody_is_given_customers_by_a_manager_of_another_region(pooled, headquarters, lin, fang, at, refused):
    row = pooled(headquarters)
    with refused("person_out_of_scope"):
        assign_customer(customer=row, to=lin, by=fang, at=at)


def test_who_has_left_is_given_nothing(pooled, east_one, han, liang, at, refused):
    row = pooled(east_one)
    with refused("cannot_hold_customers"):
        assign_customer(customer=row, to=han, by=liang, at=at)


def test_a_limit_refuses_with_its_figures(pooled, east_one, lin, liang, at, refused, monkeypatch):
    row = pooled(east_one, class_code="4")
    monkeypatch.setattr(
        "genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"4k": 100, "4": 50})
    )
    with refused("stock_limit") as figures:
        assign_customer(customer=row, to=lin, by=liang, at=at)
    assert (figures["held"], figures["limit"], figures["person"]) == (150, 150, "林小满")


def test_a_closed_customer_is_not_assigned(owned, lin, zhou, liang, at, refused):
    row = owned(lin)
    Customer.objects.filter(pk=row.pk).update(closed_on="2026-11-24", closed_kind="dead", due_on=None, planned_on=None)
    with refused("customer_is_closed"):
        assign_customer(customer=row, to=zhou, by=liang, at=at)


def test_assigning_to_its_owner_changes_nothing(owned, lin, liang, at):
    row = owned(lin)
    assign_customer(customer=row, to=lin, by=liang, at=at)
    row.refresh_from_db()
    assert row.version == 1


def test_of_many_each_is_done_or_refused_on_its_own(pooled, owned, east_one, lin, zhou, liang, in_bulk):
    free, own = pooled(east_one), owned(zhou, "苏州木石间民宿")
    shut = owned(zhou, "合肥庐阳整木定制")
    Customer.objects.filter(pk=shut.pk).update(closed_on="2026-11-24", closed_kind="dead", due_on=None, planned_on=None)
    run = in_bulk("assign", [free, own, shut], by=liang, to=lin.pk)
    assert set(Customer.objects.owned_by(lin)) == {free, own}
    assert (run.state, run.changed, codes(run)) == ("done", 2, {shut.pk: "customer_is_closed"})


def test_dealing_out_shares_evenly_and_the_best_first(pooled, east_one, lin, zhou, liang, in_bulk):
    rows = [pooled(east_one, f"客户 {n}", class_code=code) for n, code in enumerate(["5", "4", "3", "0"])]
    run = in_bulk("deal", rows, by=liang, among=[lin.pk, zhou.pk])
    assert (run.changed, run.refused) == (4, 0)
    assert set(Customer.objects.owned_by(lin).values_list("class_code", flat=True)) == {"3", "5"}
    assert Customer.objects.owned_by(zhou).count() == 2


def test_dealing_out_passes_over_who_is_at_a_limit(pooled, east_one, lin, zhou, liang, in_bulk, monkeypatch):
    full = {lin.pk: Counter({"5": 50})}
    monkeypatch.setattr(
        "genjin.customers.services.ownership.stock_of", lambda person, playbook: full.get(person.pk, Counter())
    )
    rows = [pooled(east_one, f"客户 {n}", class_code="5") for n in range(3)]
    run = in_bulk("deal", rows, by=liang, among=[lin.pk, zhou.pk])
    assert run.changed == 3
    assert Customer.objects.owned_by(zhou).count() == 3


def test_the_limit_counts_what_the_same_run_has_given(pooled, east_one, lin, liang, in_bulk, monkeypatch):
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"5": 48}))
    rows = [pooled(east_one, f"客户 {n}", class_code="5") for n in range(4)]
    run = in_bulk("assign", rows, by=liang, to=lin.pk)
    assert (run.changed, list(codes(run).values())) == (2, ["stock_limit", "stock_limit"])


def test_what_nobody_may_take_stays_and_is_listed(pooled, east_one, lin, liang, in_bulk, monkeypatch):
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"5": 50}))
    row = pooled(east_one, class_code="5")
    run = in_bulk("deal", [row], by=liang, among=[lin.pk])
    assert (run.changed, codes(run)) == (0, {row.pk: "stock_limit"})
    row.refresh_from_db()
    assert row.pool == east_one.pool
