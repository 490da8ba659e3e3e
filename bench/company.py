"""A telesales company of any size, written raw: the same rows for the same figures and the same day."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import JSONField, Model

from bench import names
from genjin.core.audit.models import Entry
from genjin.core.search.index import index_rows
from genjin.core.transfer.bulk import as_json, insert_rows, instant
from genjin.customers.models import ContactPerson, Customer, Phone, Pool
from genjin.customers.rules import name_key
from genjin.customers.search import document_of
from genjin.followups.models import Appointment, Promise, Touch
from genjin.followups.note_reading.facts import facts, print_of
from genjin.followups.note_reading.keeping import asks_objection
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks.models import Adoption
from genjin.playbooks.services import variant

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEAM = 10

# How many of each class a seller holds: the stock of domain.md §2, number set "standard".
STOCK = {"1": 1, "2": 5, "3k": 13, "3": 30, "4k": 40, "4": 110, "5": 50, "6": 5, "7": 20, "0k": 10, "0": 90, "9": 20}
WORN = ["0", "5", "5", "4", "7"]  # classes of those that came back to a pool


@dataclass(frozen=True, slots=True)
class Size:
    customers: int = 100_000
    sellers: int = 100
    contacts: int = 500_000
    held: int = sum(STOCK.values())  # customers of each seller, which is at the limits; the others lie in the pools
    over: int = 0  # how many times as much again each seller of the last team holds

    @property
    def owned(self) -> int:
        return min(self.held * self.sellers, self.customers)

    @property
    def held_in_all(self) -> int:
        """With what the last team holds beyond its limits: the keys up to here have an owner."""
        return min(self.owned + self.over * self.held * min(TEAM, self.sellers), self.customers)


@dataclass(frozen=True, slots=True)
class Company:
    """Who can sign in: the names of a seller, of a manager of a region, and of the owner."""

    seller: str
    manager: str
    owner: str


def build(size: Size, today: date) -> Company:
    """Write the company into an empty database."""
    with transaction.atomic():
        company, sellers, pools = organisation(size)
        book = _Book(size, today, sellers, pools)
        book.write()
        with connection.cursor() as cursor:
            models = [Customer, ContactPerson, Phone, Touch, Appointment, Promise]
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return company


def organisation(size: Size) -> tuple[Company, list[Person], list[Pool]]:
    """Units, people and pools without a customer."""
    headquarters = _unit("梁溪云", None)
    Adoption.objects.create(unit=headquarters, playbook="general")
    owner = _person("owner", "钱立群", Role.OWNER, headquarters)
    sellers: list[Person] = []
    pools: list[Pool] = []
    region = None
    for number in range(-(-size.sellers // TEAM)):
        if number % 4 == 0:
            region = _unit(f"第{number // 4 + 1}大区", headquarters)
            _person(f"manager{number // 4 + 1}", "梁静", Role.MANAGER, region)
        team = _unit(f"第{number + 1}组", region)
        Adoption.objects.create(unit=team, playbook="telesales", size="standard", rhythm="table")
        pools.append(team.pool)
        for _ in range(min(TEAM, size.sellers - len(sellers))):
            sellers.append(
                _person(f"seller{len(sellers) + 1}", names.person(random.Random(len(sellers))), Role.SELLER, team)
            )
    return Company("seller1", "manager1", owner.sign_in), sellers, pools


def _unit(name: str, parent: Unit | None) -> Unit:
    unit = Unit.objects.create(name=name, parent=parent, week="six" if parent else "five")
    Pool.objects.create(unit=unit, home_of=unit, name=f"{name}公海")
    Queue.objects.create(unit=unit, home_of=unit, name=name)
    return unit


_hashed: dict[str, str] = {}


def _person(sign_in: str, name: str, role: Role, unit: Unit) -> Person:
    person = Person(sign_in=sign_in, name=name, role=role, unit=unit, joined_on=date(2024, 3, 1))
    if names.PASSWORD not in _hashed:
        person.set_password(names.PASSWORD)
        _hashed[names.PASSWORD] = person.password
    person.password = _hashed[names.PASSWORD]
    person.save()
    return person


class _Book:
    """The customers, what was noted of them and what is agreed, row by row."""

    def __init__(self, size: Size, today: date, sellers: list[Person], pools: list[Pool]) -> None:
        self.size, self.today, self.sellers, self.pools = size, today, sellers, pools
        self.random = random.Random(2026)
        self.playbook = variant("telesales")
        self.classes = {one.code: one for one in self.playbook.classes}
        self.stock = [code for code, count in STOCK.items() for _ in range(count)]
        self.holders: dict[int, Person] = {}
        self.touched: dict[int, int] = {}

    def write(self) -> None:
        _insert(Customer, self._customers())
        _insert(ContactPerson, self._people())
        _insert(Phone, self._phones())
        with connection.cursor() as cursor:
            index_rows(cursor, self._documents())
        _insert(Touch, self._touches())
        _insert(Entry, self._entries())
        _insert(Appointment, self._appointments())
        _insert(Promise, self._promises())

    def _of(self, key: int) -> random.Random:
        return random.Random(key * 7919 + 1)

    def _contacts(self, key: int) -> int:
        """How many contacts this customer has: few of the worn ones, more of those that are held, all together
        `size.contacts`."""
        share = self.size.contacts / self.size.customers
        owned = self.size.owned
        if key <= owned:
            share *= 1.5 if owned < self.size.customers else 1
        elif self.size.customers > owned:
            share = (self.size.contacts - share * 1.5 * owned) / (self.size.customers - owned)
        return int(share) + (self._of(key).random() < share % 1)

    def _customers(self) -> Iterator[dict]:
        created = instant(_at(self.today - timedelta(days=200), time(9)))
        creator = self.sellers[0].pk
        for key in range(1, self.size.customers + 1):
            rng = self._of(key)
            name = names.company(rng)
            contacts = self._contacts(key)
            owner = self._owner(key)
            pool = None if owner else self.pools[key % len(self.pools)]
            place = (key - 1) // len(self.sellers)
            code = self.stock[place % len(self.stock)] if owner else rng.choice(WORN)
            one = self.classes[code]
            due, planned, last = self._days(rng, one, place) if owner else (None, None, self._given_up(rng))
            when = self._when(key, contacts, last)
            if owner:
                self.holders[key] = owner
            yield {
                "id": key,
                "kind": "org",
                "name": name,
                "name_key": name_key(name),
                "industry": rng.choice(names.TRADES),
                "province": rng.choice(names.PROVINCES),
                "owner": owner.pk if owner else None,
                "pool": pool.pk if pool else None,
                "unit": owner.unit_id if owner else pool.unit_id,
                "owned_since": _iso(self.today - timedelta(days=120)) if owner else None,
                "playbook": "telesales",
                "class_code": code,
                "class_rank": one.rank,
                "class_since": _iso(self.today - timedelta(days=rng.randrange(5, 60))),
                "due_on": _iso(due),
                "due_why": as_json(self._why(one, last if contacts else None)) if owner else "{}",
                "planned_on": _iso(planned),
                "last_effective_on": _iso(last) if contacts else None,
                "last_touch_at": instant(when[-1]) if when else None,
                "last_note": names.note(rng) if contacts else "",
                "attempts": contacts,
                "effective_contacts": _effective(contacts),
                "missed_in_row": contacts - _effective(contacts),
                "created_at": created,
                "created_by": creator,
            }

    def _owner(self, key: int) -> Person | None:
        if key <= self.size.owned:
            return self.sellers[(key - 1) % len(self.sellers)]
        return self.sellers[-1 - key % min(TEAM, len(self.sellers))] if key <= self.size.held_in_all else None

    def _why(self, one, last: date | None) -> dict:
        since = (last or self.today - timedelta(days=30)).isoformat()
        figures = {"playbook": "telesales", "class_code": one.code, "since": since}
        return {"code": "due_after_effective", **figures, "min": one.min_days, "max": one.max_days}

    def _days(self, rng: random.Random, one, place: int) -> tuple[date, date | None, date]:
        """Due, planned, last effective: some three in a hundred overdue, some forty a seller on today's list."""
        length = max(one.max_days, 8)
        due = self.today + timedelta(days=rng.randrange(1, length + 1))
        if place % 33 == 0:
            due = self.today - timedelta(days=rng.randrange(1, 9))
        planned: date | None = min(due, self.today + timedelta(days=rng.randrange(1, length + 1)))
        if due < self.today or place % 10 == 3:
            planned = self.today
        if one.is_queue and planned != self.today:
            planned = None
        return due, planned, self.today - timedelta(days=rng.randrange(1, length + 1))

    def _given_up(self, rng: random.Random) -> date:
        """The last effective contact of a customer that lies in a pool."""
        return self.today - timedelta(days=rng.randrange(20, 200))

    def _when(self, key: int, contacts: int, last: date) -> list[datetime]:
        """When each contact was: the effective ones up to the day of the last, then those that reached nobody."""
        rng, effective = self._of(key + 90_000_000), _effective(contacts)
        misses, since = contacts - effective, (self.today - last).days - 1
        days = [last - timedelta(days=5 * back) for back in reversed(range(effective))]
        days += [last + timedelta(days=since * nth // misses) for nth in range(1, misses + 1)]
        hours = [9] * effective + [13 + min(nth, 4) for nth in range(misses)]
        return [_at(day, time(hour, rng.randrange(60))) for day, hour in zip(days, hours, strict=True)]

    def _people(self) -> Iterator[dict]:
        for key in range(1, self.size.customers + 1):
            rng = self._of(-key)
            name, title = names.person(rng), rng.choice(names.TITLES)
            yield {"id": key, "customer": key, "name": name, "title": title, "is_key_person": rng.random() < 0.6}

    def _number(self, key: int) -> str:
        return f"12{self._of(key + 50_000_000).randrange(10**9):09}"

    def _phones(self) -> Iterator[dict]:
        for key in range(1, self.size.customers + 1):
            yield {"id": key, "customer": key, "number": self._number(key)}

    def _documents(self) -> Iterator:
        for key in range(1, self.size.customers + 1):
            called = (names.company(self._of(key)), names.person(self._of(-key)))
            yield document_of(key, names=called, phones=(self._number(key),))

    def _touches(self) -> Iterator[dict]:
        key = 0
        for customer in range(1, self.size.customers + 1):
            contacts = self._contacts(customer)
            author = self.holders.get(customer) or self.sellers[customer % len(self.sellers)]
            code, last = self._stands(customer)
            for nth, at in enumerate(self._when(customer, contacts, last)):
                key += 1
                rng = self._of(key + 90_000_000)
                effective = nth < _effective(contacts)
                said = names.note(rng) if effective else ""
                yield {
                    "id": key,
                    "customer": customer,
                    "author": author.pk,
                    "at": instant(at),
                    "channel": "phone",
                    "contact_person": customer,
                    "is_effective": effective,
                    "proposed_effective": effective,
                    "miss_reason": "" if effective else "no_answer",
                    "interests": as_json(["peers"] if effective else []),
                    "remarks": said,
                    "note_facts": self._facts(said, code) if effective else None,
                    "note_print": print_of(said) if effective else None,
                    "duration": rng.randrange(20, 400) if effective else None,
                    "class_before": code,
                    "class_after": code,
                    "key": _key(key),
                }

    def _facts(self, said: str, code: str) -> int:
        asks = asks_objection(self.playbook, code)
        noted = facts(said, interest=True, objection=False, services=False, next_step=False, asks_objection=asks)
        return noted.number

    def _stands(self, key: int) -> tuple[str, date]:
        """The class of a customer and the day of its last effective contact, drawn again as for its row."""
        rng, place = self._of(key), (key - 1) // len(self.sellers)
        names.company(rng)
        if not self._owner(key):
            code = rng.choice(WORN)
            return code, self._given_up(rng)
        code = self.stock[place % len(self.stock)]
        return code, self._days(rng, self.classes[code], place)[2]

    def _entries(self) -> Iterator[dict]:
        at = instant(_at(self.today - timedelta(days=200), time(9)))
        for key in range(1, self.size.customers + 1):
            yield {"at": at, "by": self.sellers[0].pk, "verb": "customer.created", "kind": "customer", "subject": key}

    def _appointments(self) -> Iterator[dict]:
        for key, (customer, owner) in enumerate(self._some_held(3), 1):
            at = instant(_at(self.today, time(9 + key % 8, 30)))
            yield {"id": key, "customer": customer, "by": owner.pk, "at": at, "kind": "call", "purpose": "报价"}

    def _promises(self) -> Iterator[dict]:
        for key, (customer, owner) in enumerate(self._some_held(5), 1):
            when = _at(self.today + timedelta(days=key % 5), time(17))
            made = instant(when - timedelta(days=3))
            yield {
                "id": key, "customer": customer, "by": owner.pk, "what": "发成功案例", "by_when": instant(when),
                "made_at": made,
            }  # fmt: skip

    def _some_held(self, each: int) -> Iterator[tuple[int, Person]]:
        """That many customers of every seller."""
        for key, owner in self.holders.items():
            if (key - 1) // len(self.sellers) in range(20, 20 + each):
                yield key, owner


def _effective(contacts: int) -> int:
    """Two of three contacts are effective."""
    return -(-contacts * 2 // 3)


def _insert(model: type[Model], rows: Iterator[dict]) -> None:
    """Insert rows; a field that they do not name gets its default."""
    first = next(rows, None)
    if first is None:
        return
    usual = {
        field.name: _default(field)
        for field in model._meta.concrete_fields
        if field.name not in first and not field.primary_key
    }
    fields = [*first, *usual]
    rest = list(usual.values())
    insert_rows(model, fields, ([*row.values(), *rest] for row in chain([first], rows)))


def _default(field: Any) -> Any:
    value = field.get_default()
    return as_json(value) if isinstance(field, JSONField) else value


def _key(number: int) -> Any:
    """A note's key as the database keeps it."""
    key = uuid.UUID(int=number)
    return key if connection.features.has_native_uuid_field else key.hex


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)
