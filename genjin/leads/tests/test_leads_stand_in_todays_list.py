"""A lead to push stands in its owner's day, with why, and takes a slot as a contact does."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.followups.day import day_of
from genjin.followups.tests.conftest import customer_of  # noqa: F401  a fixture
from genjin.leads.services.pushes import Judged, push_lead

pytestmark = pytest.mark.django_db


def names(person, at):
    return [each.name for part in day_of(person, at=at).others for each in part.waiting]


def test_new_ones_first_then_by_their_day(pushed, lin, zhou, at):
    later = pushed(lin, company="约过的", phone="13800000001")
    push_lead(lead=later, judged=Judged(uuid4(), "again", push_on=at.date() + timedelta(days=1)), by=lin, at=at)
    pushed(lin, company="新来的", phone="13800000002")
    pushed(zhou, company="同事的", phone="13800000003")
    assert names(lin, at) == ["新来的"]
    assert names(lin, at + timedelta(days=1)) == ["新来的", "约过的"]


def test_pushed_it_is_done_and_counts(pushed, lin, at):
    lead = pushed(lin)
    push_lead(lead=lead, judged=Judged(uuid4(), "unreachable"), by=lin, at=at)
    (part,) = day_of(lin, at=at).others
    assert (len(part.waiting), part.done) == (0, 1)


def test_need_later_comes_back_by_itself(pushed, lin, at):
    lead = pushed(lin, company="以后需要的")
    push_lead(lead=lead, judged=Judged(uuid4(), "need_later", push_on=at.date() + timedelta(days=14)), by=lin, at=at)
    assert names(lin, at + timedelta(days=13)) == []
    assert names(lin, at + timedelta(days=14)) == ["以后需要的"]


def test_each_takes_a_slot_of_the_day(pushed, customer_of, lin, at):  # noqa: F811
    lin.daily_slots = 5
    lin.save()
    for _number in range(6):
        customer_of(lin, "0")
    assert len(day_of(lin, at=at + timedelta(days=2)).rows) == 5
    pushed(lin, phone="13800000001")
    pushed(lin, phone="13800000002")
    assert len(day_of(lin, at=at + timedelta(days=2)).rows) == 3


def test_the_page_shows_it_with_why(client_of, pushed, lin):
    pushed(lin, company="惠山机械")
    text = client_of(lin).get("/today/").content.decode()
    assert "惠山机械" in text
    assert "新线索，还没推进" in text
