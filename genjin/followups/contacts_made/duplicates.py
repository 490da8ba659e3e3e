"""Contacts that are known already: the same customer, time, author and text, further up in the file or stored."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Problem
from genjin.followups.contacts_made.reading import PastContact, PastRow
from genjin.followups.models import Touch

HALF = (1 << 64) - 1


class KnownContacts:
    """Remembers what the file has brought so far: of each key 64 bits, which no two of a million share but by a fluke
    less likely than that the disk errs."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}

    def divide(self, rows: Sequence[PastRow], column: str) -> tuple[list[PastRow], list[Problem]]:
        """The rows with the contacts that are new; for a row without any what its first is the same as."""
        items = [item for row in rows for item in row.contacts]
        stored, here = stored_keys(items), _noted_here(items)
        new: list[PastRow] = []
        known: list[Problem] = []
        for row in rows:
            reasons = [self._known_as(item, stored, here) for item in row.contacts]
            left = [item for item, reason in zip(row.contacts, reasons, strict=True) if reason is None]
            if left:
                new.append(PastRow(row.row, left))
            else:
                reason = reasons[0] if reasons else Reason("no_contact_told")
                known.append(Problem(row.row, column, reason or Reason("same_contact"), is_skip=True))
        return new, known

    def _known_as(self, item: PastContact, stored: set[Any], here: set[Any]) -> Reason | None:
        half = item.key.int & HALF
        if half in self._rows:
            return Reason("same_contact_in_row", {"row": self._rows[half]})
        self._rows[half] = item.row.number
        if item.key in stored or (item.customer, _minute(item.at), item.author, item.text) in here:
            return Reason("same_contact")
        return None


def stored_keys(items: Sequence[PastContact]) -> set[Any]:
    """The keys of those that are stored."""
    return set(Touch.objects.filter(key__in=[item.key for item in items]).values_list("key", flat=True))


def _noted_here(items: Sequence[PastContact]) -> set[tuple[int, datetime, int | None, str]]:
    """Notes that somebody saved here in the minutes of these, as far as a file could tell them."""
    timed = [item for item in items if item.has_time and item.author is not None]
    if not timed:
        return set()
    earliest, latest = min(item.at for item in timed), max(item.at for item in timed)
    rows = Touch.objects.made_here().filter(
        customer__in={item.customer for item in timed}, at__gte=_minute(earliest), at__lte=latest.replace(second=59)
    )
    found = rows.order_by().values_list("customer_id", "at", "author_id", "remarks")
    return {(customer, _minute(at), author, text) for customer, at, author, text in found}


def _minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)
