"""What stood at a customer can be given back, whatever it was; a leaver gets nothing back."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import change_customer
from genjin.customers.services.records import locked
from genjin.customers.services.restoring import Ground, restore, standing_of, undo
from genjin.customers.services.standing import close_customer, plan_customer
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db


def _given_back(row, standing, *, by, at):
    ground = Ground({row.pk: standing})
    restore(locked(row.pk), standing, ground, by=by, at=at)
    return Customer.objects.get(pk=row.pk)


def test_dates_tags_and_phones_stand_as_before(owned, lin, at, today):
    row = owned(lin)
    change_customer(customer=row, fields={}, phones=["13800001111"], tags=["老客户"], by=lin, at=at)
    before = standing_of(locked(row.pk), ("planned_on", "due_on", "industry", "tags", "phones"))
    change_customer(customer=row, fields={"industry": "卫浴"}, phones=[], tags=["新", "急"], by=lin, at=at)
    plan_customer(customer=row, on=today, by=lin, at=at)
    now = _given_back(row, before, by=lin, at=at)
    assert standing_of(now, before) == before


def test_a_changed_file_can_be_taken_back(owned, lin, at):
    row = owned(lin, name="怡美卫浴")
    change_customer(customer=row, fields={"name": "广美卫浴", "city": "常州"}, tags=["急"], by=lin, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=lin, at=at)
    row.refresh_from_db()
    assert (row.name, row.name_key, row.city, list(row.tags.all())) == ("怡美卫浴", "怡美卫浴", "", [])


def test_a_leaver_gets_nothing_back(owned, lin, liang, at, today):
    row = owned(lin)
    before = standing_of(locked(row.pk))
    close_customer(customer=row, kind="dead", reason="没戏", by=liang, at=at)
    Person.objects.filter(pk=lin.pk).update(is_active=False, left_on=today)
    with pytest.raises(Refused) as refused:
        _given_back(row, before, by=liang, at=at)
    assert refused.value.reason.code == "owner_has_left"
    assert not Customer.objects.get(pk=row.pk).is_open
