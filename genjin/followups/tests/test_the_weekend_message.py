"""The message to key customers at the weekend: who gets one, in which words, and what ticking it off does."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.followups.models import Touch, WeekendMessage
from genjin.followups.register.reading import weekend_of
from genjin.followups.register.services import (
    change_class_text,
    change_text,
    note_sent,
    propose_weekend,
    propose_weekends,
    undo_sent,
)

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 11, 28, 11, 35, tzinfo=ZoneInfo("Asia/Shanghai"))
MONDAY = date(2026, 11, 23)


@pytest.fixture
def rows(customer_of, lin):
    """A class 2 and a key 3, and a normal 4 that is no key customer."""
    return [customer_of(lin, "2", name="锦程物流"), customer_of(lin, "3k"), customer_of(lin, "4")]


@pytest.fixture
def listed(rows, lin):
    return propose_weekend(person=lin, at=SATURDAY)


def test_key_customers_are_proposed_with_words_to_whom_they_are_said(listed, rows):
    assert [each.customer for each in listed] == rows[:2]
    assert listed[0].text.startswith("高建平")
    assert listed[0].text != listed[1].text


def test_the_job_lists_on_the_weeks_last_working_day_once(rows, lin, zhou):
    assert propose_weekends(at=SATURDAY - timedelta(days=1)) == 0
    assert propose_weekends(at=SATURDAY.replace(hour=9)) == 0
    assert propose_weekends(at=SATURDAY) == 1
    assert propose_weekends(at=SATURDAY + timedelta(hours=1)) == 0
    assert WeekendMessage.objects.count() == 2


def test_who_was_contacted_lately_or_asked_for_quiet_is_left_out_with_why(rows, lin, zhou, customer_of):
    spoken, blocked = rows[0], customer_of(lin, "2")
    Customer.objects.filter(pk=spoken.pk).update(last_touch_at=SATURDAY - timedelta(days=1))
    Customer.objects.filter(pk=blocked.pk).update(
        closed_on=MONDAY, closed_kind="blocked", due_on=None, planned_on=None, due_why={}, planned_why={}
    )
    propose_weekend(person=lin, at=SATURDAY)
    weekend = weekend_of(lin, at=SATURDAY)
    assert {each.message.customer: each.reason.code for each in weekend.left_out} == {
        spoken: "weekend_contacted_lately",
        blocked: "weekend_is_blocked",
    }
    assert len(weekend.waiting) == 1


def test_ticked_off_it_is_a_touch_that_is_no_miss_and_moves_no_date(listed, rows, lin):
    before = Customer.objects.get(pk=rows[0].pk)
    assert note_sent(messages=listed[:1], channel="wechat", by=lin, at=SATURDAY) == 1
    after = Customer.objects.get(pk=rows[0].pk)
    touch = Touch.objects.get(customer=after)
    assert (touch.channel, touch.is_effective, touch.remarks) == ("wechat", False, listed[0].text)
    assert (after.due_on, after.planned_on, after.missed_in_row) == (before.due_on, before.planned_on, 0)
    assert (after.attempts, after.last_touch_at) == (before.attempts + 1, SATURDAY)
    assert note_sent(messages=listed[:1], channel="sms", by=lin, at=SATURDAY) == 0


def test_all_at_once_are_taken_back_together_but_who_was_touched_since(listed, rows, lin, save):
    assert note_sent(messages=listed, channel="sms", by=lin, at=SATURDAY) == 2
    save(lin, Customer.objects.get(pk=rows[1].pk), moment=SATURDAY + timedelta(hours=1), interests=["brand"])
    assert undo_sent(message=listed[0], by=lin, at=SATURDAY + timedelta(hours=2)) == 1
    weekend = weekend_of(lin, at=SATURDAY)
    assert [each.message.customer for each in weekend.waiting] == rows[:1]
    assert Customer.objects.get(pk=rows[0].pk).attempts == 0


def test_other_words_for_one_and_for_all_of_a_class_also_next_week(listed, lin):
    change_text(message=listed[0], text="高总，周末好", by=lin)
    assert WeekendMessage.objects.get(pk=listed[0].pk).text == "高总，周末好"
    change_class_text(week=MONDAY, playbook="telesales", class_code="3k", text="{name}，下周一见", by=lin)
    assert WeekendMessage.objects.get(pk=listed[1].pk).text == "高建平，下周一见"
    later = propose_weekend(person=lin, at=SATURDAY + timedelta(days=7))
    assert later[1].text == "高建平，下周一见"


@pytest.mark.parametrize("text", ["  ", "好" * 501])
def test_no_words_and_too_many_are_refused(listed, lin, text):
    with pytest.raises(Refused):
        change_text(message=listed[0], text=text, by=lin)
    assert WeekendMessage.objects.get(pk=listed[0].pk).text == listed[0].text


def test_another_way_than_wechat_or_sms_is_refused(listed, lin):
    with pytest.raises(Refused):
        note_sent(messages=listed, channel="pigeon", by=lin, at=SATURDAY)
    assert not Touch.objects.exists()


def test_the_page_lists_ticks_off_and_takes_back(rows, client_of, clock, lin, zhou):
    client = client_of(lin)
    client.post(reverse("weekend_proposed"))
    first = WeekendMessage.objects.order_by("pk")[0]
    assert "锦程物流" in client.get(reverse("weekend")).content.decode()
    client.post(reverse("weekend_sent"), {"chosen": [first.pk], "channel": "wechat"})
    assert Touch.objects.get().channel == "wechat"
    assert client_of(zhou).post(reverse("weekend_undone", args=[first.pk])).status_code == 404
    client.post(reverse("weekend_undone", args=[first.pk]))
    assert not Touch.objects.standing().exists()
