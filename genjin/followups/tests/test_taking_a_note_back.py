"""Undo of the last save, in every branch that saving has; and what stops it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.services.records import STANDING, snapshot
from genjin.followups.models import Appointment, Payment, Promise, Touch
from genjin.followups.services.agreements import make_appointment, make_promise
from genjin.followups.services.corrections import undo_touch

pytestmark = pytest.mark.django_db


def standing(customer):
    return snapshot(Customer.objects.get(pk=customer.pk), STANDING)


BRANCHES = {
    "effective": {"effective": True, "interests": ["peers"]},
    "missed": {"effective": False, "miss_reason": "no_answer"},
    "class down": {"interests": ["peers"], "class_wanted": "7"},
    "class asked in vain": {"interests": ["peers"], "class_wanted": "1"},
    "paid": {"effective": True, "paid_amount": Decimal(7200)},
    "past the cycle": {"effective": True, "next_on": "+60", "next_reason": "出国"},
    "appointment": {"appointment_at": "+2"},
    "promise": {"promise_what": "发案例", "promise_by_when": "+1"},
}


@pytest.mark.parametrize("branch", BRANCHES)
def test_the_customer_stands_as_before(customer_of, save, lin, at, today, branch):
    customer = customer_of(lin, "3k")
    before = standing(customer)
    fields = dict(BRANCHES[branch])
    for name, value in fields.items():
        if isinstance(value, str) and value.startswith("+"):
            fields[name] = (today if name == "next_on" else at) + timedelta(days=int(value))
    touch = save(lin, customer, **fields).touch
    undo_touch(touch=touch, by=lin, at=at + timedelta(minutes=1))
    assert standing(customer) == before
    assert (Promise.objects.count(), Appointment.objects.count(), Payment.objects.count()) == (0, 0, 0)
    assert Touch.objects.standing().count() == 0


@pytest.mark.parametrize("decision", ["pool", "close", "keep"])
def test_a_decision_after_three_misses_is_taken_back(customer_of, save, lin, at, decision):
    customer = customer_of(lin, "5")
    make_promise(customer=customer, what="发案例", by_when=at + timedelta(days=1), by=lin, at=at)
    for _ in range(2):
        save(lin, customer, effective=False, miss_reason="no_answer")
    before = standing(customer)
    touch = save(lin, customer, effective=False, third_miss=decision, decision_reason="没人").touch
    assert standing(customer) != before
    undo_touch(touch=touch, by=lin, at=at + timedelta(minutes=1))
    assert standing(customer) == before
    promise = Promise.objects.get()
    assert (promise.by, promise.ended_at) == (lin, None)


def test_the_appointment_that_was_held_is_open_again(customer_of, save, lin, at):
    customer = customer_of(lin, "3k")
    make_appointment(customer=customer, when=at + timedelta(hours=1), by=lin, at=at)
    touch = save(lin, customer, effective=True).touch
    undo_touch(touch=touch, by=lin, at=at)
    assert Appointment.objects.open().count() == 1
    assert Customer.objects.get().appointment_at == at + timedelta(hours=1)


def test_an_appointment_made_meanwhile_stays(customer_of, save, lin, at):
    customer = customer_of(lin, "3k")
    touch = save(lin, customer, effective=True).touch
    made = make_appointment(customer=customer, when=at + timedelta(days=1), by=lin, at=at)
    undo_touch(touch=touch, by=lin, at=at)
    assert Customer.objects.get().appointment_at == made.at


def test_after_another_touch_it_is_too_late(customer_of, save, lin, at):
    customer = customer_of(lin, "3k")
    first = save(lin, customer, effective=True).touch
    save(lin, customer, effective=False, miss_reason="no_answer")
    before = standing(customer)
    with pytest.raises(Refused, match="touched_since"):
        undo_touch(touch=first, by=lin, at=at)
    assert standing(customer) == before


def test_only_who_saved_it_takes_it_back(customer_of, save, lin, liang, at):
    touch = save(lin, customer_of(lin, "3k"), effective=True).touch
    with pytest.raises(NotPermitted):
        undo_touch(touch=touch, by=liang, at=at)


def test_twice_is_once(customer_of, save, lin, at):
    touch = save(lin, customer_of(lin, "3k"), effective=True).touch
    undo_touch(touch=touch, by=lin, at=at)
    version = Customer.objects.get().version
    undo_touch(touch=touch, by=lin, at=at)
    assert Customer.objects.get().version == version
