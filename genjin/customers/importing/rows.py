"""One row of a customer list, read into a customer to be, or refused with the cell that is wrong."""

import copy
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Addition, CellWrong, Row
from genjin.customers.importing import cells
from genjin.customers.importing.custom import mapped, values_in
from genjin.customers.importing.days import DayColumn
from genjin.customers.importing.directory import Colleague, Directory
from genjin.customers.importing.fields import (
    AREA_CODE,
    CLASS,
    EXTERNAL_ID,
    GIVEN_NAME,
    LAST_EFFECTIVE_ON,
    NAME,
    OWNER,
    PHONES,
    PLANNED_ON,
    REMARK_ON,
    REMARKS_TITLED,
    SURNAME,
)
from genjin.customers.importing.people import FIELD_NAMES, MOST, PARTS, NewContact, contact_in, field_name
from genjin.customers.importing.standing import Standing, Standings
from genjin.customers.models import Pool
from genjin.customers.places import split_region
from genjin.customers.rules import full_name, name_key, phones_in, with_area_code, zero_was_lost
from genjin.playbooks.variant import CustomerClass, Variant

REMARKS_LIMIT = 5000
MAX_PHONES = 20


@dataclass(slots=True)
class NewCustomer:
    """A customer to be written, with what hangs on it."""

    row: Row
    kind: str
    name: str
    name_key: str
    texts: dict[str, str]
    external_id: str
    phones: list[str]
    contacts: list[NewContact]
    source: str
    tags: tuple[str, ...]
    dated_remark: tuple[date, str] | None
    owner: Colleague | None
    pool: Pool | None
    unit: int
    playbook: str
    cls: CustomerClass
    last_effective_on: date | None
    next_contact: date | None
    standing: Standing | None
    additions: list[tuple[Addition, Any]] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)

    @property
    def all_phones(self) -> list[str]:
        """The customer's own and those of the people there."""
        theirs = [number for one in self.contacts for number in one.phones]
        return list(dict.fromkeys([*self.phones, *theirs])) if theirs else self.phones

    @property
    def lost_plan(self) -> bool:
        """The file has a next contact that nobody will make: the customer lies in a pool or is closed."""
        return self.next_contact is not None and self.standing is None

    @property
    def is_closed(self) -> bool:
        return self.cls.closes_as is not None

    @property
    def is_new(self) -> bool:
        """Waits for a first contact that has a last day."""
        return self.owner is not None and self.last_effective_on is None and self.cls.first_contact_within is not None


@dataclass(frozen=True, slots=True)
class Choices:
    """How the person wants the rows taken. `owner` or `pool` is for rows that name none; with `all_to_pool` for all.
    With `deals_out` the sellers of the pool's team get what would lie in it.
    """

    kind: str
    name_from_row: bool
    file_stem: str
    owner: Colleague | None
    pool: Pool | None
    all_to_pool: bool = False
    deals_out: bool = False


class RowReader:
    """Reads rows of one file by one set of choices."""

    TEXTS: Mapping[str, int] = {
        "short_name": 60, "industry": 60, "province": 30, "city": 30, "district": 30, "address": 200,
    }  # fmt: skip

    def __init__(
        self,
        directory: Directory,
        standings: Standings,
        choices: Choices,
        additions: list[Addition],
        columns: Any,
        header: list[str],
        day_orders: Mapping[str, Any],
    ) -> None:
        self.directory, self.standings, self.choices = directory, standings, choices
        self.additions = [one for one in additions if any(added.name in columns for added in one.fields)]
        self.texts = [(name, limit) for name, limit in self.TEXTS.items() if name in columns]
        # Most files have few of the fields; what a file has no column for is not asked for in every row.
        self.has = frozenset(columns)
        self.header = header
        self.custom = mapped(columns)
        custom_days = (name for name, each in self.custom.items() if each.kind == "date")
        self.days = {
            name: DayColumn(name, day_orders.get(header[columns[name][0]], ""))
            for name in (LAST_EFFECTIVE_ON, PLANNED_ON, REMARK_ON, *custom_days)
            if name in columns
        }
        self.people = [
            number for number in range(1, MOST + 1) if any(field_name(number, part) in columns for part in PARTS)
        ]
        self.named_in_parts = GIVEN_NAME in columns or SURNAME in columns
        self.landing: int | None = None  # by whose playbook rows without an owner are read, unless the pool's
        self.lost_zeros: Counter[int] = Counter()
        self._last_zero: dict[int, int] = {}
        self.id_lengths: Counter[int] = Counter()
        self._classes: dict[tuple[str, str], CustomerClass | None] = {}

    def apart(self) -> "RowReader":
        """One that reads the same and counts for itself, for whoever reads a row a second time."""
        other = copy.copy(self)
        other.lost_zeros, other.id_lengths, other.days = Counter(), Counter(), copy.deepcopy(self.days)
        other._last_zero = {}
        return other

    def read(self, row: Row, today: date) -> NewCustomer:
        """The customer a row describes. Raises CellWrong for the first cell that is wrong; `wrongs` has all."""
        name = self._name(row)
        owner, pool = self._whose(row)
        unit = owner.unit if owner else pool.unit_id  # type: ignore[union-attr]
        practice = self.directory.practice(unit if owner else self.landing or unit)
        has = self.has
        cls = self._class(row, practice.playbook)
        last = self.last_contact(row, today) if LAST_EFFECTIVE_ON in has else None
        planned = self.next_contact(row, today) if PLANNED_ON in has else None
        standing = None
        if owner and not cls.closes_as:
            standing = self.standings.of(practice, cls, last_effective_on=last, planned_on=planned)
        texts = self.short_texts(row)
        dated = self.remarks(row, texts, today)
        phones = self.phones(row) if PHONES in has else []
        return NewCustomer(
            row=row,
            kind=cells.kind("kind", row.text("kind"), self.choices.kind) if "kind" in has else self.choices.kind,
            name=name,
            name_key=name_key(name),
            texts=texts,
            external_id=self.external_id(row),
            phones=phones,
            contacts=self.contacts(row, name, phones) if self.people or self.named_in_parts else [],
            source=cells.short_text("source", row.text("source"), 40) if "source" in has else "",
            tags=cells.tags("tags", row.text("tags")) if "tags" in has else (),
            dated_remark=dated,
            owner=owner,
            pool=None if cls.closes_as else pool,
            unit=unit,
            playbook=practice.playbook.code,
            cls=cls,
            last_effective_on=last,
            next_contact=planned,
            standing=standing,
            additions=[(one, read) for one in self.additions if (read := one.read(row)) is not None],
            custom=self.custom_values(row) if self.custom else {},
        )

    def custom_values(self, row: Row) -> dict[str, Any]:
        """What the row says of custom fields, by code."""
        return values_in(row, self.custom, self.days)

    def wrongs(self, row: Row, today: date) -> list[CellWrong]:
        """Everything that is wrong with a row that `read` has refused: whoever mends it mends it once."""
        found: list[CellWrong] = []

        def attempt(part: Callable[..., Any], *values: Any) -> Any:
            try:
                return part(*values)
            except CellWrong as wrong:
                found.append(wrong)
                return None

        attempt(self._name, row)
        if whose := attempt(self._whose, row):
            owner, pool = whose
            unit = owner.unit if owner else self.landing or pool.unit_id
            attempt(self._class, row, self.directory.practice(unit).playbook)
        for name, part in ((LAST_EFFECTIVE_ON, self.last_contact), (PLANNED_ON, self.next_contact)):
            if name in self.has:
                attempt(part, row, today)
        texts: dict[str, str] = {}
        for name, limit in [*self.texts, ("source", 40)]:
            texts[name] = attempt(cells.short_text, name, row.text(name), limit) or ""
        attempt(self._region, row, texts)
        attempt(self.remarks, row, texts, today)
        for place in row.columns.get(PHONES, ()):
            attempt(self._numbers, row, PHONES, place)
        attempt(cells.kind, "kind", row.text("kind"), self.choices.kind)
        attempt(self.external_id, row)
        for number in self.people:
            for place in row.columns.get(field_name(number, "phones"), ()):
                attempt(self._numbers, row, field_name(number, "phones"), place)
            attempt(contact_in, row, number, [], "")
        attempt(cells.tags, "tags", row.text("tags"))
        for one in self.additions:
            attempt(one.read, row)
        for name, each in self.custom.items():
            attempt(values_in, row, {name: each}, self.days)
        return found

    def short_texts(self, row: Row) -> dict[str, str]:
        """The fields of one line of text that the file has; a region is divided where it has no columns of its own."""
        texts = {field: cells.short_text(field, row.text(field), limit) for field, limit in self.texts}
        if "region" in self.has:
            self._region(row, texts)
        return texts

    def _name(self, row: Row) -> str:
        if self.choices.name_from_row:
            return f"{self.choices.file_stem} {row.number}"
        name = self.name_said(row)
        if not name:
            raise CellWrong(NAME, Reason("name_missing"))
        return name

    def name_said(self, row: Row) -> str:
        """The name that stands in the row, "" for none."""
        name = cells.short_text(NAME, row.text(NAME), 200) if NAME in self.has else ""
        return name or (self._name_in_parts(row) if self.named_in_parts else "")

    def _name_in_parts(self, row: Row) -> str:
        """A person's name out of two columns."""
        return cells.short_text(NAME, full_name(row.text(SURNAME), row.text(GIVEN_NAME)), 200)

    def last_contact(self, row: Row, today: date) -> date | None:
        """The day of the last effective contact."""
        on = self.days[LAST_EFFECTIVE_ON].read(row.text(LAST_EFFECTIVE_ON), row.number)
        return cells.has_been(LAST_EFFECTIVE_ON, on, today)

    def next_contact(self, row: Row, today: date) -> date | None:
        """The day the customer is to be contacted next."""
        return cells.is_to_come(PLANNED_ON, self.days[PLANNED_ON].read(row.text(PLANNED_ON), row.number), today)

    def _region(self, row: Row, texts: dict[str, str]) -> None:
        for part, value in zip(("province", "city", "district"), split_region(row.text("region")), strict=True):
            texts[part] = texts.get(part) or cells.short_text("region", value, 30)

    def external_id(self, row: Row) -> str:
        """Another system's number for this customer, "" for none."""
        text = row.text(EXTERNAL_ID) if EXTERNAL_ID in self.has else ""
        if not text and self.choices.name_from_row:
            return f"{self.choices.file_stem}:{row.number}"
        if text.isdecimal():
            self.id_lengths[0 if text[0] == "0" else len(text)] += 1
        elif "+" in text and cells.SCIENTIFIC.fullmatch(text):
            raise CellWrong(EXTERNAL_ID, Reason("id_lost_digits", {"text": text[:20]}))
        return cells.short_text(EXTERNAL_ID, text, 60)

    def _whose(self, row: Row) -> tuple[Colleague | None, Pool | None]:
        choices = self.choices
        if choices.all_to_pool:
            return None, choices.pool
        if OWNER in self.has and (text := row.text(OWNER)) and (named := self.directory.owner(text)):
            return named, None
        if choices.owner is None and choices.pool is None:
            raise CellWrong(OWNER, Reason("owner_missing"))
        return choices.owner, None if choices.owner else choices.pool

    def _class(self, row: Row, playbook: Variant) -> CustomerClass:
        found = self.class_in(row, playbook)
        return self.class_meant(row.text(CLASS), playbook) if found is None else found

    def class_meant(self, text: str, playbook: Variant) -> CustomerClass:
        """The playbook's class that a cell names. Raises CellWrong with the classes there are."""
        found = self._class_named(text, playbook)
        if found is None:
            known = [cls.code for cls in playbook.classes]
            raise CellWrong(
                CLASS, Reason("class_unknown", {"text": text[:20], "playbook": playbook.code, "known": known})
            )
        return found

    def leave_in_pool(self, item: NewCustomer) -> None:
        """A row that was read by the sellers' playbook stands by the pool's; raises CellWrong for its class."""
        playbook = self.directory.practice(item.unit).playbook
        item.playbook, item.cls = playbook.code, self._class(item.row, playbook)

    def class_in(self, row: Row, playbook: Variant) -> CustomerClass | None:
        """What a row's class is by a playbook; None when it has none of that name."""
        text = row.text(CLASS) if CLASS in self.has else ""
        return self._class_named(text, playbook) if text else playbook.entry_class

    def _class_named(self, text: str, playbook: Variant) -> CustomerClass | None:
        key = playbook.code, text
        if key not in self._classes:
            self._classes[key] = class_named(playbook, text)
        return self._classes[key]

    def phones(self, row: Row) -> list[str]:
        """Every number of the row that is the customer's own, normalised, each once."""
        found: dict[str, None] = {}
        for place in row.columns.get(PHONES, ()):
            if row.cells[place]:
                found.update(dict.fromkeys(self._numbers(row, PHONES, place)))
        if len(found) > MAX_PHONES:
            raise CellWrong(PHONES, Reason("too_many_phones", {"count": len(found), "limit": MAX_PHONES}))
        return list(found)

    def _numbers(self, row: Row, field: str, place: int) -> list[str]:
        """The numbers of one cell; a landline whose zero a spreadsheet has eaten gets it back, and is counted."""
        text = row.cells[place]
        numbers = phones_in(text)
        if isinstance(numbers, Reason):
            raise CellWrong(field, numbers, place)
        if AREA_CODE in self.has and (area := row.text(AREA_CODE)):
            numbers = [with_area_code(number, area) for number in numbers]
            if not area.startswith(("0", "+", "(")):
                self._count_zero(row, row.columns[AREA_CODE][0])
        elif any(number[0] == "0" and zero_was_lost(number, text) for number in numbers):
            self._count_zero(row, place)
        return numbers

    def _count_zero(self, row: Row, place: int) -> None:
        """Each row once, however many of its cells are read how often."""
        if self._last_zero.get(place) != row.number:
            self._last_zero[place] = row.number
            self.lost_zeros[place] += 1

    def contacts(self, row: Row, name: str, phones: list[str]) -> list[NewContact]:
        """The people of a row. A phone of nobody's is the customer's; WeChat and e-mail of nobody's get its name."""
        found: list[NewContact] = []
        part = self._name_in_parts(row) if self.named_in_parts and NAME in self.has else ""
        for number in self.people or (1,):
            field = FIELD_NAMES[number]["phones"]
            own = [one for place in row.columns.get(field, ()) for one in self._numbers(row, field, place)]
            given = part if number == 1 and part != name else ""
            contact = contact_in(row, number, list(dict.fromkeys(own)), given[:60])
            if contact is None:
                phones.extend(number for number in own if number not in phones)
                continue
            contact.name = contact.name or name[:60]
            found.append(contact)
        return found

    def remarks(self, row: Row, texts: dict[str, str], today: date) -> tuple[date, str] | None:
        """A dated remark with its day; without a day it joins the plain ones, for no date is invented."""
        dated, remarks = None, row.text("remarks") if "remarks" in self.has else ""
        if "remark_text" in self.has and (text := row.text("remark_text")):
            on = None
            if REMARK_ON in self.has:
                on = cells.has_been(REMARK_ON, self.days[REMARK_ON].read(row.text(REMARK_ON), row.number), today)
            if on:
                dated = on, cells.long_text("remark_text", text, REMARKS_LIMIT)
            else:
                remarks = f"{remarks}\n{text}".strip()
        if REMARKS_TITLED in self.has:
            places = row.columns[REMARKS_TITLED]
            titled = (f"{self.header[place]}：{text}" for place in places if (text := row.cells[place]))
            remarks = "\n".join(filter(None, (remarks, *titled)))
        if remarks:
            texts["remarks"] = cells.long_text("remarks", remarks, REMARKS_LIMIT)
        return dated


def class_named(playbook: Any, text: str) -> CustomerClass | None:
    """The class a cell means, by its code or by what the playbook calls it (3k, 重3, 重点3, 3类)."""
    wanted = text.strip().casefold()
    for cls in playbook.classes:
        words = (cls.code, cls.name.zh, cls.name.en, cls.badge.zh, cls.badge.en, f"{cls.code}类", f"{cls.code}级")
        if wanted in {word.replace(" ", "").casefold() for word in words} | {word.casefold() for word in words}:
            return cls
    return None
