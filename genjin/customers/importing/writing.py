"""Customers by the thousand, past the ORM, with what hangs on them, their audit entries and search words.

What a service would do for one customer is done here for a batch; the CHECK constraints hold for both.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.fields.definitions import Definition
from genjin.core.fields.reading import fields_of
from genjin.core.fields.rules import searched, with_defaults
from genjin.core.search import index
from genjin.core.search.rules import Document
from genjin.core.transfer.bulk import insert_rows, instant, reserve_keys
from genjin.core.transfer.kinds import Addition
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.importing.standing import NO_WHY
from genjin.customers.models import ContactPerson, Customer, Phone, Remark, SourceChannel, Tag
from genjin.customers.pools import resting
from genjin.customers.search import document_of
from genjin.organization.models import Person, Unit
from genjin.playbooks.practice import practice_of

COLUMNS = (
    "id", "source", "kind", "name", "name_key", "short_name", "industry", "province", "city", "district", "address",
    "remarks", "external_id", "owner", "pool", "unit", "owned_since", "claimable_from", "closed_on",
    "closed_kind", "closed_reason",
    "playbook", "class_code", "class_rank", "class_since", "entered_classes", "conditions", "due_on", "due_why",
    "planned_on", "planned_why", "postponements", "last_effective_on", "last_note", "attempts", "effective_contacts",
    "missed_in_row", "version", "created_at", "created_by", "import_run", "custom",
)  # fmt: skip


_text = json.JSONEncoder(ensure_ascii=False).encode


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@dataclass(slots=True)
class Ready:
    """What is written for some new customers, but for what only the database tells: their keys and those of sources,
    tags and people. Plain values by the column, since another process may have made them (`core/transfer/ahead.py`).

    `values` go to the columns after key and source, `changes` to the audit entries, `documents` to the search index:
    one for each customer. What not every customer has comes with its customer's place: `phones` (place, number,
    position), `people` (place, values, phones), `tags` (place, name), `remarks` (place, day, text), and for each
    addition of the kind, by its number, records (place, record). `tokens` are all phones and ids from elsewhere, by
    which others may have stored the same customer.
    """

    values: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    documents: list[index.Ready] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    owners: set[int] = field(default_factory=set)
    tokens: list[str] = field(default_factory=list)
    phones: list[tuple[int, str, int]] = field(default_factory=list)
    people: list[tuple[int, tuple[Any, ...], tuple[str, ...]]] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str, str]] = field(default_factory=list)
    additions: dict[int, list[tuple[int, Any]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)


class Writer:
    """Writes the batches of one run. What can be made before the transaction `make_ready` makes."""

    def __init__(self, *, run: int, by: Any, at: datetime, today: date, additions: Sequence[Addition] = ()) -> None:
        self.run, self.by, self.at, self.today = run, by.pk, instant(at), today.isoformat()
        self.additions = additions
        self._numbers = {id(addition): number for number, addition in enumerate(additions)}
        self.sources: dict[str, int] = {}
        self.tags: dict[str, int] = {}
        self._ends_of_embargo: dict[int, date | None] = {}
        self._custom = fields_of("customer")
        self._defaults = with_defaults(self._custom, {})

    def write(self, ready: Ready) -> list[int]:
        """Create them in the caller's transaction; their keys, in order."""
        self.learn_sources(set(ready.sources) - {""})
        self.learn_tags({name for _place, name in ready.tags})
        keys = reserve_keys(Customer, len(ready))
        sources: dict[str, int | None] = {"": None, **self.sources}
        rows = [
            (key, sources[source], *values)
            for key, source, values in zip(keys, ready.sources, ready.values, strict=True)
        ]
        insert_rows(Customer, COLUMNS, rows)
        self._write_people(keys, ready)
        tagged = [(keys[place], self.tags[name]) for place, name in ready.tags]
        insert_rows(Customer.tags.through, ("customer", "tag"), tagged)
        remarks = [(keys[place], on, None, text) for place, on, text in ready.remarks]
        insert_rows(Remark, ("customer", "on", "by", "text"), remarks)
        entries = [
            (self.at, self.by, "customer.imported", "customer", key, changes, "")
            for key, changes in zip(keys, ready.changes, strict=True)
        ]
        insert_rows(Entry, ("at", "by", "verb", "kind", "subject", "changes", "note"), entries)
        for number, records in ready.additions.items():
            self.additions[number].write([(keys[place], record) for place, record in records])
        with connection.cursor() as cursor:
            index.index_ready(cursor, list(zip(keys, ready.documents, strict=True)))
        return keys

    def _write_people(self, keys: Sequence[int], ready: Ready) -> None:
        """The contact people, and the phones of customers and people."""
        fields = ("id", "customer", "name", "title", "is_key_person", "decision_role", "influence", "wechat", "email",
                  "remarks", "position")  # fmt: skip
        people = list(zip(reserve_keys(ContactPerson, len(ready.people)), ready.people, strict=True))
        insert_rows(ContactPerson, fields, [(key, keys[place], *values) for key, (place, values, _phones) in people])
        phones: list[tuple[Any, ...]]
        phones = [(keys[place], None, number, position) for place, number, position in ready.phones]
        phones += [
            (keys[place], key, number, position)
            for key, (place, _values, numbers) in people
            for position, number in enumerate(numbers)
        ]
        insert_rows(Phone, ("customer", "contact_person", "number", "position"), phones)

    def make_ready(self, items: Sequence[NewCustomer]) -> Ready:
        """What will be written for these."""
        ready, documents = Ready(), []
        for place, item in enumerate(items):
            numbers = item.all_phones
            ready.values.append(self._values(item))
            ready.changes.append(self._changes(item))
            documents.append(_document(item, numbers, self._custom))
            ready.sources.append(item.source)
            ready.tokens += numbers
            ready.phones += [(place, number, position) for position, number in enumerate(item.phones)]
            for position, one in enumerate(item.contacts):
                values = (one.name, one.title, one.is_key, "", "", one.wechat, one.email, one.remarks, position)
                ready.people.append((place, values, tuple(one.phones)))
            if item.owner:
                ready.owners.add(item.owner.pk)
            if item.external_id:
                ready.tokens.append(item.external_id)
            if item.tags:
                ready.tags += [(place, name) for name in item.tags]
            if item.dated_remark:
                on, text = item.dated_remark
                ready.remarks.append((place, on.isoformat(), text))
            for addition, record in item.additions:
                ready.additions.setdefault(self._numbers[id(addition)], []).append((place, record))
        ready.documents = index.made_ready(documents)
        return ready

    def _values(self, item: NewCustomer) -> tuple[Any, ...]:
        texts, standing, cls, owner = item.texts, item.standing, item.cls, item.owner
        text = texts.get
        return (
            item.kind, item.name, item.name_key, text("short_name", ""), text("industry", ""), text("province", ""),
            text("city", ""), text("district", ""), text("address", ""), text("remarks", ""), item.external_id,
            owner.pk if owner else None, item.pool.pk if item.pool else None, item.unit,
            self.today if owner else None, iso(self._claimable_from(item)),
            self.today if cls.closes_as else None, cls.closes_as or "", "",
            item.playbook, cls.code, cls.rank, self.today, f'{{"{cls.code}": "{self.today}"}}', "[]",
            iso(standing.due_on) if standing else None, standing.due_why if standing else NO_WHY,
            iso(standing.planned_on) if standing else None, standing.planned_why if standing else NO_WHY,
            0, iso(item.last_effective_on), "", 0, 0, 0, 1, self.at, self.by, self.run,
            self._custom_values(item),
        )  # fmt: skip

    def _custom_values(self, item: NewCustomer) -> str | None:
        values = self._defaults | item.custom if item.custom else self._defaults
        return _text(values) if values else None

    def _claimable_from(self, item: NewCustomer) -> date | None:
        """What comes into a pool by a file is fresh there, and rests as long as the pool's unit wants it."""
        if item.pool is None:
            return None
        if item.unit not in self._ends_of_embargo:
            practice = practice_of(Unit.objects.get(pk=item.unit))
            today = date.fromisoformat(self.today)
            self._ends_of_embargo[item.unit] = resting.claimable_from(practice, today=today)
        return self._ends_of_embargo[item.unit]

    def _changes(self, item: NewCustomer) -> str:
        return (
            f'{{"name": [null, {_text(item.name)}], "class_code": [null, "{item.cls.code}"], '
            f'"import_run": [null, {self.run}], "row": [null, {item.row.number}], "version": [0, 1]}}'
        )

    def learn_sources(self, names: set[str]) -> None:
        """Keys of the source channels; one that is not known yet is added at the end."""
        unknown = names - self.sources.keys()
        if unknown:
            SourceChannel.objects.bulk_create(
                [SourceChannel(name=name) for name in sorted(unknown)], ignore_conflicts=True
            )
            self.sources.update(SourceChannel.objects.filter(name__in=unknown).values_list("name", "pk"))

    def learn_tags(self, names: set[str]) -> None:
        """The same for tags."""
        unknown = names - self.tags.keys()
        if unknown:
            Tag.objects.bulk_create([Tag(name=name) for name in sorted(unknown)], ignore_conflicts=True)
            self.tags.update(Tag.objects.filter(name__in=unknown).values_list("name", "pk"))


def _document(item: NewCustomer, numbers: Sequence[str], custom: Sequence[Definition]) -> Document:
    names = [item.name, item.texts.get("short_name", "")]
    addresses = []
    for one in item.contacts:
        names.append(one.name)
        addresses += [address for address in (one.wechat, one.email) if address]
    if item.custom:
        names += searched(item.custom, custom, "text")
        numbers = [*numbers, *searched(item.custom, custom, "phone")]
    return document_of(0, names=names, phones=numbers, addresses=addresses)


def hold_owners(pks: Collection[int]) -> bool:
    """Lock them until the batch stands, so that nobody who leaves is given a customer; False if one has left."""
    active = Person.objects.active().filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    return len(active) == len(pks)
