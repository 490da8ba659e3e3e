"""How well a note is written, as a score with its reasons, and which notes were copied from customer to customer.

Judged are notes of effective contacts: what was talked about has to be in them (C6, C13). The weights are ours.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from genjin.core.reasons import Reason

INTEREST, OBJECTION, SERVICES, WORDS, NEXT_STEP = 20, 20, 10, 20, 30
LONG_ENOUGH, HALF_ENOUGH = 15, 8  # signs of the remarks that count as a sentence, and as half of one
PROVES_COPYING = 12  # signs below which equal words prove nothing: 没人接 is short, and true each time
COPIED_AT = 3  # customers at whom the same words are no coincidence
MOST_WHEN_COPIED = 20
WELL_WRITTEN, POOR = 85, 50
DAYS = 7  # a note is compared with its author's other notes of the week that ends with it

# Words that fix a time: a note that has one says when it goes on.
_A_TIME = re.compile(
    r"[周星礼]期?[一二三四五六日天]|今[天晚]|明[天早晚年]|后天|下[周月午]|上午|中午|晚上|月[初中底]|年[初底]|开春|(?:\d+|[二两三四五六七八九十]+)\s*点|\d+\s*[号日]"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b|\bnext (?:week|month)\b|\d{1,2}[:：]\d\d",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Written:
    """What a note has. `asks_objection` is off for classes that have none left: contract and payment, won customers."""

    remarks: str
    interest: bool
    objection: bool
    services: bool
    next_step: bool
    asks_objection: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """0 to 100, with what is missing, the weightiest first; a note without fault says so."""

    score: int
    reasons: tuple[Reason, ...]


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


def copied(notes: Iterable[tuple[int, int, str]]) -> dict[tuple[int, str], int]:
    """(author, customer, fingerprint) → for each author and fingerprint at how many customers, where these are too
    many."""
    customers: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for author, customer, key in notes:
        if key:
            customers[author, key].add(customer)
    return {key: len(found) for key, found in customers.items() if len(found) >= COPIED_AT}


def verdict(note: Written, *, copies: int = 0) -> Verdict:
    """Judge one note. `copies`: at how many customers its author wrote the same words; 0 where that proves nothing."""
    missing: list[tuple[int, Reason]] = []
    signs = len("".join(note.remarks.split()))
    if copies >= COPIED_AT:
        missing.append((100, Reason("note_copied", {"customers": copies, "days": DAYS})))
    if not (note.next_step or names_a_time(note.remarks)):
        missing.append((NEXT_STEP, Reason("note_without_next_step")))
    if not note.interest:
        missing.append((INTEREST, Reason("note_without_interest")))
    if note.asks_objection and not note.objection:
        missing.append((OBJECTION, Reason("note_without_objection")))
    if signs < LONG_ENOUGH:
        lost = WORDS if signs < HALF_ENOUGH else WORDS // 2
        missing.append((lost, Reason("note_too_short", {"signs": signs, "wanted": LONG_ENOUGH})))
    if not note.services:
        missing.append((SERVICES, Reason("note_without_services")))
    missing.sort(key=lambda each: -each[0])
    score = 100 - sum(lost for lost, reason in missing if reason.code != "note_copied")
    if copies >= COPIED_AT:
        score = min(score, MOST_WHEN_COPIED)
    return Verdict(score, tuple(reason for _lost, reason in missing) or (Reason("note_well_written"),))
