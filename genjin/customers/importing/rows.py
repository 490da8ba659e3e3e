"""One row of a customer list, read into a customer to be, or refused with the cell that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Addition, CellWrong, Row
from genjin.customers.importing import cells
from genjin.customers.importing.directory import Colleague, Directory
from genjin.customers.importing.fields import CLASS, EXTERNAL_ID, LAST_EFFECTIVE_ON, NAME, OWNER, PHONES, PLANNED_ON
from genjin.customers.importing.standing import Standing, Standings
from genjin.customers.models import Pool
from genjin.customers.places import split_region
from genjin.customers.rules import name_key, phones_in
from genjin.playbooks.variant import CustomerClass

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
    contact: tuple[str, str] | None
    source: str
    tags: tuple[str, ...]
    dated_remark: tuple[date, str] | None
    owner: Colleague | None
    pool: Pool | None
    unit: int
    playbook: str
    cls: CustomerClass
    last_effective_on: date | None
    standing: Standing | None
    lost_plan: bool = False
    additions: list[tuple[Addition, Any]] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        return self.cls.closes_as is not None

    @property
    def is_new(self) -> bool:
        """Waits for a first contact that has a last day."""
        return self.owner is not None and self.last_effective_on is None and self.cls.first_contact_within is not None


@dataclass(frozen=True, slots=True)
class Choices:
    """How the person wants the rows taken. `owner` or `pool` is for rows that name none; with `all_to_pool` for all."""

    kind: str
    name_from_row: bool
    file_stem: str
    owner: Colleague | None
    pool: Pool | None
    all_to_pool: bool = False


class RowReader:
    """Reads rows of one file by one set of choices."""

    TEXTS: Mapping[str, int] = {
        "short_name": 60, "industry": 60, "province": 30, "city": 30, "district": 30, "address": 200,
    }  # fmt: skip

    def __init__(
        self, directory: Directory, standings: Standings, choices: Choices, additions: list[Addition], columns: Any
    ) -> None:
        self.directory, self.standings, self.choices = directory, standings, choices
        self.additions = [one for one in additions if any(added.name in columns for added in one.fields)]
        self.texts = [(name, limit) for name, limit in self.TEXTS.items() if name in columns]
        # Most files have few of the fields; what a file has no column for is not asked for in every row.
        self.has = frozenset(columns)
        self._classes: dict[tuple[str, str], CustomerClass | None] = {}

    def read(self, row: Row, today: date) -> NewCustomer:
        """The customer a row describes. Raises CellWrong for the first cell that is wrong."""
        name = self._name(row)
        owner, pool = self._whose(row)
        unit = owner.unit if owner else pool.unit_id  # type: ignore[union-attr]
        practice = self.directory.practice(unit)
        has = self.has
        cls = self._class(row, practice.playbook)
        last = planned = standing = None
        if LAST_EFFECTIVE_ON in has:
            last = cells.past_day(LAST_EFFECTIVE_ON, row.text(LAST_EFFECTIVE_ON), today)
        if PLANNED_ON in has:
            planned = cells.coming_day(PLANNED_ON, row.text(PLANNED_ON), today)
        if owner and not cls.closes_as:
            standing = self.standings.of(practice, cls, last_effective_on=last, planned_on=planned)
        texts = {field: cells.short_text(field, row.text(field), limit) for field, limit in self.texts}
        if "region" in has:
            for part, value in zip(("province", "city", "district"), split_region(row.text("region")), strict=True):
                texts[part] = texts.get(part) or cells.short_text("region", value, 30)
        dated = self._remarks(row, texts, today)
        return NewCustomer(
            row=row,
            kind=cells.kind("kind", row.text("kind"), self.choices.kind) if "kind" in has else self.choices.kind,
            name=name,
            name_key=name_key(name),
            texts=texts,
            external_id=self._external_id(row),
            phones=self._phones(row) if PHONES in has else [],
            contact=self._contact(row) if "contact_name" in has else None,
            source=cells.short_text("source", row.text("source"), 40) if "source" in has else "",
            tags=cells.tags("tags", row.text("tags")) if "tags" in has else (),
            dated_remark=dated,
            owner=owner,
            pool=None if cls.closes_as else pool,
            unit=unit,
            playbook=practice.playbook.code,
            cls=cls,
            last_effective_on=last,
            standing=standing,
            lost_plan=planned is not None and standing is None,
            additions=[(one, read) for one in self.additions if (read := one.read(row)) is not None],
        )

    def _name(self, row: Row) -> str:
        if self.choices.name_from_row:
            return f"{self.choices.file_stem} {row.number}"
        name = cells.short_text(NAME, row.text(NAME), 200)
        if not name:
            raise CellWrong(NAME, Reason("name_missing"))
        return name

    def _external_id(self, row: Row) -> str:
        text = row.text(EXTERNAL_ID) if EXTERNAL_ID in self.has else ""
        if not text and self.choices.name_from_row:
            return f"{self.choices.file_stem}:{row.number}"
        return cells.short_text(EXTERNAL_ID, text, 60)

    def _whose(self, row: Row) -> tuple[Colleague | None, Pool | None]:
        choices = self.choices
        if choices.all_to_pool:
            return None, choices.pool
        if OWNER in self.has and (text := row.text(OWNER)):
            return self.directory.owner(text), None
        if choices.owner is None and choices.pool is None:
            raise CellWrong(OWNER, Reason("owner_missing"))
        return choices.owner, None if choices.owner else choices.pool

    def _class(self, row: Row, playbook: Any) -> CustomerClass:
        text = row.text(CLASS) if CLASS in self.has else ""
        if not text:
            return playbook.entry_class
        key = playbook.code, text
        if key not in self._classes:
            self._classes[key] = class_named(playbook, text)
        found = self._classes[key]
        if found is None:
            known = [cls.code for cls in playbook.classes]
            raise CellWrong(
                CLASS, Reason("class_unknown", {"text": text[:20], "playbook": playbook.code, "known": known})
            )
        return found

    def _phones(self, row: Row) -> list[str]:
        found: dict[str, None] = {}
        for place in row.columns.get(PHONES, ()):
            if text := row.cells[place]:
                numbers = phones_in(text)
                if isinstance(numbers, Reason):
                    raise CellWrong(PHONES, numbers, place)
                found.update(dict.fromkeys(numbers))
        if len(found) > MAX_PHONES:
            raise CellWrong(PHONES, Reason("too_many_phones", {"count": len(found), "limit": MAX_PHONES}))
        return list(found)

    def _contact(self, row: Row) -> tuple[str, str] | None:
        name = cells.short_text("contact_name", row.text("contact_name"), 60)
        title = cells.short_text("contact_title", row.text("contact_title"), 60)
        return (name, title) if name else None

    def _remarks(self, row: Row, texts: dict[str, str], today: date) -> tuple[date, str] | None:
        """A dated remark with its day; without a day it joins the plain ones, for no date is invented."""
        dated, remarks = None, row.text("remarks") if "remarks" in self.has else ""
        if "remark_text" in self.has and (text := row.text("remark_text")):
            on = cells.past_day("remark_on", row.text("remark_on"), today)
            if on:
                dated = on, cells.long_text("remark_text", text, REMARKS_LIMIT)
            else:
                remarks = f"{remarks}\n{text}".strip()
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
