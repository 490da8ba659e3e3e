"""Moving the class with a note: entry conditions, payment, a class that closes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.standing import confirm_condition
from genjin.followups.models import Payment, Touch

pytestmark = pytest.mark.django_db
READY_FOR_3 = {"interests": ["peers"], "objections": ["price"], "services": ["front_page"]}


def test_a_class_nearer_to_payment_is_entered_when_its_conditions_are_met(customer_of, save, lin, today):
    saved = save(lin, customer_of(lin, "4"), class_wanted="3", next_on=today + timedelta(days=7), **READY_FOR_3)
    assert saved.customer.class_code == "3"
    assert (saved.touch.class_before, saved.touch.class_after) == ("4", "3")


def test_a_missing_condition_leaves_the_class_and_saves_the_note(customer_of, save, lin):
    saved = save(lin, customer_of(lin, "4", kp=False), class_wanted="3", interests=["peers"])
    assert (saved.customer.class_code, saved.touch.class_wanted) == ("4", "3")
    assert {"kp_known", "objection_known", "product_introduced"} <= set(saved.touch.conditions_missing)


def test_the_seller_ticks_what_only_the_seller_knows(customer_of, save, lin):
    ticked = ["no_objection", "contract_sent"]
    assert (
        save(lin, customer_of(lin, "3k"), class_wanted="2", interests=["peers"], ticked=ticked).customer.class_code
        == "2"
    )


def test_what_the_lead_confirms_cannot_be_ticked_by_the_seller(customer_of, save, lin):
    saved = save(lin, customer_of(lin, "2"), class_wanted="1", interests=["peers"], ticked=["lead_confirmed"])
    assert saved.customer.class_code == "2"
    assert "lead_confirmed" not in saved.customer.conditions


def test_class_1_opens_once_the_lead_has_confirmed(customer_of, save, lin, liang, at):
    customer = customer_of(lin, "2")
    confirm_condition(customer=customer, condition="lead_confirmed", by=liang, at=at)
    assert save(lin, customer, class_wanted="1", interests=["peers"]).customer.class_code == "1"


def test_what_an_earlier_note_showed_need_not_be_said_again(customer_of, save, lin, today):
    customer = customer_of(lin, "4")
    save(lin, customer, **READY_FOR_3)
    saved = save(lin, customer, class_wanted="3", effective=True, next_on=today + timedelta(days=7))
    assert saved.customer.class_code == "3"


def test_further_from_payment_nothing_is_asked(customer_of, save, lin):
    assert save(lin, customer_of(lin, "3k"), class_wanted="7", interests=["peers"]).customer.class_code == "7"


def test_paid_moves_to_won_and_keeps_amount_and_day(customer_of, save, lin, today):
    day = today - timedelta(days=1)
    saved = save(lin, customer_of(lin, "1"), effective=True, paid_amount=Decimal("7200.50"), paid_on=day)
    assert (saved.customer.class_code, saved.customer.won_on) == ("9", day)
    payment = Payment.objects.get()
    assert (payment.amount, payment.paid_on, payment.touch) == (Decimal("7200.50"), day, saved.touch)


def test_won_without_a_payment_is_refused(customer_of, save, lin):
    with pytest.raises(Refused, match="won_needs_a_payment"):
        save(lin, customer_of(lin, "1"), effective=True, class_wanted="9")
    assert Touch.objects.count() == 0


def test_a_payment_of_nothing_is_refused_and_writes_nothing(customer_of, save, lin):
    with pytest.raises(Refused, match="payment_is_positive"):
        save(lin, customer_of(lin, "1"), effective=True, paid_amount=Decimal(0))
    assert (Touch.objects.count(), Payment.objects.count()) == (0, 0)


def test_a_class_that_the_playbook_does_not_have_is_refused(customer_of, save, lin):
    with pytest.raises(Refused, match="class_is_unknown"):
        save(lin, customer_of(lin, "4"), effective=True, class_wanted="zz")


def test_a_class_that_closes_ends_the_follow_up(customer_of, save, fang, today):
    saved = save(fang, customer_of(fang, "C"), effective=True, class_wanted="E", remarks="转行了")
    row = Customer.objects.get()
    assert (row.closed_on, row.closed_kind, row.closed_reason) == (today, "dead", "转行了")
    assert [reason.code for reason in saved.said] == ["customer_closed_by_class"]


def test_the_cycle_starts_anew_from_a_class_move(customer_of, save, lin):
    row = save(lin, customer_of(lin, "4"), class_wanted="7", interests=["peers"]).customer
    assert row.due_on == date(2026, 12, 19)
    assert row.due_why["code"] == "due_after_class_move"
