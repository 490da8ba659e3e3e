"""Promises and appointments in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.followups.models import Appointment, Promise
from genjin.followups.services.agreements import make_appointment, make_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(customer_of, lin):
    return customer_of(lin, "3k")


@pytest.fixture
def promise(customer, lin, at):
    return make_promise(customer=customer, what="发案例", by_when=at + timedelta(days=1), by=lin, at=at)


def test_a_promise_is_made_from_the_customer(client_of, lin, customer, today):
    address = reverse("promise_new", args=[customer.pk])
    browser = client_of(lin)
    assert browser.get(address).status_code == 200
    answer = browser.post(address, {"what": "发案例", "on": (today + timedelta(days=1)).isoformat()})
    assert answer["Location"] == reverse("customer", args=[customer.pk])
    assert Promise.objects.get().what == "发案例"


def test_a_promise_for_yesterday_is_refused_in_place(client_of, lin, customer, today):
    yesterday = (today - timedelta(days=1)).isoformat()
    answer = client_of(lin).post(reverse("promise_new", args=[customer.pk]), {"what": "发案例", "on": yesterday})
    assert answer.status_code == 422
    assert "发案例" in answer.content.decode()


@pytest.mark.parametrize(("verb", "outcome"), [("kept", "kept"), ("broken", "broken")])
def test_a_promise_ends_and_a_slip_is_taken_back(client_of, lin, promise, at, verb, outcome):
    browser = client_of(lin)
    assert browser.post(f"/promises/{promise.pk}/{verb}/", {"back": "today"}).status_code == 303
    promise.refresh_from_db()
    assert promise.outcome(at) == outcome
    text = browser.post(f"/promises/{promise.pk}/reopened/", headers={"HX-Request": "true"}).content.decode()
    assert 'id="promises"' in text
    promise.refresh_from_db()
    assert promise.outcome(at) == "open"


def test_an_appointment_is_made_and_ended_with_its_result(client_of, lin, customer, today):
    browser = client_of(lin)
    day = (today + timedelta(days=2)).isoformat()
    given = {"on": day, "at": "10:30", "kind": "visit", "purpose": "签合同"}
    assert browser.post(reverse("appointment_new", args=[customer.pk]), given).status_code == 303
    appointment = Appointment.objects.get()
    address = reverse("appointment_end", args=[appointment.pk])
    assert "签合同" in browser.get(address).content.decode()
    assert browser.post(address, {"result": "签了"}).status_code == 303
    appointment.refresh_from_db()
    assert appointment.result == "签了"


def test_strangers_get_404(client_of, fang, lin, customer, promise, at):
    appointment = make_appointment(customer=customer, when=at + timedelta(days=1), by=lin, at=at)
    browser = client_of(fang)
    for name, pk in (("promise_new", customer.pk), ("appointment_new", customer.pk), ("agreements", customer.pk)):
        assert browser.get(reverse(name, args=[pk])).status_code == 404
    assert browser.post(reverse("promise_kept", args=[promise.pk])).status_code == 404
    assert browser.post(reverse("appointment_end", args=[appointment.pk]), {"result": "x"}).status_code == 404


def test_the_customers_page_shows_what_is_agreed(client_of, lin, customer, promise):
    assert "发案例" in client_of(lin).get(reverse("agreements", args=[customer.pk])).content.decode()
