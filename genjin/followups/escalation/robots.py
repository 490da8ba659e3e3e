"""What a group's robot is sent, and what its answer means: WeCom, DingTalk, Feishu, and a plain webhook.

Formats as the makers document them. WeCom (群机器人配置说明): a text of at most 2048 bytes, `errcode` 0.
DingTalk (自定义机器人, 加签): HMAC-SHA256 of "timestamp\\nsecret" with the secret as key, milliseconds, in the address,
`errcode` 0. Feishu (自定义机器人, 签名校验): HMAC-SHA256 of nothing with "timestamp\\nsecret" as key, seconds, in the
body, `code` 0.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

KINDS = ("wecom", "dingtalk", "feishu", "plain")
SIGNED = ("dingtalk", "feishu", "plain")
# Where each maker's robots live; what stands elsewhere is no robot of theirs.
HOSTS = {
    "wecom": ("qyapi.weixin.qq.com",),
    "dingtalk": ("oapi.dingtalk.com",),
    "feishu": ("open.feishu.cn", "open.larksuite.com"),
}
LONGEST_TEXT = 2000  # bytes; the smallest bound is WeCom's 2048


@dataclass(frozen=True, slots=True)
class Request:
    """The address may hold a signature and a token, so it is not shown."""

    url: str = field(repr=False)
    content: bytes
    headers: dict[str, str]


def request_of(kind: str, *, address: str, secret: str, text: str, at: datetime, link: str = "") -> Request:
    """What is sent to a robot of this kind. Without a secret nothing is signed."""
    text = shortened(text, LONGEST_TEXT)
    headers: dict[str, str] = {}
    body: dict[str, Any]
    if kind == "feishu":
        body = {"msg_type": "text", "content": {"text": text}}
        if secret:
            seconds = str(int(at.timestamp()))
            body = {"timestamp": seconds, "sign": feishu_sign(seconds, secret), **body}
    elif kind == "plain":
        body = {"text": text, "link": link, "at": at.isoformat()}
    else:
        body = {"msgtype": "text", "text": {"content": text}}
    content = json.dumps(body, ensure_ascii=False).encode()
    if kind == "dingtalk" and secret:
        milliseconds = str(int(at.timestamp() * 1000))
        sign = quote_plus(dingtalk_sign(milliseconds, secret))
        address += f"{'&' if '?' in address else '?'}timestamp={milliseconds}&sign={sign}"
    if kind == "plain" and secret:
        seconds = str(int(at.timestamp()))
        headers = {"X-Genjin-Timestamp": seconds, "X-Genjin-Signature": plain_sign(seconds, secret, content)}
    return Request(address, content, headers)


def dingtalk_sign(milliseconds: str, secret: str) -> str:
    return _sign(secret.encode(), f"{milliseconds}\n{secret}".encode())


def feishu_sign(seconds: str, secret: str) -> str:
    return _sign(f"{seconds}\n{secret}".encode(), b"")


def plain_sign(seconds: str, secret: str, content: bytes) -> str:
    """Hexadecimal HMAC-SHA256 of "seconds.content": who receives it can tell that it is ours and unchanged."""
    return hmac.new(secret.encode(), f"{seconds}.".encode() + content, hashlib.sha256).hexdigest()


def _sign(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def is_accepted(kind: str, status: int, text: str) -> bool:
    """Whether the robot says that it took the message. The makers answer 200 to what they refuse, too."""
    if not 200 <= status < 300:
        return False
    if kind == "plain":
        return True
    try:
        answer = json.loads(text)
    except ValueError:
        return False
    if not isinstance(answer, dict):
        return False
    names = ("code", "StatusCode") if kind == "feishu" else ("errcode",)
    said = [answer[name] for name in names if name in answer]
    return bool(said) and said[0] == 0


def shortened(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, no sign cut in half."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore") + "…"
