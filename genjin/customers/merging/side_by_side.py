"""Records side by side before they are made one: what of each field is to be chosen, and what a form chose."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.core.fields.models import Describable
from genjin.core.fields.reading import fields_of, people_named
from genjin.core.joining import EMPTY
from genjin.customers.custom import PREFIX
from genjin.customers.history_values import names_in, worded
from genjin.customers.history_words import FIELDS
from genjin.customers.merging import sheets
from genjin.customers.merging.people import CHOSEN, fits_together
from genjin.customers.merging.services import BOTH, Chosen
from genjin.customers.models import ContactPerson, Customer
from genjin.customers.services.identity import FILE
from genjin.customers.services.restoring import standing_of
from genjin.organization.models import Person
from genjin.web.fields.words import in_words

LONG = frozenset({"remarks"})  # texts of which two can stand one below the other

Values = Sequence[Any]
Row = tuple[str, Any, Sequence[str], Values, bool]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all, in words, the kept one's first. `differs`: two have a value at least, and not the same;
    `is_long`: a text of which all can be kept; `taken`: whose is taken, a key or `BOTH`."""

    field: str
    label: str
    values: tuple[str, ...]
    differs: bool
    is_long: bool
    taken: int | str


def customers_compared(rows: Sequence[Customer], chosen: Chosen, actor: Person) -> list[Line]:
    """The fields of which one has a value at least; the first of the customers is the kept one."""
    files = [standing_of(row, FILE) for row in rows]
    texts = [sheets.texts_of(row) for row in rows]
    names = names_in({field: [file[field] for file in files]} for field in FILE)
    lines: list[Row] = []
    for field in FILE:
        words = [worded(field, file[field], names, row) for file, row in zip(files, rows, strict=True)]
        lines.append((field, FIELDS[field], words, [file[field] for file in files], field in LONG))
    lines += described_rows(rows, "customer", actor)
    for field, label in sheets.words().items():
        values = [each[field] for each in texts]
        lines.append((field, label, values, values, field in sheets.long_texts()))
    return lines_of(rows, lines, chosen)


def people_compared(rows: Sequence[ContactPerson], chosen: Chosen, actor: Person) -> list[Line]:
    """The same of contact people of one customer; their phones all go along and are not among them."""
    lines: list[Row] = []
    for field in CHOSEN:
        values = [getattr(row, field) for row in rows]
        words = [worded(field, value, {}, row.customer) for row, value in zip(rows, values, strict=True)]
        lines.append((field, FIELDS[field], words, values, field in LONG and fits_together(values)))
    return lines_of(rows, [*lines, *described_rows(rows, "contact_person", actor)], chosen)


def read_choice(posted: Mapping[str, Any], rows: Sequence[Any], lines: Callable[[Chosen], list[Line]]) -> Chosen:
    """What a form chose, `take-` and the field for each; anything else is left out. What it leaves open is taken as
    it is proposed."""
    keys = {str(row.pk): row.pk for row in rows}
    chosen: dict[str, int | str] = {}
    for line in lines({}):
        said = posted.get(f"take-{line.field}", "")
        if said in keys:
            chosen[line.field] = keys[said]
        elif line.differs and (said == BOTH or not said) and line.is_long:
            chosen[line.field] = BOTH
    return chosen


def described_rows(rows: Sequence[Describable], kind: str, actor: Person) -> list[Row]:
    """Custom fields, as far as the actor's role sees them."""
    fields = fields_of(kind, actor, retired=True) if any(row.custom for row in rows) else []
    names = people_named(fields, [row.custom for row in rows])
    found: list[Row] = []
    for field in fields:
        values = [(row.custom or {}).get(field.code) for row in rows]
        found.append(
            (PREFIX + field.code, field.label, [in_words(field, each, names) for each in values], values, False)
        )
    return found


def lines_of(rows: Sequence[Any], fields: Collection[Row], chosen: Chosen) -> list[Line]:
    """The fields of which one row has a value at least; what is not chosen is taken of the first that has it."""
    lines = []
    for field, label, words, values, is_long in fields:
        there = [value for value in values if value not in EMPTY]
        if not any(words):
            continue
        differs = any(value != there[0] for value in there)
        first = next((row.pk for row, value in zip(rows, values, strict=True) if value not in EMPTY), rows[0].pk)
        taken = chosen.get(field, BOTH if is_long and differs else first)
        lines.append(Line(field, str(label), tuple(words), differs, is_long, taken))
    return lines
