from datetime import timedelta

import pytest

from genjin.customers.services.identity import create_customer
from genjin.followups.models import Appointment, Promise
from genjin.organization.events import HandOver
from genjin.organization.holdings import held_by
from genjin.organization.services import deactivate_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer_of_zhou(zhou, at):
    return create_customer(fields={"name": "无锡朗悦搬家"}, owner=zhou, by=zhou, at=at)


def agree(customer, by, at):
    Promise.objects.create(customer=customer, by=by, what="发同行案例", by_when=at + timedelta(days=1), made_at=at)
    Appointment.objects.create(customer=customer, by=by, at=at + timedelta(days=2))


def test_what_was_agreed_at_a_colleagues_customer_is_the_colleagues_to_keep(
    customer_of_zhou, lin, zhou, liang, at, today
):
    agree(customer_of_zhou, lin, at)
    deactivate_person(lin, hand_over=HandOver("pool"), by=liang, at=at, today=today)
    assert (Promise.objects.get().by, Appointment.objects.get().by) == (zhou, zhou)


def test_what_has_ended_stays_with_who_did_it(customer_of_zhou, lin, liang, at, today):
    agree(customer_of_zhou, lin, at)
    Promise.objects.update(ended_at=at)
    Appointment.objects.update(ended_at=at)
    deactivate_person(lin, hand_over=HandOver("pool"), by=liang, at=at, today=today)
    assert (Promise.objects.get().by, Appointment.objects.get().by) == (lin, lin)


def test_the_hand_over_form_counts_all_of_it(customer_of_zhou, zhou, at):
    agree(customer_of_zhou, zhou, at)
    assert [(held.name, held.count) for held in held_by(zhou)] == [
        ("customers", 1),
        ("leads", 0),
        ("appointments", 1),
        ("promises", 1),
        ("tasks", 0),
    ]
