"""How well a note is written, as a score with its reasons, and which notes were copied from customer to customer.

Judged are notes of effective contacts: what was talked about has to be in them (C6, C13). The weights are ours.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from genjin.core.reasons import Reason
from genjin.followups.note_reading.facts import LONG_ENOUGH, Facts

INTEREST, OBJECTION, SERVICES, WORDS, NEXT_STEP = 20, 20, 10, 20, 30
HALF_ENOUGH = 8  # signs of the remarks that count as half a sentence
COPIED_AT = 3  # customers at whom the same words are no coincidence
MOST_WHEN_COPIED = 20
WELL_WRITTEN, POOR = 85, 50
DAYS = 7  # a note is compared with its author's other notes of the week that ends with it

Words = TypeVar("Words", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Verdict:
    """0 to 100, with what is missing, the weightiest first; a note without fault says so."""

    score: int
    reasons: tuple[Reason, ...]


def copied(notes: Iterable[tuple[int, int, Words]]) -> dict[tuple[int, Words], int]:
    """(author, customer, fingerprint or its number) → for each author and fingerprint at how many customers, where
    these are too many."""
    customers: defaultdict[tuple[int, Words], set[int]] = defaultdict(set)
    for author, customer, key in notes:
        if key:
            customers[author, key].add(customer)
    return {key: len(found) for key, found in customers.items() if len(found) >= COPIED_AT}


def verdict(note: Facts, *, copies: int = 0) -> Verdict:
    """Judge one note. `copies`: at how many customers its author wrote the same words; 0 where that proves nothing."""
    missing: list[tuple[int, Reason]] = []
    if copies >= COPIED_AT:
        missing.append((100, Reason("note_copied", {"customers": copies, "days": DAYS})))
    if not note.next_step:
        missing.append((NEXT_STEP, Reason("note_without_next_step")))
    if not note.interest:
        missing.append((INTEREST, Reason("note_without_interest")))
    if note.asks_objection and not note.objection:
        missing.append((OBJECTION, Reason("note_without_objection")))
    if note.signs < LONG_ENOUGH:
        lost = WORDS if note.signs < HALF_ENOUGH else WORDS // 2
        missing.append((lost, Reason("note_too_short", {"signs": note.signs, "wanted": LONG_ENOUGH})))
    if not note.services:
        missing.append((SERVICES, Reason("note_without_services")))
    missing.sort(key=lambda each: -each[0])
    score = 100 - sum(lost for lost, reason in missing if reason.code != "note_copied")
    if copies >= COPIED_AT:
        score = min(score, MOST_WHEN_COPIED)
    return Verdict(score, tuple(reason for _lost, reason in missing) or (Reason("note_well_written"),))
