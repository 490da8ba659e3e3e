"""周雨桐 leaves on a Tuesday afternoon. Nothing she had in hand is lost, and on Wednesday others carry on."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.config.checking import untruths
from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.followups.models import Appointment, Promise
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.organization.events import HandOver
from genjin.organization.services.leaving import deactivate_person

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]

NAMES = ["无锡朗悦搬家", "苏州启禾装饰", "镇江佰顺驾校", "南通海拓二手车行"]


@pytest.fixture
def in_hand(zhou, at):
    """Four customers; with the first she has promised a case file and agreed to call on Thursday."""
    kp = ContactFile({"name": "高建平", "is_key_person": True}, ["13861500001"])
    made = [create_customer(fields={"name": name}, contact=kp, owner=zhou, by=zhou, at=at) for name in NAMES]
    thursday = at + timedelta(days=2)
    note = Note(
        key=uuid4(), interests=["peers"], class_wanted="4", promise_what="发同行案例", promise_by_when=thursday,
        appointment_at=thursday, appointment_purpose="谈半年套餐",
    )  # fmt: skip
    save_touch(customer=made[0], note=note, by=zhou, at=at)
    return made


def leave(zhou, liang, at, today, hand_over):
    deactivate_person(zhou, hand_over=hand_over, by=liang, at=at + timedelta(hours=6), today=today)


def test_one_successor_takes_over_customers_promises_and_appointments(in_hand, zhou, lin, liang, at, today):
    before = dict(Customer.objects.values_list("name", "due_on"))
    leave(zhou, liang, at, today, HandOver("successor", successor=lin))
    assert set(Customer.objects.values_list("owner", flat=True)) == {lin.pk}
    assert Promise.objects.get().by == lin
    assert Appointment.objects.get().by == lin
    assert dict(Customer.objects.values_list("name", "due_on")) == before, "a hand-over makes nothing look fresh"
    assert list(untruths()) == []


def test_the_history_says_who_had_it_and_the_new_owner_goes_on(in_hand, zhou, lin, liang, at, today):
    leave(zhou, liang, at, today, HandOver("successor", successor=lin))
    customer = in_hand[0]
    handed = Entry.objects.about("customer", customer.pk).first()
    assert (handed.verb, handed.changes["owner_id"]) == ("customer.handed_over", [zhou.pk, lin.pk])
    tomorrow = at + timedelta(days=1)
    saved = save_touch(customer=customer, note=Note(key=uuid4(), objections=["price"]), by=lin, at=tomorrow)
    assert [touch.author for touch in saved.customer.touches.order_by("at")] == [zhou, lin]


def test_shared_out_evenly_the_best_first(in_hand, zhou, lin, liang, at, today):
    leave(zhou, liang, at, today, HandOver("share_out", people=(lin, liang)))
    held = {person: Customer.objects.owned_by(person).count() for person in (lin, liang)}
    assert held == {lin: 2, liang: 2}
    assert Customer.objects.get(name=NAMES[0]).owner == lin, "the ripest customer goes first"
    assert Promise.objects.get().by == lin


def test_into_the_pool_the_promise_waits_for_whoever_claims(in_hand, zhou, liang, at, today):
    leave(zhou, liang, at, today, HandOver("pool"))
    assert Customer.objects.in_pool().count() == 4
    assert Promise.objects.open().get().by is None
    assert list(untruths()) == []


def test_nobody_gets_customers_who_has_left_already(in_hand, zhou, han, liang, at, today):
    with pytest.raises(Refused):
        leave(zhou, liang, at, today, HandOver("successor", successor=han))
    zhou.refresh_from_db()
    assert zhou.is_active
    assert Customer.objects.owned_by(zhou).count() == 4
