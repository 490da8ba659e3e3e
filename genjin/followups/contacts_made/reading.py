"""One row of a list of contacts, read into a contact that took place, or refused with the cell that is wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from genjin.core.transfer.kinds import CellWrong, Row
from genjin.customers.importing.cells import long_text, short_text
from genjin.customers.importing.days import DayColumn, Order
from genjin.followups.contacts_made import cells
from genjin.followups.contacts_made.authors import Authors
from genjin.followups.contacts_made.fields import (
    AT,
    AUTHOR,
    CHANNEL,
    CLOCK,
    DURATION,
    EFFECTIVE,
    LOG,
    OUTCOME,
    PERSON,
    TEXT,
)
from genjin.followups.contacts_made.logs import lines_of
from genjin.followups.contacts_made.moments import MomentColumn
from genjin.followups.contacts_made.rules import Contact

TEXT_LIMIT = 10_000
SHORT_LIMIT = 200
NO, NOTED = "no", "noted"  # how contacts count of which nothing says whether they were effective


@dataclass(slots=True)
class PastContact:
    """A contact that took place, on its way to be kept. `said`: the file itself says whether it was effective."""

    row: Row
    at: datetime
    has_time: bool
    author: int | None
    author_words: str
    channel: str
    is_effective: bool
    said: bool
    miss_reason: str
    text: str
    duration: int | None
    person_name: str = ""
    customer: int = 0
    name: str = ""
    person: int | None = None
    whose: tuple[int | None, int] = (None, 0)
    key: UUID = field(default_factory=lambda: UUID(int=0))

    def as_counted(self) -> Contact:
        gist = " ".join(self.text.split())[:200]
        return Contact(self.at, timezone.localdate(self.at), self.is_effective, gist)


@dataclass(slots=True)
class PastRow:
    """What one row of the file tells: a contact, or all those of a log."""

    row: Row
    contacts: list[PastContact]


class ContactReader:
    """Reads the rows of one file. `blank` is how a contact counts that the file calls neither effective nor not."""

    def __init__(
        self,
        authors: Authors,
        columns: Mapping[str, Any],
        header: list[str],
        day_orders: Mapping[str, Any],
        *,
        blank: str,
        at: datetime,
    ) -> None:
        self.authors, self.blank = authors, blank
        self.has: Collection[str] = frozenset(columns)
        order: Order = day_orders.get(header[columns[AT][0]], "") if AT in columns else ""
        self.days = {AT: DayColumn(AT, order)}
        self.moments = MomentColumn(self.days[AT], timezone.get_current_timezone(), at)
        self.log_moments = MomentColumn(DayColumn(LOG), timezone.get_current_timezone(), at)

    def read(self, row: Row) -> list[PastContact]:
        """The contacts a row tells of, not yet whose. Raises CellWrong for the first cell that is wrong.

        In a file with a column of whole logs nothing else tells of a contact: its other days are those of a customer.
        """
        return self._log(row) if LOG in self.has else [self._one(row)]

    def _log(self, row: Row) -> list[PastContact]:
        """The contacts of a cell that holds many, whose author only the lines themselves name."""
        found = []
        for line in lines_of(row.text(LOG), is_known=self.authors.is_known):
            try:
                at, has_time = self.log_moments.read(line.at, "", row.number)
            except CellWrong as wrong:
                raise CellWrong(LOG, wrong.reason) from None
            author, words = self.authors.whose(line.who)
            text = long_text(LOG, line.text, TEXT_LIMIT)
            is_effective = self.blank == NOTED and bool(text)
            found.append(PastContact(row, at, has_time, author, words, "other", is_effective, False, "", text, None))
        return found

    def _one(self, row: Row) -> PastContact:
        at, has_time = self.moments.read(self._text(row, AT), self._text(row, CLOCK), row.number)
        author, words = self.authors.whose(self._text(row, AUTHOR))
        outcome = short_text(OUTCOME, self._text(row, OUTCOME), SHORT_LIMIT)
        person = short_text(PERSON, self._text(row, PERSON), 60)
        text = long_text(TEXT, self._text(row, TEXT).strip(), TEXT_LIMIT)
        missed = cells.miss_reason(outcome)
        told = cells.yes_or_no(self._text(row, EFFECTIVE))
        effective = told if told is not None else False if missed else None
        duration = cells.seconds(self._text(row, DURATION))
        is_effective = effective if effective is not None else self.blank == NOTED and bool(text)
        if outcome and (not missed or is_effective):
            text = f"{text}\n{outcome}".strip()
        return PastContact(
            row=row,
            at=at,
            has_time=has_time,
            author=author,
            author_words=words,
            channel=cells.channel(self._text(row, CHANNEL)) or ("other" if duration is None else "phone"),
            is_effective=is_effective,
            said=effective is not None,
            miss_reason="" if is_effective else missed,
            text=text,
            duration=duration,
            person_name=person,
        )

    def wrongs(self, row: Row) -> list[CellWrong]:
        """Everything that is wrong with a row that `read` has refused."""
        found: list[CellWrong] = []
        if LOG in self.has:
            return found
        for part, values in (
            (self.moments.read, (self._text(row, AT), self._text(row, CLOCK), row.number)),
            (short_text, (OUTCOME, self._text(row, OUTCOME), SHORT_LIMIT)),
            (short_text, (PERSON, self._text(row, PERSON), 60)),
            (long_text, (TEXT, self._text(row, TEXT).strip(), TEXT_LIMIT)),
            (cells.yes_or_no, (self._text(row, EFFECTIVE),)),
            (cells.seconds, (self._text(row, DURATION),)),
        ):
            try:
                part(*values)
            except CellWrong as wrong:
                found.append(wrong)
        return found

    def _text(self, row: Row, name: str) -> str:
        return row.text(name) if name in self.has else ""
