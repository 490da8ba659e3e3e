"""What a row says of a customer that is there: only cells that are filled, for an empty one says nothing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from genjin.core.transfer.kinds import Addition, Row
from genjin.customers.importing import cells
from genjin.customers.importing.directory import Colleague
from genjin.customers.importing.fields import CLASS, LAST_EFFECTIVE_ON, NAME, OWNER, PHONES, PLANNED_ON
from genjin.customers.importing.people import NewContact
from genjin.customers.importing.rows import RowReader


@dataclass(slots=True)
class Given:
    """`texts` are fields of the customer's file by name; `class_text` is read when it is known whose classes count."""

    row: Row
    texts: dict[str, str] = field(default_factory=dict)
    phones: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    contacts: list[NewContact] = field(default_factory=list)
    dated_remark: tuple[date, str] | None = None
    source: str = ""
    owner: Colleague | None = None
    class_text: str = ""
    planned_on: date | None = None
    last_effective_on: date | None = None
    additions: list[tuple[Addition, Any]] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)

    @property
    def all_phones(self) -> list[str]:
        """The customer's own and those of the people there."""
        return list(dict.fromkeys([*self.phones, *(number for one in self.contacts for number in one.phones)]))


def read_given(reader: RowReader, row: Row, today: date) -> Given:
    """Raises CellWrong for the first cell that is wrong."""
    has = reader.has
    texts = {name: text for name, text in reader.short_texts(row).items() if text}
    remark = reader.remarks(row, texts, today)
    if name := reader.name_said(row):
        texts[NAME] = name
    if "kind" in has and row.text("kind"):
        texts["kind"] = cells.kind("kind", row.text("kind"), "")
    if external_id := reader.external_id(row):
        texts["external_id"] = external_id
    phones = reader.phones(row) if PHONES in has else []
    contacts = reader.contacts(row, name, phones) if reader.people or reader.named_in_parts else []
    return Given(
        row=row,
        texts=texts,
        phones=phones,
        tags=cells.tags("tags", row.text("tags")) if "tags" in has else (),
        contacts=contacts,
        dated_remark=remark,
        source=cells.short_text("source", row.text("source"), 40) if "source" in has else "",
        owner=reader.directory.owner(row.text(OWNER)) if OWNER in has and row.text(OWNER) else None,
        class_text=row.text(CLASS) if CLASS in has else "",
        planned_on=reader.next_contact(row, today) if PLANNED_ON in has else None,
        last_effective_on=reader.last_contact(row, today) if LAST_EFFECTIVE_ON in has else None,
        additions=[(one, read) for one in reader.additions if (read := one.read(row)) is not None],
        custom=reader.custom_values(row) if reader.custom else {},
    )
