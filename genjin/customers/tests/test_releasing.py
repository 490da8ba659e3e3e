"""Laying a customer into a pool, and taking that back."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.services.ownership import claim_customer, lend_customer, release_customer
from genjin.customers.services.restoring import undo
from genjin.customers.tests.conftest import codes
from genjin.organization.services.people import change_person

pytestmark = pytest.mark.django_db


def last_entry(row):
    return Entry.objects.about("customer", row.pk).first()


def test_the_owner_releases_with_a_reason(owned, lin, east_one, at):
    row = owned(lin)
    release_customer(customer=row, reason="三次再考虑", by=lin, at=at)
    row.refresh_from_db()
    assert (row.owner, row.pool, row.due_on, row.planned_on, row.owned_since) == (
        None, east_one.pool, None, None, None,
    )  # fmt: skip
    assert last_entry(row).note == "三次再考虑"


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_it_is_refused(owned, lin, at, refused, reason):
    row = owned(lin)
    with refused("releasing_needs_a_reason"):
        release_customer(customer=row, reason=reason, by=lin, at=at)


def test_a_colleague_does_not_release_it(owned, lin, zhou, at, refused):
    row = owned(lin)
    with refused("belongs_to_another"):
        release_customer(customer=row, reason="不要了", by=zhou, at=at)


def test_nor_does_one_it_is_lent_to_for_work(owned, lin, zhou, at, refused):
    row = owned(lin)
    lend_customer(customer=row, to=zhou, may_work=True, ends_on=None, by=lin, at=at)
    with refused("belongs_to_another"):
        release_customer(customer=row, reason="不要了", by=zhou, at=at)


def test_into_a_pool_one_cannot_see_it_is_refused(owned, lin, south, at, refused):
    row = owned(lin)
    with refused("pool_out_of_scope"):
        release_customer(customer=row, to=south.pool, reason="不要了", by=lin, at=at)


def test_a_manager_chooses_the_pool_and_the_unit_follows(owned, lin, liang, east, at):
    row = owned(lin, class_code="3")
    release_customer(customer=row, to=east.pool, reason="换组", by=liang, at=at)
    row.refresh_from_db()
    assert (row.pool, row.unit, row.playbook, row.class_code) == (east.pool, east, "general", "B")


def test_many_are_released_each_on_its_own(owned, lin, zhou, in_bulk, at):
    mine, lent, theirs = owned(lin), owned(zhou, "扬州雅叙园酒楼"), owned(zhou, "南通海门家纺")
    lend_customer(customer=lent, to=lin, may_work=True, ends_on=None, by=zhou, at=at)
    run = in_bulk("release", [mine, lent, theirs], by=lin, reason="清理")
    assert run.changed == 1
    assert codes(run) == {lent.pk: "belongs_to_another", theirs.pk: "no_longer_to_be_seen"}


def test_a_release_is_taken_back_with_its_dates(owned, lin, at):
    row = owned(lin)
    due = row.due_on
    release_customer(customer=row, reason="手滑", by=lin, at=at)
    undo(entry=last_entry(row), by=lin, at=at)
    row.refresh_from_db()
    assert (row.owner, row.pool, row.due_on) == (lin, None, due)
    assert last_entry(row).verb == "customer.undone"


def test_once_somebody_claimed_it_the_release_stands(owned, lin, zhou, at, refused):
    row = owned(lin)
    release_customer(customer=row, reason="手滑", by=lin, at=at)
    entry = last_entry(row)
    claim_customer(customer=row, by=zhou, at=at)
    with refused("touched_since"):
        undo(entry=entry, by=lin, at=at)


def test_nobody_takes_back_what_another_did(owned, lin, liang, at, refused):
    row = owned(lin)
    release_customer(customer=row, reason="手滑", by=lin, at=at)
    with refused("cannot_be_undone"):
        undo(entry=last_entry(row), by=liang, at=at)


def test_a_verb_that_cannot_be_undone_says_so(owned, lin, at, refused):
    row = owned(lin)
    with refused("cannot_be_undone"):
        undo(entry=last_entry(row), by=lin, at=at)


def test_taken_back_after_the_owner_moved_it_stands_in_the_owners_new_unit(owned, lin, liang, qian, east, at, today):
    row = owned(lin, class_code="3")
    release_customer(customer=row, reason="手滑", by=liang, at=at)
    entry = last_entry(row)
    change_person(lin, by=qian, at=at, today=today, unit=east)
    undo(entry=entry, by=liang, at=at + timedelta(minutes=1))
    row.refresh_from_db()
    assert (row.owner, row.unit, row.playbook) == (lin, east, "general")


def test_a_release_by_a_manager_whose_owner_left_is_not_taken_back(owned, lin, liang, at, today, refused):
    row = owned(lin)
    release_customer(customer=row, reason="手滑", by=liang, at=at)
    type(lin).objects.filter(pk=lin.pk).update(is_active=False, left_on=today)
    with refused("owner_has_left"):
        undo(entry=last_entry(row), by=liang, at=at)
