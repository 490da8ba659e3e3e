"""Letting a colleague in on one customer."""

from datetime import timedelta

import pytest

from genjin.customers.models import Collaboration, Customer
from genjin.customers.services.identity import change_customer
from genjin.customers.services.ownership import end_lending, lend_customer

pytestmark = pytest.mark.django_db


def seen_by(person, today) -> bool:
    return Customer.objects.visible_to(person, today).exists()


def test_lent_to_read_it_is_seen_and_not_worked(owned, lin, zhou, at, today, refused):
    row = owned(lin)
    assert not seen_by(zhou, today)
    lend_customer(customer=row, to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    assert seen_by(zhou, today)
    with refused("belongs_to_another"):
        change_customer(customer=row, fields={"city": "无锡"}, by=zhou, at=at)


def test_lent_to_work_it_is_worked_until_the_last_day(owned, lin, zhou, at, today, refused):
    row = owned(lin)
    lend_customer(customer=row, to=zhou, may_work=True, ends_on=today, by=lin, at=at)
    change_customer(customer=row, fields={"city": "无锡"}, by=zhou, at=at)
    with refused("belongs_to_another"):
        change_customer(customer=row, fields={"city": "苏州"}, by=zhou, at=at + timedelta(days=1))
    assert not seen_by(zhou, today + timedelta(days=1))


def test_lent_twice_it_is_lent_once_with_the_last_word(owned, lin, zhou, at):
    row = owned(lin)
    lend_customer(customer=row, to=zhou, may_work=True, ends_on=None, by=lin, at=at)
    lend_customer(customer=row, to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    assert [each.may_work for each in Collaboration.objects.all()] == [False]


def test_a_day_before_today_is_refused(owned, lin, zhou, at, today, refused):
    row = owned(lin)
    with refused("date_before_today"):
        lend_customer(customer=row, to=zhou, may_work=True, ends_on=today - timedelta(days=1), by=lin, at=at)


@pytest.mark.parametrize("whom", ["lin", "han"])
def test_not_to_its_owner_nor_to_who_left(owned, lin, at, refused, request, whom):
    row = owned(lin)
    person = request.getfixturevalue(whom)
    with refused("cannot_lend_to"):
        lend_customer(customer=row, to=person, may_work=True, ends_on=None, by=lin, at=at)


def test_who_borrowed_it_lends_it_no_further(owned, lin, zhou, fang, at, refused):
    row = owned(lin)
    lend_customer(customer=row, to=zhou, may_work=True, ends_on=None, by=lin, at=at)
    with refused("belongs_to_another"):
        lend_customer(customer=row, to=fang, may_work=True, ends_on=None, by=zhou, at=at)


def test_ended_it_is_seen_no_more(owned, lin, zhou, liang, at, today):
    row = owned(lin)
    lent = lend_customer(customer=row, to=zhou, may_work=True, ends_on=None, by=lin, at=at)
    end_lending(collaboration=lent, by=liang, at=at)
    assert not seen_by(zhou, today)
