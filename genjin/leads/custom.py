"""The custom fields of leads: what an arrival gives, what a change is recorded as, what a reader is shown.

Each has in the audit record and in what arrives the name `custom.CODE`, although all stand in one column; so one of
them is told, merged and hidden by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genjin.core.audit.models import Entry
from genjin.core.fields.definitions import Definition
from genjin.core.fields.reading import fields_of, people_named
from genjin.core.fields.rules import merged, read, with_defaults
from genjin.core.reasons import Reason
from genjin.customers.custom import PREFIX, is_custom
from genjin.leads.models import Arrival, Lead
from genjin.organization.models import Person
from genjin.web.fields.words import in_words

KIND = "lead"

Told = tuple[str, str]


def named(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Values by their code as what arrives names them."""
    return {f"{PREFIX}{code}": value for code, value in (values or {}).items() if value is not None}


def given_in(given: Mapping[str, Any]) -> dict[str, Any]:
    """The values, by code, that an arrival gives. What is no value of its field stays with the arrival alone."""
    if not any(map(is_custom, given)):
        return {}
    known = {PREFIX + field.code: field for field in fields_of(KIND)}
    found = {}
    for name in filter(is_custom, given):
        value = read(known[name], given[name]) if name in known else None
        if value is not None and not isinstance(value, Reason):
            found[known[name].code] = value
    return found


def values_of_arrival(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """What stands in a new lead: what was given, else the defaults."""
    return with_defaults(fields_of(KIND), given_in(given)) or None


def filled_up(held: Mapping[str, Any] | None, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """What stands after one more arrival: it fills what was empty."""
    return merged(given_in(given), held or {})


def changes_by_field(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, list[Any]]:
    """What changed, a pair for each field by itself."""
    old, new = before or {}, after or {}
    codes = [code for code in dict.fromkeys((*old, *new)) if old.get(code) != new.get(code)]
    return {PREFIX + code: [old.get(code), new.get(code)] for code in codes}


def filled(lead: Lead, reader: Person) -> list[Told]:
    """What is filled in that the reader's role sees, each with its label."""
    if not lead.custom:
        return []
    fields = fields_of(KIND, reader)
    names = people_named(fields, [lead.custom])
    return [(field.label, words) for field in fields if (words := in_words(field, lead.custom.get(field.code), names))]


def changes_told(entries: Sequence[Entry], reader: Person) -> list[list[tuple[str, str, str]]]:
    """Of each entry the changes of custom fields in words (label, before, after): those that the reader's role sees."""
    changed = [{name: pair for name, pair in entry.changes.items() if is_custom(name)} for entry in entries]
    if not any(changed):
        return [[] for _entry in changed]
    fields = fields_of(KIND, reader, retired=True)
    names = people_named(fields, _sides(fields, changed))
    return [
        [
            (field.label, in_words(field, pair[0], names), in_words(field, pair[1], names))
            for field in fields
            if (pair := pairs.get(PREFIX + field.code)) is not None
        ]
        for pairs in changed
    ]


def _sides(fields: Iterable[Definition], changed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The values before and those after, each as a row has them."""
    codes = {PREFIX + field.code: field.code for field in fields}
    return [
        {codes[name]: pair[side] for name, pair in pairs.items() if name in codes}
        for pairs in changed
        for side in (0, 1)
    ]


def said_to(arrival: Arrival, reader: Person) -> list[tuple[Any, str]]:
    """What was given, each with what it is called, but for custom fields that the reader's role does not see."""
    own = [name for name in arrival.given if is_custom(name)]
    seen = {PREFIX + field.code: field for field in fields_of(KIND, reader, retired=True)} if own else {}
    called = {column.name: column.verbose_name for column in Lead._meta.concrete_fields}
    told: list[tuple[Any, str]] = []
    for name, value in arrival.given.items():
        if not value or (is_custom(name) and name not in seen):
            continue
        field = seen.get(name)
        told.append((field.label, _typed(field, value)) if field else (called.get(name, name), str(value)))
    return told


def _typed(field: Definition, value: Any) -> str:
    """As it was given; a choice by its label."""
    kept = read(field, value)
    return (
        str(value)
        if kept is None or isinstance(kept, Reason)
        else in_words(field, kept, people_named([field], [{field.code: kept}]))
    )
