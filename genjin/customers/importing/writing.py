"""Customers by the thousand, past the ORM, with what hangs on them, their audit entries and search words.

What a service would do for one customer is done here for a batch; the CHECK constraints hold for both.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.search import index
from genjin.core.transfer.bulk import insert_rows, instant, reserve_keys
from genjin.core.transfer.kinds import Addition
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


class NewPerson(NamedTuple):
    """Somebody at a new customer, as written."""

    name: str
    title: str
    is_key: bool
    wechat: str
    email: str
    remarks: str
    phones: tuple[str, ...]


class Ready(NamedTuple):
    """What is written for a customer, but for what only the database tells: its key and those of source and tags.

    Plain values, since another process may have made them (`core/transfer/ahead.py`). `values` go to the columns after
    key and source, `changes` to its audit entry, `document` to the search index, `remark` is one with its day;
    `additions` are records with the place of their addition among the kind's.
    """

    values: tuple[Any, ...]
    changes: str
    document: index.Ready
    owner_key: int | None
    external_id: str
    all_phones: tuple[str, ...]
    phones: tuple[str, ...]
    people: tuple[NewPerson, ...]
    source: str
    tags: tuple[str, ...]
    remark: tuple[str, str] | None
    additions: tuple[tuple[int, Any], ...]


Made = Sequence[tuple[int, Ready]]


class Writer:
    """Writes the batches of one run. What can be made before the transaction `make_ready` makes."""

    def __init__(self, *, run: int, by: Any, at: datetime, today: date, additions: Sequence[Addition] = ()) -> None:
        self.run, self.by, self.at, self.today = run, by.pk, instant(at), today.isoformat()
        self.additions = additions
        self._places = {id(addition): place for place, addition in enumerate(additions)}
        self.sources: dict[str, int] = {}
        self.tags: dict[str, int] = {}

    def write(self, ready: Sequence[Ready]) -> list[int]:
        """Create them in the caller's transaction; their keys, in order."""
        self.learn_sources({one.source for one in ready if one.source})
        self.learn_tags({tag for one in ready for tag in one.tags})
        keys = reserve_keys(Customer, len(ready))
        made = list(zip(keys, ready, strict=True))
        sources: dict[str, int | None] = {"": None, **self.sources}
        insert_rows(Customer, COLUMNS, [(key, sources[one.source], *one.values) for key, one in made])
        self._write_phones(made, self._write_people(made))
        tagged = [(key, self.tags[tag]) for key, one in made for tag in one.tags]
        insert_rows(Customer.tags.through, ("customer", "tag"), tagged)
        remarks = [(key, one.remark[0], None, one.remark[1]) for key, one in made if one.remark]
        insert_rows(Remark, ("customer", "on", "by", "text"), remarks)
        self._write_audit(made)
        self._write_additions(made)
        with connection.cursor() as cursor:
            index.index_ready(cursor, [(key, one.document) for key, one in made])
        return keys

    def make_ready(self, items: Sequence[NewCustomer]) -> list[Ready]:
        """What will be written for these."""
        return [
            Ready(
                self._values(item),
                self._changes(item),
                self._document(item),
                item.owner_key,
                item.external_id,
                tuple(item.all_phones),
                tuple(item.phones),
                tuple(
                    [
                        NewPerson(one.name, one.title, one.is_key, one.wechat, one.email, one.remarks, (*one.phones,))
                        for one in item.contacts
                    ]
                ),
                item.source,
                item.tags,
                (item.dated_remark[0].isoformat(), item.dated_remark[1]) if item.dated_remark else None,
                tuple([(self._places[id(addition)], read) for addition, read in item.additions]),
            )
            for item in items
        ]

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

    def _write_people(self, made: Made) -> dict[int, list[int]]:
        """The keys of the contact people of each customer, in order."""
        fields = ("id", "customer", "name", "title", "is_key_person", "decision_role", "influence", "wechat", "email",
                  "remarks", "position")  # fmt: skip
        people = [(key, place, one) for key, ready in made for place, one in enumerate(ready.people)]
        keys: dict[int, list[int]] = {}
        rows = []
        for pk, (customer, place, one) in zip(reserve_keys(ContactPerson, len(people)), people, strict=True):
            rows.append(
                (pk, customer, one.name, one.title, one.is_key, "", "", one.wechat, one.email, one.remarks, place)
            )
            keys.setdefault(customer, []).append(pk)
        insert_rows(ContactPerson, fields, rows)
        return keys

    def _write_phones(self, made: Made, people: dict[int, list[int]]) -> None:
        rows: list[tuple[int, int | None, str, int]]
        rows = [(key, None, number, place) for key, ready in made for place, number in enumerate(ready.phones)]
        rows += [
            (key, person, number, place)
            for key, ready in made
            if ready.people
            for person, one in zip(people[key], ready.people, strict=True)
            for place, number in enumerate(one.phones)
        ]
        insert_rows(Phone, ("customer", "contact_person", "number", "position"), rows)

    def _changes(self, item: NewCustomer) -> str:
        return (
            f'{{"name": [null, {_text(item.name)}], "class_code": [null, "{item.cls.code}"], '
            f'"import_run": [null, {self.run}], "row": [null, {item.row.number}], "version": [0, 1]}}'
        )

    def _write_audit(self, made: Made) -> None:
        fields = ("at", "by", "verb", "kind", "subject", "changes", "note")
        rows = [(self.at, self.by, "customer.imported", "customer", key, one.changes, "") for key, one in made]
        insert_rows(Entry, fields, rows)

    def _write_additions(self, made: Made) -> None:
        by_addition: dict[int, list[tuple[int, Any]]] = defaultdict(list)
        for key, one in made:
            for place, read in one.additions:
                by_addition[place].append((key, read))
        for place, pairs in by_addition.items():
            self.additions[place].write(pairs)

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
