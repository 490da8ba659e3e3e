"""Custom fields of customers as columns of a file: known by their labels, for whose role fills them in."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from genjin.core.fields.definitions import OF_CHOICES, Definition
from genjin.core.fields.reading import field_of, fields_of
from genjin.core.fields.rules import may_change, read
from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong, Row
from genjin.core.transfer.mapping import Field, has_figure
from genjin.customers.importing.days import DayColumn
from genjin.organization.models import Person
from genjin.web.fields.words import BETWEEN, KIND_WORDS

PREFIX = "custom_"


def fields_for(by: Person, kind: str = "customer") -> tuple[Field, ...]:
    """What this person's files may have besides."""
    return tuple(_field(each) for each in fields_of(kind, by) if may_change(each, by.role))


def _field(each: Definition) -> Field:
    hint = BETWEEN.join(choice.label for choice in each.choices if not choice.is_retired)
    return Field(
        f"{PREFIX}{each.code}",
        each.label,
        names=(each.label, each.code),
        fits=has_figure if each.kind in ("number", "money", "date", "phone") else None,
        hint=hint if each.kind in OF_CHOICES else KIND_WORDS[each.kind],
    )


def mapped(columns: Collection[str], kind: str = "customer") -> dict[str, Definition]:
    """The custom fields that a file has a column for, by the import's name of each. None is asked for by its own role
    here: whoever maps a column to a field is offered their own."""
    codes = {name: name.removeprefix(PREFIX) for name in columns if name.startswith(PREFIX)}
    found = {name: field_of(kind, code) for name, code in codes.items()}
    # A file may leave empty what a form has to have.
    return {name: replace(each, is_required=False) for name, each in found.items() if each is not None}


def values_in(row: Row, fields: Mapping[str, Definition], days: Mapping[str, DayColumn]) -> dict[str, Any]:
    """What a row says, by code; a cell that is empty says nothing. Raises CellWrong for the first that is wrong."""
    found = {}
    for name, each in fields.items():
        if text := row.text(name):
            value = _value(each, text, days.get(name), row)
            if isinstance(value, Reason):
                raise CellWrong(name, value)
            if value is not None:
                found[each.code] = value
    return found


def _value(field: Definition, text: str, day: DayColumn | None, row: Row) -> Any:
    if day is not None:
        return read(field, day.read(text, row.number))
    if field.kind == "person":
        return _colleague(text.strip())
    return read(field, text)


def _colleague(text: str) -> int | Reason:
    """By sign-in, else by the name that only one has."""
    people = Person.objects.active().order_by("pk")
    found = list(people.filter(sign_in=text.casefold())[:1]) or list(people.filter(name=text)[:2])
    if len(found) > 1:
        return Reason("field_names_several_people")
    return found[0].pk if found else Reason("field_takes_no_person")
