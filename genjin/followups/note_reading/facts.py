"""What a note has, as one number that is kept with it: it is read through once, when it is written, and not each time
that somebody asks what the notes of a week are worth (C6, C13). What follows from it is judged elsewhere."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

LONG_ENOUGH = 15  # signs of the remarks that count as a sentence: more are not counted (ours)
PROVES_COPYING = 12  # signs below which equal words prove nothing: 没人接 is short, and true each time (ours)

# Words that fix a time: a note that has one says when it goes on.
_A_TIME = re.compile(
    r"[周星礼]期?[一二三四五六日天]|今[天晚]|明[天早晚年]|后天|下[周月午]|上午|中午|晚上|月[初中底]|年[初底]|开春|(?:\d+|[二两三四五六七八九十]+)\s*点|\d+\s*[号日]"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b|\bnext (?:week|month)\b|\d{1,2}[:：]\d\d",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_SIGNS = 0b1111
_BITS = {"interest": 16, "objection": 32, "services": 64, "next_step": 128, "asks_objection": 256}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a note has; `signs` are those of its remarks, at most `LONG_ENOUGH`.

    `next_step`: it says when it goes on, brings something, or something was agreed in it. `asks_objection` is off for
    classes that have no doubt left: contract and payment, won customers.
    """

    interest: bool
    objection: bool
    services: bool
    next_step: bool
    signs: int
    asks_objection: bool = True

    @property
    def number(self) -> int:
        """As it is kept."""
        return self.signs + sum(bit for name, bit in _BITS.items() if getattr(self, name))

    @classmethod
    def of(cls, number: int) -> "Facts":
        """What a kept number says."""
        return cls(signs=number & _SIGNS, **{name: bool(number & bit) for name, bit in _BITS.items()})


def facts(
    remarks: str, *, interest: bool, objection: bool, services: bool, next_step: bool, asks_objection: bool = True
) -> Facts:
    """What a note with these remarks has; they may name the next step where nothing else does."""
    return Facts(
        interest=interest,
        objection=objection,
        services=services,
        next_step=next_step or names_a_time(remarks),
        signs=min(len("".join(remarks.split())), LONG_ENOUGH),
        asks_objection=asks_objection,
    )


def names_a_time(text: str) -> bool:
    return bool(_A_TIME.search(text))


def fingerprint(text: str) -> str:
    """The words without blanks, punctuation, figures and case; "" where they are too few to prove copying."""
    if len(text) < PROVES_COPYING:
        return ""
    plain = _NO_LETTER.sub("", text.casefold())
    if not unicodedata.is_normalized("NFKC", plain):  # full-width letters; asked first, for it is what takes long
        plain = _NO_LETTER.sub("", unicodedata.normalize("NFKC", plain).casefold())
    return plain if len(plain) >= PROVES_COPYING else ""


def print_of(text: str) -> int:
    """The fingerprint as a number that a column holds: equal for equal words; 0 where they prove nothing."""
    key = fingerprint(text)
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1 or 1 if key else 0
