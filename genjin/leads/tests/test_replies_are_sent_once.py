"""Whoever writes in is answered once by each rule; failures are tried again in sight, and a no is respected."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.core import mail
from django.test import Client

from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.models import Channel
from genjin.leads.replies.models import OptOut, Reply, ReplyRule
from genjin.leads.replies.sending import give_up_lost, send_due
from genjin.leads.replies.services import Gateway, Ruled, enter_opt_out, save_gateway, save_rule
from genjin.leads.services.arriving import receive
from genjin.leads.services.pushes import end_lead
from genjin.leads.tests.provider import FakeProvider

pytestmark = pytest.mark.django_db
WHO = {"person_name": "徐建国", "phone": "13812345678", "email": "xu@example.com", "wants": "报价"}


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.MAIL = "smtp://mail.example"
    settings.ADDRESS = "https://crm.example"


@pytest.fixture
def provider(settings):
    made = FakeProvider()
    settings.INSIDE_HOSTS = frozenset({made.place})
    yield made
    made.end()


@pytest.fixture
def rule(east_one, liang, at):
    def made(**how):
        given = {"unit": east_one, "name": "官网", "subject": "收到：{{ form|咨询 }}", "text": "{{ person }}，您好。"}
        return save_rule(None, Ruled(**{**given, **how}), by=liang, at=at)

    return made


def test_a_letter_goes_out_once(rule, coming, at):
    rule()
    for _n in range(2):
        receive(coming(**WHO), by=None, at=at)
    assert send_due(at=at) == 1
    assert send_due(at=at) == 0
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["xu@example.com"], "收到：咨询")
    assert letter.body.startswith("徐建国，您好。")
    reply = Reply.objects.get()
    assert reply.state == "sent"
    assert letter.extra_headers["Auto-Submitted"] == "auto-replied"
    assert f"/r/{reply.token}/" in letter.extra_headers["List-Unsubscribe"]


def test_whoever_is_entered_by_hand_gets_none(rule, coming, at, lin):
    rule()
    receive(coming(Channel.HAND, **WHO), by=lin, at=at, owner=lin)
    assert not Reply.objects.exists()


def test_a_rule_of_the_unit_above_answers_too(rule, coming, at, east, liang):
    rule(unit=east)
    receive(coming(**WHO), by=None, at=at)
    assert Reply.objects.count() == 1


def test_a_value_cannot_add_a_header(rule, coming, at):
    rule(subject="{{ person }}")
    receive(coming(**{**WHO, "person_name": "徐\nBcc: all@example.com"}), by=None, at=at)
    send_due(at=at)
    assert mail.outbox[0].subject == "徐 Bcc: all@example.com"


def test_the_link_in_the_letter_stops_all(rule, coming, at, clock):
    rule()
    receive(coming(**WHO), by=None, at=at)
    address = f"/r/{Reply.objects.get().token}/"
    assert Client().get(address).status_code == 200
    assert not OptOut.objects.exists()
    assert Client().post(address).status_code == 200
    assert set(OptOut.objects.values_list("contact", flat=True)) == {"xu@example.com", "13812345678"}
    send_due(at=at)
    assert Reply.objects.get().state == "unwanted"
    assert mail.outbox == []
    assert Client().get(f"/r/{'0' * 8}-0000-4000-8000-{'0' * 12}/").status_code == 404


def test_whoever_asked_not_to_be_contacted_gets_none(rule, coming, waiting, at, qian):
    end_lead(lead=waiting(**WHO), outcome="blocked", reason="不让联系", by=qian, at=at)
    rule()
    receive(coming(**WHO), by=None, at=at)
    assert not Reply.objects.exists()


def test_a_letter_that_is_not_taken_is_tried_again_and_given_up_in_sight(rule, coming, at, settings):
    settings.EMAIL_BACKEND = "genjin.leads.tests.provider.NobodyTakesIt"
    rule()
    receive(coming(**WHO), by=None, at=at)
    now = at
    for _attempt in range(5):
        assert send_due(at=now) == 1
        assert send_due(at=now) == 0
        now += timedelta(hours=5)
    reply = Reply.objects.get()
    assert (reply.state, reply.attempts, reply.answer["code"]) == ("failed", 5, "mail_not_taken")


def test_without_mail_settings_it_says_so(rule, coming, at, settings):
    settings.MAIL = "off"
    rule()
    receive(coming(**WHO), by=None, at=at)
    send_due(at=at)
    assert Reply.objects.get().answer["code"] == "mail_is_off"


def test_what_was_cut_off_is_unsure_and_not_sent_again(rule, coming, at):
    rule()
    receive(coming(**WHO), by=None, at=at)
    Reply.objects.update(state="sending", tried_at=at)
    assert give_up_lost(at=at + timedelta(minutes=11)) == 1
    assert send_due(at=at + timedelta(hours=1)) == 0
    assert Reply.objects.get().state == "unsure"


def test_a_text_waits_for_the_morning(rule, coming, at, qian):
    save_gateway(Gateway("console"), by=qian, at=at)
    rule(way="sms", subject="")
    night = at.replace(hour=23)
    receive(coming(**WHO), by=None, at=night)
    assert send_due(at=night + timedelta(minutes=1)) == 0
    morning = at.replace(hour=8, minute=30) + timedelta(days=1)
    assert send_due(at=morning) == 1
    assert Reply.objects.get().answer["code"] == "sms_only_logged"


def test_a_webhook_is_sent_signed_json(rule, coming, at, qian, provider):
    save_gateway(Gateway("webhook", f"http://{provider.place}/sms", secret="s3cret"), by=qian, at=at)
    rule(way="sms", subject="")
    receive(coming(**WHO), by=None, at=at)
    send_due(at=at)
    [(_path, body, headers)] = provider.heard
    assert '"to": "13812345678"' in body
    assert "X-Genjin-Signature" in headers
    assert Reply.objects.get().state == "sent"


def test_aliyun_is_asked_in_its_documented_format(rule, coming, at, qian, provider):
    provider.answer = '{"Code": "OK", "Message": "OK"}'
    gateway = Gateway("aliyun", f"http://{provider.place}/", key_id="testId", secret="testSecret", sign_name="跟进")
    save_gateway(gateway, by=qian, at=at)
    rule(way="sms", subject="", template_code="SMS_71390007")
    receive(coming(**WHO), by=None, at=at)
    send_due(at=at)
    [(_path, body, _headers)] = provider.heard
    asked = {name: values[0] for name, values in parse_qs(body).items()}
    assert (asked["Action"], asked["PhoneNumbers"], asked["SignName"]) == ("SendSms", "13812345678", "跟进")
    assert asked["TemplateParam"] == '{"person": "徐建国"}'
    assert asked["Timestamp"] == "2026-11-24T02:00:00Z"
    assert Reply.objects.get().state == "sent"


def test_what_aliyun_refuses_is_shown_without_the_secret(rule, coming, at, qian, provider):
    provider.answer = '{"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "testSecret"}'
    gateway = Gateway("aliyun", f"http://{provider.place}/", key_id="testId", secret="testSecret", sign_name="跟进")
    save_gateway(gateway, by=qian, at=at)
    rule(way="sms", subject="", template_code="SMS_71390007")
    receive(coming(**WHO), by=None, at=at)
    send_due(at=at)
    reply = Reply.objects.get()
    assert (reply.state, reply.answer["code"]) == ("waiting", "sms_refused")
    assert "testSecret" not in str(reply.answer)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"text": "{{ password }}"}, "reply_names_unknown"),
        ({"subject": ""}, "reply_needs_a_subject"),
        ({"way": "sms", "text": "长" * 301}, "reply_too_long"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule, how, code):
    with pytest.raises(Refused, match=code):
        rule(**how)
    assert not ReplyRule.objects.exists()


def test_an_inner_address_is_no_webhook(at, qian):
    with pytest.raises(Refused, match="outside_not_https"):
        save_gateway(Gateway("webhook", "http://127.0.0.1/sms"), by=qian, at=at)


def test_who_may_change_what(rule, at, lin, liang, fang, east_one):
    with pytest.raises(NotPermitted):
        save_gateway(Gateway("console"), by=liang, at=at)
    for person in (lin, fang):
        with pytest.raises(NotPermitted):
            save_rule(None, Ruled(unit=east_one, name="x", subject="x", text="x"), by=person, at=at)


def test_entered_by_hand_it_counts_as_written(at, liang):
    enter_opt_out("138 1234 5678", by=liang, at=at)
    assert OptOut.objects.get().contact == "13812345678"
    with pytest.raises(Refused, match="opt_out_of_nothing"):
        enter_opt_out("徐建国", by=liang, at=at)


def test_its_pages_work(client_of, rule, coming, liang, fang, lin, at, qian):
    made = rule()
    lead = receive(coming(**WHO), by=None, at=at)
    send_due(at=at)
    client = client_of(liang)
    assert "徐建国" in client.get("/settings/replies/").content.decode()
    assert client.get(f"/settings/replies/{made.pk}/").status_code == 200
    assert client_of(fang).get(f"/settings/replies/{made.pk}/").status_code == 404
    assert client_of(lin).get("/settings/replies/").status_code == 403
    assert client.get("/settings/replies/sms/").status_code == 403
    assert (
        client_of(qian)
        .post("/settings/replies/sms/", {"kind": "console", "quiet_from": "21:00", "quiet_to": "08:30", "is_on": "on"})
        .status_code
        == 302
    )
    sent = {"name": "x", "unit": made.unit_id, "way": "mail", "hours": "any", "subject": "s", "text": "{{ nobody }}",
            "position": "5", "preview": "1"}  # fmt: skip
    text = client.post(f"/settings/replies/{made.pk}/", sent).content.decode()
    assert "nobody" in text
    made.refresh_from_db()
    assert made.text == "{{ person }}，您好。"
    assert "自动回复" in client.get(f"/leads/{lead.pk}/").content.decode()
