"""Notes as the customer's timeline shows them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.customers.timeline import Asked
from genjin.followups.services.corrections import undo_touch
from genjin.followups.timeline import touches_for_timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(customer_of, save, lin, at):
    row = customer_of(lin, "3")
    for n, remarks in enumerate(["第一次", "价格高，下次带案例", "第三次"]):
        save(lin, row, effective=True, remarks=remarks, moment=at + timedelta(minutes=n))
    return row


def remarks(items):
    return [item.context["note"].touch.remarks for item in items]


def test_newest_first_at_most_as_many_as_asked(customer, lin):
    assert remarks(touches_for_timeline(Asked(customer, lin, limit=2))) == ["第三次", "价格高，下次带案例"]


def test_older_than_an_instant(customer, lin, at):
    assert remarks(touches_for_timeline(Asked(customer, lin, before=at + timedelta(minutes=1)))) == ["第一次"]


@pytest.mark.parametrize(("kind", "count"), [("", 3), ("note", 3), ("ownership", 0)])
def test_only_where_notes_are_asked_for(customer, lin, kind, count):
    assert len(touches_for_timeline(Asked(customer, lin, kind=kind))) == count


def test_by_text_also_of_chips_in_words(customer, save, lin, at):
    save(lin, customer, interests=["peers"], moment=at + timedelta(hours=1))
    assert remarks(touches_for_timeline(Asked(customer, lin, text="案例"))) == ["价格高，下次带案例"]
    assert len(touches_for_timeline(Asked(customer, lin, text="同行在做"))) == 1


def test_a_note_taken_back_is_not_among_them(customer, save, lin, at):
    undo_touch(touch=save(lin, customer, effective=True, remarks="手滑").touch, by=lin, at=at)
    assert "手滑" not in remarks(touches_for_timeline(Asked(customer, lin)))


def test_the_customers_page_shows_them(client_of, customer, lin):
    text = client_of(lin).get(reverse("customer", args=[customer.pk])).content.decode()
    assert "价格高，下次带案例" in text


def test_questions_do_not_grow_with_the_notes(customer, save, lin, at, django_assert_num_queries):
    for n in range(10):
        save(lin, customer, effective=True, moment=at + timedelta(hours=n))
    with django_assert_num_queries(4):
        touches_for_timeline(Asked(customer, lin))
