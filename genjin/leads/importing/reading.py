"""One row of a list of leads, read into what arrives, or refused with the cells that are wrong."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from genjin.core.fields.definitions import Definition
from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong, Row
from genjin.customers.importing import cells
from genjin.customers.importing.custom import values_in
from genjin.customers.importing.days import DayColumn
from genjin.customers.importing.directory import Colleague, Directory
from genjin.customers.rules import normalised_phone
from genjin.leads.custom import named
from genjin.leads.importing.fields import ARRIVED_ON, CAMPAIGN, COMPANY, EMAIL, OWNER, PHONE, SOURCE, WANTS, WHO
from genjin.leads.rules import GIVEN
from genjin.leads.services.making import LONGEST

LIMITS: dict[str, int] = {name: LONGEST[name] or 0 for name in GIVEN if name not in (WANTS, PHONE, "language")}
LONGEST_WANTS = 5000
LONGEST_SOURCE = 40
LONGEST_CAMPAIGN = 100


@dataclass(slots=True)
class NewArrival:
    """A row on its way to become an arrival. `phone` and `email` as leads are told by; `is_there`: an open lead has
    one of them already, in the company or (`in_file`) further up in the file."""

    row: int
    given: dict[str, Any]
    phone: str
    email: str
    source: str
    campaign: str
    owner: Colleague | None
    arrived_on: date | None
    is_there: bool = False
    in_file: bool = False

    @property
    def called(self) -> str:
        return next((self.given[name] for name in WHO if self.given.get(name)), "")


class LeadReader:
    """Reads the rows of one file."""

    def __init__(
        self, directory: Directory, columns: Collection[str], custom: Mapping[str, Definition],
        days: Mapping[str, DayColumn], today: date,
    ) -> None:  # fmt: skip
        self.directory, self.custom, self.days, self.today = directory, custom, days, today
        self.has = frozenset(columns)

    def read(self, row: Row) -> NewArrival:
        """Raises CellWrong for the first cell that is wrong."""
        given = {name: self._short(row, name) for name in LIMITS} | {WANTS: self._wants(row), PHONE: self._phone(row)}
        given[EMAIL] = self._email(row)
        own = named(values_in(row, self.custom, self.days))
        given = {name: text for name, text in given.items() if text} | own
        if not any(given.get(name) for name in WHO):
            raise CellWrong(COMPANY, Reason("lead_says_nobody"))
        number = normalised_phone(given[PHONE]) if PHONE in given else ""
        return NewArrival(
            row=row.number,
            given=given,
            phone=number if isinstance(number, str) else "",
            email=given.get(EMAIL, "").lower(),
            source=self._short(row, SOURCE, LONGEST_SOURCE),
            campaign=self._short(row, CAMPAIGN, LONGEST_CAMPAIGN),
            owner=self._owner(row),
            arrived_on=self._arrived_on(row),
        )

    def wrongs(self, row: Row) -> list[CellWrong]:
        """Everything that is wrong with a row that `read` has refused: whoever mends it mends it once."""
        found: list[CellWrong] = []
        parts: list[Callable[[], Any]] = [
            *(lambda name=name: self._short(row, name) for name in LIMITS),
            lambda: self._wants(row),
            lambda: self._phone(row),
            lambda: self._email(row),
            lambda: self._short(row, SOURCE, LONGEST_SOURCE),
            lambda: self._short(row, CAMPAIGN, LONGEST_CAMPAIGN),
            lambda: self._owner(row),
            lambda: self._arrived_on(row),
            *(
                lambda name=name, each=each: values_in(row, {name: each}, self.days)
                for name, each in self.custom.items()
            ),
        ]
        for part in parts:
            try:
                part()
            except CellWrong as wrong:
                if wrong.field_name not in {one.field_name for one in found}:
                    found.append(wrong)
        return found

    def _text(self, row: Row, name: str) -> str:
        return row.text(name).strip() if name in self.has else ""

    def _short(self, row: Row, name: str, limit: int | None = None) -> str:
        return cells.short_text(name, self._text(row, name), limit or LIMITS[name])

    def _wants(self, row: Row) -> str:
        return cells.long_text(WANTS, self._text(row, WANTS), LONGEST_WANTS)

    def _phone(self, row: Row) -> str:
        text = self._text(row, PHONE)
        found = normalised_phone(text) if text else ""
        if isinstance(found, Reason):
            raise CellWrong(PHONE, found)
        return text

    def _email(self, row: Row) -> str:
        text = self._short(row, EMAIL)
        if text:
            try:
                validate_email(text)
            except ValidationError:
                raise CellWrong(EMAIL, Reason("lead_email_unreadable", {"text": text[:60]})) from None
        return text

    def _owner(self, row: Row) -> Colleague | None:
        text = self._text(row, OWNER)
        return self.directory.owner(text) if text else None

    def _arrived_on(self, row: Row) -> date | None:
        text = self._text(row, ARRIVED_ON)
        return cells.has_been(ARRIVED_ON, self.days[ARRIVED_ON].read(text, row.number), self.today) if text else None
