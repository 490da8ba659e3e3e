"""Contact people in a row of a customer list: the first, and a second and third in columns of their own."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong, Row
from genjin.core.transfer.mapping import Field, Vocabulary
from genjin.customers.importing import cells

MOST = 3
PARTS = ("name", "title", "phones", "wechat", "email", "key")
LIMITS = {"name": 60, "title": 60, "wechat": 40, "email": 254}
LABELS = {
    "name": _("Contact person"),
    "title": _("Title"),
    "phones": _("Contact's phone"),
    "wechat": _("WeChat"),
    "email": _("E-mail"),
    "key": _("Key person"),
}
EXAMPLES = {
    "name": "周先生", "title": "采购经理", "phones": "13800000000", "wechat": "zhou_cz", "email": "zhou@example.com",
    "key": "是",
}  # fmt: skip
_YES = frozenset({"是", "对", "y", "yes", "true", "1", "√", "✓", "关键人", "kp", "决策人", "主要", "首要"})
_NO = frozenset({"", "否", "不是", "n", "no", "false", "0", "×", "-"})
_ORDINALS = {2: ("二", "second"), 3: ("三", "third")}


@dataclass(slots=True)
class NewContact:
    """Somebody at a customer to be."""

    name: str
    title: str = ""
    wechat: str = ""
    email: str = ""
    is_key: bool = False
    phones: list[str] = field(default_factory=list)
    remarks: str = ""


def is_email(text: str) -> bool:
    name, _at, host = text.strip().rpartition("@")
    return bool(name) and "." in host and " " not in text.strip() and "@" not in name


def field_name(number: int, part: str) -> str:
    """contact_name, contact2_name …"""
    return f"contact{number if number > 1 else ''}_{part}"


# What a row asks for again and again.
FIELD_NAMES = {number: {part: field_name(number, part) for part in PARTS} for number in range(1, MOST + 1)}


def numbered_words(words: tuple[str, ...], number: int) -> tuple[str, ...]:
    """What the columns of a second or third contact person are headed by: 联系人2电话, 联系人电话2, 第二联系人电话."""
    found: list[str] = []
    chinese, english = _ORDINALS[number]
    for word in words:
        if "联系人" in word:
            found += [word.replace("联系人", f"联系人{number}"), word.replace("联系人", f"第{chinese}联系人")]
            found += [word.replace("联系人", f"联系人{chinese}"), f"{word}{number}"]
            if number == MOST - 1:
                found += [word.replace("联系人", "备用联系人"), word.replace("联系人", "其他联系人")]
        elif word.startswith("contact"):
            found += [word.replace("contact", f"contact {number}", 1), word.replace("contact", f"{english} contact", 1)]
            found.append(f"{word} {number}")
        elif word in ("微信", "微信号", "邮箱", "电子邮箱", "职务", "职位", "email", "e-mail", "wechat", "job title"):
            found.append(f"{word}{number}")
    return tuple(found) or tuple(f"{word}{number}" for word in words)


def fields(words: Vocabulary, number: int) -> list[Field]:
    """The fields of one contact person; `words` has the names and synonyms of the first one's."""
    found = []
    for part in PARTS:
        names, synonyms = words.names(f"contact_{part}"), words.synonyms(f"contact_{part}")
        label: Any = LABELS[part]
        if number > 1:
            names, synonyms = numbered_words(names, number), numbered_words(synonyms, number)
            label = format_lazy("{} {}", label, number)
        fits = is_email if part == "email" else None
        many = part in ("phones", "email")
        example = EXAMPLES[part] if number == 1 else ""
        found.append(Field(field_name(number, part), label, names, synonyms, fits=fits, many=many, example=example))
    return found


def contact_in(row: Row, number: int, phones: list[str], name: str) -> NewContact | None:
    """The person a row names; None when it says nothing of one. `name` comes from elsewhere in the row, or is empty.

    Who has a WeChat or an e-mail and no name is not lost: the caller gives the customer's.
    """
    has, fields = row.columns, FIELD_NAMES[number]
    name = _line(row, fields["name"], LIMITS["name"]) or name
    title = _line(row, fields["title"], LIMITS["title"])
    wechat = _line(row, fields["wechat"], LIMITS["wechat"])
    emails = _emails(row, fields["email"]) if fields["email"] in has else []
    is_key = fields["key"] in has and _is_key(row, fields["key"])
    if not (name or wechat or emails):
        return None
    more = " ".join(emails[1:])[:300]
    return NewContact(name, title, wechat, emails[0] if emails else "", is_key, phones, more)


def _line(row: Row, field: str, limit: int) -> str:
    return cells.short_text(field, row.text(field), limit) if field in row.columns else ""


def _emails(row: Row, field: str) -> list[str]:
    emails = row.text(field).replace(";", "\n").replace("；", "\n").split()
    for one in emails:
        if not is_email(one) or len(one) > LIMITS["email"]:
            raise CellWrong(field, Reason("email_wrong", {"text": one[:40]}))
    return emails


def _is_key(row: Row, field: str) -> bool:
    key = row.text(field).strip().casefold()
    if key not in _YES and key not in _NO:
        raise CellWrong(field, Reason("key_person_unknown", {"text": key[:20]}))
    return key in _YES
