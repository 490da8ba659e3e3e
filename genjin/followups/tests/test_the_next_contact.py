"""The day of the next contact: the engine's, a person's own, an appointment's."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Promise, Touch

pytestmark = pytest.mark.django_db


def moment(day, hour=15):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def test_the_engines_own_day_keeps_the_engines_reason(customer_of, save, lin, today):
    customer = customer_of(lin, "3k")
    row = save(lin, customer, effective=True, next_on=today + timedelta(days=2)).customer
    assert row.planned_why["code"] == "planned_first_day"
    assert row.postponements == 0


def test_a_day_within_the_cycle_needs_no_reason_and_leaves_the_due_date(customer_of, save, lin, today):
    row = save(lin, customer_of(lin, "3k"), effective=True, next_on=today + timedelta(days=3)).customer
    assert row.planned_on == today + timedelta(days=3)
    assert (row.planned_why["code"], row.due_why["code"]) == ("planned_by_person", "due_after_effective")


def test_the_last_day_of_the_cycle_needs_no_reason_and_the_next_does(customer_of, save, lin):
    customer = customer_of(lin, "3k")
    last = save(lin, customer, effective=True).customer.due_on
    save(lin, customer, effective=True, next_on=last)
    with pytest.raises(Refused, match="reason_needed_past_cycle"):
        save(lin, customer, effective=True, next_on=last + timedelta(days=1))


def test_a_day_in_the_past_is_refused(customer_of, save, lin, today):
    with pytest.raises(Refused, match="date_before_today"):
        save(lin, customer_of(lin, "3k"), effective=True, next_on=today - timedelta(days=1))
    assert Touch.objects.count() == 0


def test_an_appointment_plans_its_day_and_is_the_owners(customer_of, save, lin, today):
    when = moment(today + timedelta(days=2))
    row = save(lin, customer_of(lin, "3k"), appointment_at=when, appointment_purpose="签合同").customer
    assert (row.appointment_at, row.planned_on) == (when, today + timedelta(days=2))
    assert row.planned_why["code"] == "planned_for_appointment"
    assert Appointment.objects.get().by == lin


def test_an_appointment_past_the_cycle_takes_the_due_date_along_with_its_purpose(customer_of, save, lin, today):
    when = moment(today + timedelta(days=30))
    row = save(lin, customer_of(lin, "3k"), appointment_at=when, appointment_purpose="他出差回来").customer
    assert (row.due_on, row.due_why["text"]) == (today + timedelta(days=30), "他出差回来")


def test_an_appointment_in_the_past_is_refused(customer_of, save, lin, today, at):
    with pytest.raises(Refused, match="time_is_past"):
        save(lin, customer_of(lin, "3k"), appointment_at=at - timedelta(minutes=5))
    assert Touch.objects.count() == 0


def test_an_effective_contact_on_its_day_is_the_appointment_held(customer_of, save, lin, at):
    customer = customer_of(lin, "3k")
    save(lin, customer, appointment_at=at + timedelta(hours=3))
    save(lin, customer, effective=True, moment=at + timedelta(hours=3))
    assert Appointment.objects.get().result == "held"
    assert Customer.objects.get().appointment_at is None


def test_a_missed_call_leaves_the_appointment_open(customer_of, save, lin, at):
    customer = customer_of(lin, "3k")
    save(lin, customer, appointment_at=at + timedelta(hours=3))
    save(lin, customer, effective=False, miss_reason="no_answer", moment=at + timedelta(hours=3))
    assert Appointment.objects.open().count() == 1


def test_a_promise_needs_a_day_that_is_not_past(customer_of, save, lin, at):
    customer = customer_of(lin, "3k")
    with pytest.raises(Refused, match="promise_needs_a_day"):
        save(lin, customer, promise_what="发案例")
    with pytest.raises(Refused, match="date_before_today"):
        save(lin, customer, promise_what="发案例", promise_by_when=at - timedelta(days=1))
    assert (Touch.objects.count(), Promise.objects.count()) == (0, 0)


def test_a_promise_made_by_the_manager_is_the_owners_to_keep(customer_of, save, lin, liang, at):
    save(liang, customer_of(lin, "3k"), promise_what="发案例", promise_by_when=at + timedelta(days=1))
    assert Promise.objects.get().by == lin


def test_a_full_day_is_passed_over(customer_of, save, lin, today):
    lin.daily_slots = 1
    lin.save()
    first = today + timedelta(days=2)
    customer_of(lin, "4", planned_on=first)
    customer = Customer.objects.get(pk=customer_of(lin, "3k").pk)
    row = save(lin, customer, effective=True).customer
    assert row.planned_on == first + timedelta(days=1)
    assert row.planned_why["code"] == "planned_first_free"
