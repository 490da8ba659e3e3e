"""The day's reminders also go as one letter, to whoever has an address and did not switch them off."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail

from genjin.followups.escalation.digests import choose_mail, make_digests
from genjin.followups.escalation.models import Delivery
from genjin.followups.escalation.sending import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def slipped(customer_of, lin, settings):
    settings.ADDRESS, settings.MAIL = "https://crm.example.com", "smtp://mail.example.com"
    lin.email = "lin@example.com"
    lin.save()
    for number in range(5):
        customer_of(lin, name=f"春和{number}号", due_on=date(2026, 11, 17), planned_on=None)


def send_all(at):
    for each in Delivery.objects.due(at):
        deliver(each.pk, at=at)


def test_one_letter_with_counts_the_first_names_and_links(slipped, at):
    make_digests(at=at)
    send_all(at)
    [letter] = mail.outbox
    assert letter.to == ["lin@example.com"]
    assert letter.subject == "跟进提醒：11月24日 周二"
    assert "逾期 5 位，最久的已逾期 6 个工作日" in letter.body
    assert letter.body.count("春和") == 3
    assert "https://crm.example.com/escalation/customers/?mine=1" in letter.body


def test_run_again_no_second_letter(slipped, at):
    for minutes in (0, 5, 10):
        make_digests(at=at + timedelta(minutes=minutes))
        send_all(at + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1


def test_in_the_readers_language(slipped, lin, at):
    lin.language = "en"
    lin.save()
    make_digests(at=at)
    send_all(at)
    assert "5 overdue" in mail.outbox[0].body


def test_switched_off_no_letter_but_the_reminder_stands(slipped, lin, at):
    choose_mail(is_on=False, by=lin, at=at)
    assert make_digests(at=at)
    assert not Delivery.objects.exists()


def test_nothing_to_say_no_letter(lin, settings, at):
    settings.MAIL = "console"
    lin.email = "lin@example.com"
    lin.save()
    make_digests(at=at)
    assert not Delivery.objects.exists()


def test_without_a_mail_server_none_is_put_on_its_way(slipped, settings, at):
    settings.MAIL = "off"
    make_digests(at=at)
    assert not Delivery.objects.exists()


def test_a_server_that_is_away_is_tried_again(slipped, at, monkeypatch):
    def away(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("password: hidden")

    make_digests(at=at)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    send_all(at)
    waiting = Delivery.objects.get()
    assert waiting.state == Delivery.State.WAITING
    assert waiting.answer["code"] == "mail_not_taken"
    assert "hidden" not in str(waiting.answer)
    monkeypatch.undo()
    send_all(at + timedelta(minutes=5))
    assert Delivery.objects.get().state == Delivery.State.SENT


def test_tomorrow_has_its_own(slipped, lin, at, monkeypatch):
    def away(*args, **kwargs):
        raise OSError

    late = at.replace(hour=23, minute=50)
    type(lin.unit).objects.update(shift_to="23:59")
    make_digests(at=late)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    send_all(late)
    assert Delivery.objects.get().state in (Delivery.State.WAITING, Delivery.State.FAILED)
    send_all(late + timedelta(minutes=5))
    assert Delivery.objects.get().state == Delivery.State.FAILED
