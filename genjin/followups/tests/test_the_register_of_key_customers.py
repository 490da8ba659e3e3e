"""The register of key customers: filled from notes, written by hand, and it goes where the customer goes."""

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted
from genjin.followups.models import KeyNote
from genjin.followups.register.reading import register_of
from genjin.followups.register.services import note_key_customer

pytestmark = pytest.mark.django_db


def test_key_customers_stand_in_it_nearest_to_payment_first(customer_of, lin, today):
    key3, two = customer_of(lin, "3k"), customer_of(lin, "2")
    customer_of(lin, "4")
    register = register_of(lin, today=today)
    assert [line.customer for line in register.lines] == [two, key3]
    assert [(rung.value, n) for rung, n in register.counts] == [("2", 1), ("3k", 1)]


def test_it_is_filled_from_the_last_effective_note(customer_of, save, lin, today):
    save(lin, customer_of(lin, "3k"), objections=["price"], bring_next=["cases"], promise_what="")
    line = register_of(lin, today=today).lines[0]
    assert (line.left_open, line.is_written) == ("价格高", False)


def test_what_is_written_goes_before_the_notes_and_is_recorded(customer_of, save, lin, today, at):
    customer = customer_of(lin, "3k")
    save(lin, customer, objections=["price"])
    note_key_customer(customer=customer, next_step="带合同去", left_open="", memo="爱喝茶", by=lin, at=at)
    line = register_of(lin, today=today).lines[0]
    assert (line.next_step, line.left_open, line.memo, line.is_written) == ("带合同去", "价格高", "爱喝茶", True)
    assert Entry.objects.get(kind="register").changes["memo"] == ["", "爱喝茶"]


def test_a_colleague_may_not_write_into_it(customer_of, lin, zhou, at):
    customer = customer_of(lin, "3k")
    with pytest.raises(NotPermitted):
        note_key_customer(customer=customer, next_step="x", left_open="", memo="", by=zhou, at=at)
    assert not KeyNote.objects.exists()


def test_who_leads_sees_it_and_a_stranger_does_not(customer_of, client_of, lin, zhou, liang, fang):
    customer = customer_of(lin, "3k")
    address = reverse("register_of", args=[lin.pk])
    assert customer.name in client_of(liang).get(address).content.decode()
    assert client_of(fang).get(address).status_code == 404
    assert client_of(zhou).get(address).status_code == 404
    assert client_of(fang).get(reverse("register_note", args=[customer.pk])).status_code == 404


def test_it_is_written_on_the_page(customer_of, client_of, lin):
    customer = customer_of(lin, "3k")
    answer = client_of(lin).post(reverse("register_note", args=[customer.pk]), {"next_step": "周五前送样"})
    assert answer.status_code == 303
    assert "周五前送样" in client_of(lin).get(reverse("register")).content.decode()
