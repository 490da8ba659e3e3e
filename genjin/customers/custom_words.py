"""Custom fields of a customer and of the people there as a page tells them: only those that the reader's role sees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.core.audit.models import Entry
from genjin.core.fields.definitions import Definition
from genjin.core.fields.reading import fields_of, people_named
from genjin.customers.custom import code_of, is_custom
from genjin.organization.models import Person
from genjin.web.fields.words import in_words

CUSTOMER, CONTACT_PERSON = "customer", "contact_person"


@dataclass(frozen=True, slots=True)
class Change:
    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Filled:
    """One field that is filled in, in words."""

    label: str
    words: str


def filled(subject: str, rows: Sequence[Any], reader: Person, *, masked: bool = False) -> list[list[Filled]]:
    """What is filled in of each of these rows, in the order of the fields. Asks nothing where none has a value."""
    values = [row.custom for row in rows]
    if not any(values):
        return [[] for _row in rows]
    fields = fields_of(subject, reader)
    names = people_named(fields, values)
    return [list(_filled(fields, each or {}, names, masked)) for each in values]


def _filled(
    fields: Iterable[Definition], values: Mapping[str, Any], names: Mapping[int, str], masked: bool
) -> Iterable[Filled]:
    for field in fields:
        if words := in_words(field, values.get(field.code), names, masked=masked):
            yield Filled(field.label, words)


def told_of_custom(entries: Iterable[Entry], reader: Person, *, masked: bool = False) -> list[list[Change]]:
    """The changes of custom fields in each of these entries, retired ones, too. Asks nothing where there are none."""
    changed = [
        (_subject(entry), {code_of(name): pair for name, pair in entry.changes.items() if is_custom(name)})
        for entry in entries
    ]
    if not any(pairs for _subject, pairs in changed):
        return [[] for _each in changed]
    fields = {subject: fields_of(subject, reader, retired=True) for subject in (CUSTOMER, CONTACT_PERSON)}
    sides = [{code: pair[side] for code, pair in pairs.items()} for _subject, pairs in changed for side in (0, 1)]
    names = people_named([field for each in fields.values() for field in each], sides)
    return [
        [_change(field, pairs[field.code], names, masked) for field in fields[subject] if field.code in pairs]
        for subject, pairs in changed
    ]


def changes_in_words(subject: str, changes: Mapping[str, Sequence[Any]], reader: Person) -> list[Change]:
    """The custom fields among changes as the audit record has them."""
    pairs = {code_of(name): pair for name, pair in changes.items() if is_custom(name)}
    fields = [field for field in fields_of(subject, reader, retired=True) if field.code in pairs] if pairs else []
    names = people_named(fields, [{code: pair[side] for code, pair in pairs.items()} for side in (0, 1)])
    return [_change(field, pairs[field.code], names, False) for field in fields]


def _subject(entry: Entry) -> str:
    return CONTACT_PERSON if entry.verb.startswith("contact_person.") else CUSTOMER


def _change(field: Definition, pair: Sequence[Any], names: Mapping[int, str], masked: bool) -> Change:
    before, after = (in_words(field, value, names, masked=masked) for value in pair)
    return Change(field.label, before, after)
