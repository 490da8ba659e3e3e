"""What a letter says: from whom, and what of a lead stands in it. Of whatever bytes something can be told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from html import unescape
from uuid import UUID

LONGEST_TEXT = 4500
LONGEST_VALUE = 200
# What Chinese programs write and what they mean by it.
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "unknown-8bit": "", "ansi": ""}
MACHINES = ("mailer-daemon", "postmaster")
# The words before a colon in what website forms and people write, by the lead's field.
LABELS = {
    "person_name": ("姓名", "称呼", "联系人", "您的姓名", "name", "contact", "your name"),
    "company": ("公司", "公司名称", "单位", "企业名称", "company"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "tel", "phone", "mobile"),
    "email": ("邮箱", "电子邮箱", "email", "e-mail", "mail"),
    "wechat": ("微信", "微信号", "wechat"),
    "city": ("城市", "所在城市", "city"),
    "product": ("产品", "意向产品", "product"),
}
_LABELLED = {word: name for name, words in LABELS.items() for word in words}
_LINE = re.compile(r"^[\s*·•\-]*([^\W\d_][\w\- ]{0,14}?)\s*[:：]\s*(\S.*)$")
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8}(?:-\d{1,5})?)(?!\d)")
_QUOTED = re.compile(
    r"^\s*(-{2,}\s*(原始邮件|Original Message|Forwarded)|_{10,}|在.{4,80}写道[:：]|On .{4,120} wrote:)", re.I
)
_SILENT = re.compile(r"<!--.*?-->|<(script|style|head|title)\b.*?(</\1\s*>|$)", re.I | re.S)
_BLOCK = re.compile(r"<\s*/?\s*(p|div|br|tr|li|h[1-6]|table|blockquote)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]*>")
_OURS = re.compile(r"<reply-([0-9a-f]{32})@", re.I)


@dataclass(frozen=True, slots=True)
class Letter:
    """`given` are texts by the names of a lead's fields; `is_machine`: no person wrote it (a bounce, an absence note);
    `answers` the automatic reply of ours that it answers or reports about."""

    message_id: str
    sender: str
    subject: str
    text: str
    given: dict[str, str] = field(default_factory=dict)
    is_machine: bool = False
    answers: UUID | None = None


def read_letter(raw: bytes) -> Letter:
    """Never raises: of what cannot be read as a letter its bytes are the text."""
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32), raw)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        text = decoded(raw, "")[:LONGEST_TEXT]
        return Letter("", "", "", text, {"wants": text})


def _read(message: Message, raw: bytes) -> Letter:
    name, sender = parseaddr(header(message, "From"))
    _other, reply_to = parseaddr(header(message, "Reply-To"))
    subject = header(message, "Subject")[:LONGEST_VALUE]
    text = unquoted(body_of(message))
    given = fields_in(text)
    given.setdefault("email", reply_to or sender)
    if "person_name" not in given and name and name != sender:
        given["person_name"] = name[:LONGEST_VALUE]
    given["wants"] = "\n".join(part for part in (subject, text) if part)[:LONGEST_TEXT]
    is_machine = _is_machine(message, sender)
    ids = " ".join(header(message, name) for name in ("In-Reply-To", "References"))
    found = _OURS.search(ids) or (_OURS.search(decoded(raw, "")) if is_machine else None)
    return Letter(
        header(message, "Message-ID").strip()[:300], sender[:254].lower(), subject, text,
        {name: value for name, value in given.items() if value}, is_machine, UUID(found[1]) if found else None,
    )  # fmt: skip


def _is_machine(message: Message, sender: str) -> bool:
    """By what RFC 3834 and RFC 3464 ask programs to say of themselves, and what older ones do."""
    automatic = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        automatic not in ("", "no")
        or message.get_content_type() == "multipart/report"
        or header(message, "Return-Path").strip() == "<>"
        or sender.partition("@")[0].lower() in MACHINES
        or header(message, "Precedence").strip().lower() == "auto_reply"
        or any(name in message for name in ("X-Autoreply", "X-Autorespond"))
    )


def header(message: Message, name: str) -> str:
    """A header in words, whatever it was encoded in, on one line."""
    # As it stands: the message itself would turn what is not encoded into question marks.
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    parts = []
    for chunk, charset in decode_header(_plain(value)):
        parts.append(chunk if isinstance(chunk, str) else decoded(chunk, charset or ""))
    return " ".join("".join(parts).replace("\0", "").split())


def _plain(value: str) -> str:
    """Bytes above 127 that stand in a header without being encoded: what they were meant to be."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return decoded(value.encode("utf-8", "surrogateescape"), "")
    return value


def decoded(raw: bytes, charset: str) -> str:
    """Text of bytes: as they say of themselves, else UTF-8, else Chinese; what fits nothing is shown as �."""
    named = ALIASES.get(charset.lower(), charset)
    for each in filter(None, (named, "utf-8", "gb18030")):
        try:
            return raw.decode(each).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace").replace("\0", "")


def body_of(message: Message) -> str:
    """The plain text, else the page's words, else nothing."""
    plain = next(_parts(message, "text/plain"), "").strip()
    if plain:
        return plain
    return words_of(next(_parts(message, "text/html"), ""))


def _parts(message: Message, kind: str) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield decoded(content, part.get_content_charset() or "")


def unquoted(text: str) -> str:
    """Without the letter that it answers."""
    kept = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if _QUOTED.match(line):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def fields_in(text: str) -> dict[str, str]:
    """What stands behind a known word and a colon; a phone number wherever it stands."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if labelled := _LINE.match(line):
            name = _LABELLED.get(" ".join(labelled[1].lower().split()))
            if name and name not in found:
                found[name] = labelled[2].strip()[:LONGEST_VALUE]
    if "phone" not in found and (phone := _PHONE.search(text)):
        found["phone"] = phone[0]
    return found


def words_of(page: str) -> str:
    """The words of a page, a line for each block; what a browser does not show is left out."""
    page = _SILENT.sub(" ", page)
    page = _BLOCK.sub("\n", " ".join(page.split()))
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in page.split("\n"))
    return "\n".join(line for line in lines if line)
