"""What a template says, which rule answers, and when a text may go: by tables."""

from datetime import datetime

import pytest

from genjin.leads.replies import gateways, rules
from genjin.leads.replies.rules import Case, Condition

VALUES = {"person": "徐建国", "company": "", "wants": "{{ phone }}\n第二行", "phone": "13812345678"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ person }}，您好", "徐建国，您好"),
        ("{{person}}", "徐建国"),
        ("{{ company|贵公司 }}", "贵公司"),
        ("{{ company }}", ""),
        ("{{ wants }}", "{{ phone }} 第二行"),
        ("{ person } {% x %}", "{ person } {% x %}"),
    ],
)
def test_a_template_is_filled_and_never_evaluated(text, said):
    assert rules.filled(text, VALUES) == said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ person }} {{ wants|事 }}", None),
        ("{{ secret }}", "reply_names_unknown"),
        ("{{ person.__class__ }}", "reply_braces_left"),
        ("{{ person", "reply_braces_left"),
        ("person }}", "reply_braces_left"),
        ("{{ 1+1 }}", "reply_braces_left"),
        ("{{ }}", "reply_names_unknown"),
    ],
)
def test_what_a_template_may_name(text, code):
    refused = rules.refusal_of_template(text)
    assert (refused.code if refused else None) == code


@pytest.mark.parametrize(
    ("conditions", "first"),
    [
        ([Condition(1, 5)], 1),
        ([Condition(1, 9)], None),
        ([Condition(1, 2), Condition(2, 5)], 2),
        ([Condition(1, 5, form=8), Condition(2, 5, form=7)], 2),
        ([Condition(1, 5, product="别的"), Condition(2, 5, product=" 客户管理 ")], 2),
        ([Condition(1, 5, language="en"), Condition(2, 5, language="zh-hans")], 2),
        ([Condition(1, 5, hours="working"), Condition(2, 5, hours="closed")], 2),
        ([Condition(1, 5), Condition(2, 5)], 1),
    ],
)
def test_the_first_that_holds_answers_the_nearest_unit_first(conditions, first):
    case = Case(form=7, product="客户管理", language="zh-hans", in_working_hours=False, units=(5, 2, 1))
    assert rules.first_match(conditions, case) == first


@pytest.mark.parametrize(
    ("way", "at", "goes"),
    [
        ("sms", "2026-11-24 10:00", "2026-11-24 10:00"),
        ("sms", "2026-11-24 21:00", "2026-11-25 08:30"),
        ("sms", "2026-11-25 08:29", "2026-11-25 08:30"),
        ("sms", "2026-11-25 08:30", "2026-11-25 08:30"),
        ("mail", "2026-11-24 23:00", "2026-11-24 23:00"),
    ],
)
def test_a_text_waits_for_the_morning(way, at, goes):
    assert rules.may_go_at(way, datetime.fromisoformat(at)) == datetime.fromisoformat(goes)


@pytest.mark.parametrize(
    ("text", "stops"),
    [("TD", True), ("退订。\n\n> 原文", True), ("Unsubscribe", True), ("请不要退订我的订单", False), ("", False)],
)
def test_who_asks_to_stop(text, stops):
    assert rules.asks_to_stop(text) == stops


def test_the_signature_is_that_of_the_documentation():
    """The example of Aliyun's documentation (testId, testSecret)."""
    asked = {
        "AccessKeyId": "testId", "Action": "SendSms", "Format": "XML", "OutId": "123", "PhoneNumbers": "15300000001",
        "RegionId": "cn-hangzhou", "SignName": "阿里云短信测试专用", "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466", "SignatureVersion": "1.0",
        "TemplateCode": "SMS_71390007", "TemplateParam": '{"customer":"test"}', "Timestamp": "2017-07-12T02:42:19Z",
        "Version": "2017-05-25",
    }  # fmt: skip
    assert gateways.aliyun_sign(asked, "testSecret", verb="GET") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="
