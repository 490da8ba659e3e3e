"""What a saved note moves."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.followups.models import Promise, Touch
from genjin.followups.services.corrections import undo_touch
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(lin, at):
    contact = ContactFile({"name": "高建平", "is_key_person": True})
    return create_customer(fields={"name": "无锡朗悦搬家服务有限公司"}, contact=contact, owner=lin, by=lin, at=at)


def note(**fields):
    return Note(key=uuid4(), **fields)


def test_an_effective_contact_restarts_the_cycle_and_is_planned(customer, lin, at, today):
    saved = save_touch(customer=customer, note=note(interests=["peers"], class_wanted="4"), by=lin, at=at)
    row = Customer.objects.get()
    assert saved.touch.is_effective
    assert (row.class_code, row.attempts, row.effective_contacts, row.last_effective_on) == ("4", 1, 1, today)
    assert today < row.planned_on <= row.due_on


def test_a_miss_moves_only_the_planned_date(customer, lin, at, today):
    due_on = customer.due_on
    save_touch(customer=customer, note=note(miss_reason="no_answer"), by=lin, at=at)
    row = Customer.objects.get()
    assert (row.due_on, row.missed_in_row, row.effective_contacts) == (due_on, 1, 0)
    assert row.planned_on == today + timedelta(days=1)


def test_the_same_note_sent_twice_is_one_touch(customer, lin, at):
    twice = note(interests=["peers"])
    save_touch(customer=customer, note=twice, by=lin, at=at)
    again = save_touch(customer=customer, note=twice, by=lin, at=at)
    assert again.again
    assert Touch.objects.count() == 1
    assert Customer.objects.get().attempts == 1


def test_sent_again_with_more_words_the_note_is_corrected_and_not_lost(customer, lin, at):
    first = note(interests=["peers"], remarks="愿意再谈")
    save_touch(customer=customer, note=first, by=lin, at=at)
    save_touch(customer=customer, note=replace(first, remarks="愿意再谈，周四带报价"), by=lin, at=at)
    touch = Touch.objects.get()
    assert touch.remarks == "愿意再谈，周四带报价"
    assert "愿意再谈" in touch.corrections.get().text_before
    assert Customer.objects.get().attempts == 1


def test_a_class_whose_conditions_are_missing_stays_and_says_so(customer, lin, at):
    saved = save_touch(customer=customer, note=note(interests=["peers"], class_wanted="3k"), by=lin, at=at)
    assert saved.customer.class_code == "0"
    assert saved.said[0].code == "class_kept_conditions_missing"
    assert "objection_known" in saved.touch.conditions_missing


def test_a_date_past_the_cycle_needs_a_reason_and_takes_the_due_date_along(customer, lin, at, today):
    late = today + timedelta(days=60)
    with pytest.raises(Refused):
        save_touch(customer=customer, note=note(interests=["peers"], next_on=late), by=lin, at=at)
    assert Touch.objects.count() == 0
    save_touch(customer=customer, note=note(interests=["peers"], next_on=late, next_reason="他出国"), by=lin, at=at)
    row = Customer.objects.get()
    assert (row.planned_on, row.due_on, row.postponements) == (late, late, 1)


def test_the_last_save_is_taken_back_whole(customer, lin, at):
    before = Customer.objects.get()
    promised = note(
        interests=["peers"], class_wanted="4", promise_what="发案例", promise_by_when=at + timedelta(days=1)
    )
    saved = save_touch(customer=customer, note=promised, by=lin, at=at)
    assert Promise.objects.count() == 1
    undo_touch(touch=saved.touch, by=lin, at=at)
    after = Customer.objects.get()
    assert (after.class_code, after.due_on, after.planned_on, after.attempts) == (
        before.class_code, before.due_on, before.planned_on, 0,
    )  # fmt: skip
    assert Promise.objects.count() == 0
    assert Touch.objects.standing().count() == 0
