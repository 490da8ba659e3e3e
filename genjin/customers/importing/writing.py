"""Customers by the thousand, past the ORM, with what hangs on them, their audit entries and search words.

What a service would do for one customer is done here for a batch; the CHECK constraints hold for both.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.search import index
from genjin.core.transfer.bulk import insert_rows, instant, reserve_keys
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.importing.standing import NO_WHY
from genjin.customers.models import ContactPerson, Customer, Phone, Remark, SourceChannel, Tag
from genjin.customers.search import document_of
from genjin.organization.models import Person

COLUMNS = (
    "id", "source", "kind", "name", "name_key", "short_name", "industry", "province", "city", "district", "address",
    "remarks", "external_id", "owner", "pool", "unit", "owned_since", "closed_on", "closed_kind", "closed_reason",
    "playbook", "class_code", "class_rank", "class_since", "entered_classes", "conditions", "due_on", "due_why",
    "planned_on", "planned_why", "postponements", "last_effective_on", "last_note", "attempts", "effective_contacts",
    "missed_in_row", "version", "created_at", "created_by", "import_run",
)  # fmt: skip


_text = json.JSONEncoder(ensure_ascii=False).encode


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class Ready(NamedTuple):
    """What is written for a customer, but for what only the database tells: its key and its source's.

    `values` go to the columns after these two, `changes` to its audit entry, `document` to the search index.
    """

    values: tuple[Any, ...]
    changes: str
    document: index.Ready


class Writer:
    """Writes the batches of one run. What can be made before the transaction `make_ready` makes."""

    def __init__(self, *, run: int, by: Any, at: datetime, today: date) -> None:
        self.run, self.by, self.at, self.today = run, by.pk, instant(at), today.isoformat()
        self.sources: dict[str, int] = {}
        self.tags: dict[str, int] = {}

    def write(self, items: Sequence[NewCustomer]) -> list[int]:
        """Create them in the caller's transaction; their keys, in order."""
        self.learn_sources({item.source for item in items if item.source})
        self.learn_tags({tag for item in items for tag in item.tags})
        keys = reserve_keys(Customer, len(items))
        ready = self.make_ready(items)
        made = list(zip(keys, items, strict=True))
        sources = [self.sources[item.source] if item.source else None for item in items]
        rows = [(key, source, *one.values) for key, source, one in zip(keys, sources, ready, strict=True)]
        insert_rows(Customer, COLUMNS, rows)
        self._write_phones(made, self._write_people(made))
        tagged = [(key, self.tags[tag]) for key, item in made for tag in item.tags]
        insert_rows(Customer.tags.through, ("customer", "tag"), tagged)
        remarks = [(key, item.dated_remark) for key, item in made if item.dated_remark]
        insert_rows(Remark, ("customer", "on", "by", "text"), [(key, iso(d[0]), None, d[1]) for key, d in remarks if d])
        self._write_audit(keys, ready)
        self._write_additions(made)
        with connection.cursor() as cursor:
            index.index_ready(cursor, [(key, one.document) for key, one in zip(keys, ready, strict=True)])
        return keys

    def make_ready(self, items: Sequence[NewCustomer]) -> list[Ready]:
        """What will be written for these, which nothing may change from now on; made once, before or in `write`."""
        for item in items:
            if item.ready is None:
                item.ready = Ready(self._values(item), self._changes(item), self._document(item))
        return [item.ready for item in items]

    def _values(self, item: NewCustomer) -> tuple[Any, ...]:
        texts, standing, cls = item.texts, item.standing, item.cls
        text = texts.get
        return (
            item.kind, item.name, item.name_key, text("short_name", ""), text("industry", ""), text("province", ""),
            text("city", ""), text("district", ""), text("address", ""), text("remarks", ""), item.external_id,
            item.owner.pk if item.owner else None, item.pool.pk if item.pool else None, item.unit,
            self.today if item.owner else None, self.today if item.is_closed else None, cls.closes_as or "", "",
            item.playbook, cls.code, cls.rank, self.today, f'{{"{cls.code}": "{self.today}"}}', "[]",
            iso(standing.due_on) if standing else None, standing.due_why if standing else NO_WHY,
            iso(standing.planned_on) if standing else None, standing.planned_why if standing else NO_WHY,
            0, iso(item.last_effective_on), "", 0, 0, 0, 1, self.at, self.by, self.run,
        )  # fmt: skip

    def _write_people(self, made: Sequence[tuple[int, NewCustomer]]) -> dict[int, list[int]]:
        """The keys of the contact people of each customer, in order."""
        fields = ("id", "customer", "name", "title", "is_key_person", "decision_role", "influence", "wechat", "email",
                  "remarks", "position")  # fmt: skip
        people = [(key, place, one) for key, item in made for place, one in enumerate(item.contacts)]
        keys: dict[int, list[int]] = {}
        rows = []
        for pk, (customer, place, one) in zip(reserve_keys(ContactPerson, len(people)), people, strict=True):
            rows.append(
                (pk, customer, one.name, one.title, one.is_key, "", "", one.wechat, one.email, one.remarks, place)
            )
            keys.setdefault(customer, []).append(pk)
        insert_rows(ContactPerson, fields, rows)
        return keys

    def _write_phones(self, made: Sequence[tuple[int, NewCustomer]], people: dict[int, list[int]]) -> None:
        rows: list[tuple[int, int | None, str, int]]
        rows = [(key, None, number, place) for key, item in made for place, number in enumerate(item.phones)]
        rows += [
            (key, person, number, place)
            for key, item in made
            if item.contacts
            for person, one in zip(people[key], item.contacts, strict=True)
            for place, number in enumerate(one.phones)
        ]
        insert_rows(Phone, ("customer", "contact_person", "number", "position"), rows)

    def _changes(self, item: NewCustomer) -> str:
        return (
            f'{{"name": [null, {_text(item.name)}], "class_code": [null, "{item.cls.code}"], '
            f'"import_run": [null, {self.run}], "row": [null, {item.row.number}], "version": [0, 1]}}'
        )

    def _write_audit(self, keys: Sequence[int], ready: Sequence[Ready]) -> None:
        fields = ("at", "by", "verb", "kind", "subject", "changes", "note")
        rows = [
            (self.at, self.by, "customer.imported", "customer", key, one.changes, "")
            for key, one in zip(keys, ready, strict=True)
        ]
        insert_rows(Entry, fields, rows)

    def _write_additions(self, made: Sequence[tuple[int, NewCustomer]]) -> None:
        by_addition: dict[int, tuple[Any, list[tuple[int, Any]]]] = {}
        for key, item in made:
            for addition, read in item.additions:
                by_addition.setdefault(id(addition), (addition, []))[1].append((key, read))
        for addition, pairs in by_addition.values():
            addition.write(pairs)

    def _document(self, item: NewCustomer) -> index.Ready:
        names = (item.name, item.texts.get("short_name", ""), *(one.name for one in item.contacts))
        addresses = [address for one in item.contacts for address in (one.wechat, one.email) if address]
        return index.made_ready(document_of(0, names=names, phones=item.all_phones, addresses=addresses))

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


def hold_owners(pks: Collection[int]) -> bool:
    """Lock them until the batch stands, so that nobody who leaves is given a customer; False if one has left."""
    active = Person.objects.active().filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    return len(active) == len(pks)
