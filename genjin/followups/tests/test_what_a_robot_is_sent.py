"""The makers' formats. The signatures were made with openssl, not with our code."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from genjin.followups.escalation.robots import (
    LONGEST_TEXT,
    dingtalk_sign,
    feishu_sign,
    is_accepted,
    plain_sign,
    request_of,
    shortened,
)

AT = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
SECRET = "this is secret"


def test_dingtalk_signs_time_and_secret_with_the_secret():
    # printf '%s\n%s' 1577262236757 'this is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64
    assert dingtalk_sign("1577262236757", SECRET) == "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="


def test_feishu_signs_nothing_with_time_and_secret():
    # openssl dgst -sha256 -mac HMAC -macopt hexkey:(of "1599360473\nthis is secret") of nothing
    assert feishu_sign("1599360473", SECRET) == "/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw="


def test_a_plain_webhook_is_signed_over_time_and_content():
    found = plain_sign("1732420800", SECRET, b'{"a":1}')
    assert found == "26f67accf28f3e8b176e6eb9f453e0a32846d8d2ab57923a522610c1584caf60"


def test_wecom_gets_a_text_and_its_key_stays_in_the_address():
    asked = request_of("wecom", address="https://qyapi.weixin.qq.com/send?key=k", secret="", text="逾期 3 位", at=AT)
    assert asked.url == "https://qyapi.weixin.qq.com/send?key=k"
    assert json.loads(asked.content) == {"msgtype": "text", "text": {"content": "逾期 3 位"}}


def test_dingtalk_carries_time_and_signature_in_the_address():
    address = "https://oapi.dingtalk.com/robot/send?access_token=t"
    asked = request_of("dingtalk", address=address, secret=SECRET, text="x", at=AT)
    query = parse_qs(urlsplit(asked.url).query)
    assert query == {
        "access_token": ["t"],
        "timestamp": [str(int(AT.timestamp() * 1000))],
        "sign": [dingtalk_sign(str(int(AT.timestamp() * 1000)), SECRET)],
    }


def test_feishu_carries_time_and_signature_in_the_body():
    address = "https://open.feishu.cn/open-apis/bot/v2/hook/h"
    asked = request_of("feishu", address=address, secret=SECRET, text="x", at=AT)
    seconds = str(int(AT.timestamp()))
    assert json.loads(asked.content) == {
        "timestamp": seconds, "sign": feishu_sign(seconds, SECRET), "msg_type": "text", "content": {"text": "x"},
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["dingtalk", "feishu", "plain"])
def test_without_a_secret_nothing_is_signed(kind):
    asked = request_of(kind, address="https://robot.example/x", secret="", text="x", at=AT)
    assert asked.url == "https://robot.example/x"
    assert "sign" not in asked.content.decode()
    assert asked.headers == {}


@pytest.mark.parametrize(
    ("kind", "status", "text", "accepted"),
    [
        ("wecom", 200, '{"errcode":0,"errmsg":"ok"}', True),
        ("wecom", 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', False),
        ("dingtalk", 200, '{"errcode":0,"errmsg":"ok"}', True),
        ("dingtalk", 200, '{"errcode":310000,"errmsg":"sign not match"}', False),
        ("feishu", 200, '{"code":0,"msg":"success","data":{}}', True),
        ("feishu", 200, '{"StatusCode":0,"StatusMessage":"success"}', True),
        ("feishu", 200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}', False),
        ("feishu", 200, "{}", False),
        ("wecom", 200, "<html>", False),
        ("wecom", 200, "[0]", False),
        ("plain", 204, "", True),
        ("plain", 302, "", False),
        ("plain", 500, "", False),
    ],
)
def test_what_its_answer_means(kind, status, text, accepted):
    assert is_accepted(kind, status, text) is accepted


def test_a_long_text_is_cut_between_signs():
    cut = shortened("逾期" * 2000, LONGEST_TEXT)
    assert len(cut.encode()) <= LONGEST_TEXT
    assert cut.endswith("…")
    assert set(cut) == {"逾", "期", "…"}


def test_the_address_is_not_in_what_a_log_would_print():
    asked = request_of("wecom", address="https://qyapi.weixin.qq.com/send?key=k3y", secret="", text="x", at=AT)
    assert "k3y" not in repr(asked)
