"""What each provider of SMS is sent, and what its answer means: a plain webhook, Aliyun.

Aliyun's format is that of its documentation (短信服务 SendSms, API version 2017-05-25, signature version 1.0): the
parameters sorted and percent-encoded, HMAC-SHA1 with "secret&" as key, `Code` "OK" in the answer.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

ALIYUN = "https://dysmsapi.aliyuncs.com/"


@dataclass(frozen=True, slots=True)
class Text:
    """One SMS. `key` names it to the provider, so that what is asked twice can be told."""

    to: str
    text: str
    key: str
    template: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """Who sends. Neither address nor secret is shown."""

    kind: str
    address: str = field(default="", repr=False)
    key_id: str = ""
    secret: str = field(default="", repr=False)
    sign_name: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    url: str = field(repr=False)
    content: bytes = field(repr=False)
    headers: dict[str, str]


def request_of(account: Account, text: Text, *, at: datetime) -> Request:
    """What is posted."""
    if account.kind == "aliyun":
        return _aliyun(account, text, at=at)
    body = {"to": text.to, "text": text.text, "key": text.key, "at": at.isoformat()}
    content = json.dumps(body, ensure_ascii=False).encode()
    headers: dict[str, str] = {}
    if account.secret:
        seconds = str(int(at.timestamp()))
        signed = hmac.new(account.secret.encode(), f"{seconds}.".encode() + content, hashlib.sha256).hexdigest()
        headers = {"X-Genjin-Timestamp": seconds, "X-Genjin-Signature": signed}
    return Request(account.address, content, headers)


def _aliyun(account: Account, text: Text, *, at: datetime) -> Request:
    asked = {
        "AccessKeyId": account.key_id,
        "Action": "SendSms",
        "Format": "JSON",
        "OutId": text.key,
        "PhoneNumbers": text.to.removeprefix("+86"),
        "RegionId": "cn-hangzhou",
        "SignName": account.sign_name,
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": f"{text.key}-{int(at.timestamp() * 1000)}",
        "SignatureVersion": "1.0",
        "TemplateCode": text.template,
        "TemplateParam": json.dumps(dict(text.parameters), ensure_ascii=False),
        "Timestamp": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Version": "2017-05-25",
    }
    signed = {**asked, "Signature": aliyun_sign(asked, account.secret)}
    content = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in signed.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Request(account.address or ALIYUN, content.encode(), headers)


def aliyun_sign(asked: Mapping[str, str], secret: str, *, verb: str = "POST") -> str:
    """The signature over all parameters but itself."""
    sorted_text = "&".join(f"{_encoded(name)}={_encoded(asked[name])}" for name in sorted(asked))
    message = f"{verb}&%2F&{_encoded(sorted_text)}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), message.encode(), hashlib.sha1).digest()).decode()


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")


def is_accepted(kind: str, status: int, text: str) -> bool:
    """Whether the provider says that it took it. Aliyun answers 200 to much of what it refuses, too."""
    if not 200 <= status < 300:
        return False
    if kind != "aliyun":
        return True
    try:
        answer = json.loads(text)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("Code") == "OK"
