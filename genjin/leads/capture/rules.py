"""What a form may ask, what its address and its allow-list look like, and what makes something sent look like spam.

Plain values in, answer out.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from genjin.core.reasons import Reason

# What a form may ask of a lead, in the order in which it is offered, and how long an answer may be (ours).
OFFERED = {
    "person_name": 60, "company": 200, "phone": 40, "email": 254, "wechat": 40, "title": 60, "province": 30,
    "city": 30, "product": 60, "wants": 2000,
}  # fmt: skip
REACHING = ("phone", "email", "wechat")  # by one of these somebody can be answered
CUSTOM = "custom."
LONGEST_CUSTOM = 2000
MOST_FIELDS = 30
MOST_CHOICES = 50
LONGEST_LABEL = 60
MOST_ORIGINS = 20

LARGEST = 64 * 1024  # bytes of one thing sent: ten times what the fields can hold is looked at, no more (ours)
TOO_QUICK = 2  # seconds: nobody reads and fills in a form in less (ours)
WITHOUT_PUZZLE = 20  # seconds to wait where the browser cannot do the puzzle (ours)
STALE = 24 * 3600  # seconds for which a page that was opened may be sent (ours)
PUZZLE_BITS = 16  # zero bits a browser looks for: some 65,000 hashes, a fifth of a second (ours)
MOST_LINKS = 3  # links in what somebody wants: more is advertising (ours)
TRACKED = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
LONGEST_TRACKED = 100
LONGEST_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form as it is asked. Without a `label` it is called as everywhere; `choices` make it a list."""

    name: str
    label: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "label": self.label,
            "is_required": self.is_required,
            "choices": list(self.choices),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Asked":
        return cls(value["name"], value["label"], value["is_required"], tuple(value["choices"]))


def refusal_of_fields(fields: Sequence[Asked], *, custom: Collection[str]) -> Reason | None:
    """Why a form cannot ask this: `custom` are the codes of the custom fields that leads have."""
    names = [field.name for field in fields]
    known = {*OFFERED, *(CUSTOM + code for code in custom)}
    if not set(names) & set(REACHING):
        return Reason("form_reaches_nobody")
    if len(set(names)) < len(names) or len(names) > MOST_FIELDS:
        return Reason("form_asks_twice")
    for field in fields:
        if field.name not in known:
            return Reason("form_asks_unknown", {"name": field.name})
        if len(field.label) > LONGEST_LABEL:
            return Reason("form_label_too_long", {"most": LONGEST_LABEL})
        too_long = any(len(choice) > OFFERED.get(field.name, LONGEST_CUSTOM) for choice in field.choices)
        if too_long or len(field.choices) > MOST_CHOICES:
            return Reason("form_choices_too_many", {"most": MOST_CHOICES})
    return None


def origin_of(address: str) -> str | None:
    """The website that an address is of, as browsers name it ("https://example.com:8443"); None for what is none."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    plain = all(sign.isascii() and (sign.isalnum() or sign in ".-") for sign in host)
    if not plain:
        return None
    is_usual = port is None or port == (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{host}" + ("" if is_usual else f":{port}")


@dataclass(frozen=True, slots=True)
class Sender:
    """From where something was sent: the page's origin as the browser says it ("" where it says nothing), whether our
    own page was shown before (its stamp came along), and how many seconds ago."""

    origin: str
    is_stamped: bool
    seconds: float | None = None


def may_send(sender: Sender, *, own: str, allowed: Collection[str]) -> bool:
    """From our own page, or from a website on the list. A browser that names no origin has to show our stamp."""
    if sender.origin in ("", "null"):
        return sender.is_stamped
    host = urlsplit(sender.origin).netloc
    return host == own or sender.origin in allowed


def reasons_for_spam(*, trap: str, seconds: float | None, wants: str) -> list[str]:
    """Codes of what is suspicious: what nobody sees was filled in, it was sent too quickly, it is full of links."""
    found = []
    if trap:
        found.append("spam_trap")
    if seconds is not None and seconds < TOO_QUICK:
        found.append("spam_quick")
    if wants.casefold().count("http://") + wants.casefold().count("https://") > MOST_LINKS:
        found.append("spam_links")
    return found


def is_solved(stamp: str, answer: str, *, bits: int = PUZZLE_BITS) -> bool:
    """Whether the browser found a number that gives a hash beginning with so many zero bits."""
    if not answer.isdecimal() or len(answer) > 12:
        return False
    digest = hashlib.sha256(f"{stamp}:{answer}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0


def tracked(asked: Mapping[str, str]) -> dict[str, str]:
    """The marks of a campaign that came along, cut to what is kept."""
    found = {name: " ".join(asked.get(name, "").split())[:LONGEST_TRACKED] for name in TRACKED}
    return {name: value for name, value in found.items() if value}
