"""What contacts that come from a file do to a customer. Plain values in, answer out: no Django, no clock."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

# Why a date stands when no contact was known: any contact that took place is better knowledge.
WITHOUT_A_CONTACT = frozenset({"due_after_imported", "due_first_contact_imported"})
# Why a date stands when something happened on a day (`since`): a later contact counts anew, an earlier one does not.
SINCE_A_DAY = frozenset({"due_after_effective", "due_after_class_move", "due_after_assigned", "due_first_contact"})


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as it moves figures: when (and on which day here), whether effective, what a list shows of it."""

    at: datetime
    on: date
    is_effective: bool
    gist: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands on a customer about its contacts."""

    attempts: int
    effective_contacts: int
    missed_in_row: int
    last_effective_on: date | None
    last_touch_at: datetime | None
    last_note: str


def figures_after(known: Figures, contacts: Sequence[Contact], *, last_here: datetime | None) -> Figures:
    """The figures with these contacts counted in, however many at a time and in whatever order they come.

    `last_here` is the last contact somebody noted here: a later effective one ends a row of misses.
    """
    newest = known
    for contact in contacts:
        if newest.last_touch_at is None or contact.at > newest.last_touch_at:
            newest = Figures(0, 0, 0, None, contact.at, contact.gist)
    effective = [contact for contact in contacts if contact.is_effective]
    days = [contact.on for contact in effective]
    if known.last_effective_on is not None:
        days.append(known.last_effective_on)
    ends_the_row = any(last_here is None or contact.at > last_here for contact in effective)
    return Figures(
        attempts=known.attempts + len(contacts),
        effective_contacts=known.effective_contacts + len(effective),
        missed_in_row=0 if ends_the_row else known.missed_in_row,
        last_effective_on=max(days, default=None),
        last_touch_at=newest.last_touch_at,
        last_note=newest.last_note,
    )


def counts_anew(due_why: Mapping[str, Any], last: date | None, *, known: date | None) -> bool:
    """Whether the cycle counts from the contact of the day `last`; `known` was the last effective contact before.

    A contact older than the one known moves nothing, and one older than the day from which a date counts neither. A
    date that a person has set stays the person's.
    """
    if last is None or (known is not None and last <= known):
        return False
    code = due_why.get("code", "")
    if code in WITHOUT_A_CONTACT:
        return True
    return code in SINCE_A_DAY and last.isoformat() > str(due_why.get("since", ""))


def key_of(*, customer: int, at: datetime, author: int | None, author_words: str, text: str) -> UUID:
    """The same for the same contact of the same customer, however often and in whichever file it comes."""
    who = str(author) if author is not None else author_words.casefold()
    told = "\n".join((str(customer), at.astimezone(UTC).isoformat(timespec="seconds"), who, " ".join(text.split())))
    return UUID(bytes=hashlib.blake2b(told.encode(), digest_size=16).digest())
