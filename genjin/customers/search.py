"""What a customer is found by, and how a found one is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.core.fields.reading import fields_of
from genjin.core.fields.rules import searched
from genjin.core.scoping import Way
from genjin.core.search import index
from genjin.core.search.folding import fold
from genjin.core.search.matching import span
from genjin.core.search.queries import Query, parse
from genjin.core.search.registry import Answer
from genjin.core.search.rules import Document
from genjin.customers.custom import code_of, is_custom
from genjin.customers.models import ContactPerson, Customer, CustomerQuerySet, Phone
from genjin.playbooks.services import variant
from genjin.playbooks.variant import CustomerClass

KIND = "customer"
BATCH = 2000


def document_of(pk: int, *, names: Iterable[str], phones: Iterable[str], addresses: Iterable[str] = ()) -> Document:
    """What a customer is found by: its name, short name and the names of the people there; every phone number; their
    WeChat and e-mail addresses; and the custom fields that are searched, as names and numbers."""
    return Document(KIND, pk, tuple(names), tuple(phones), tuple(addresses))


def documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """The documents of these customers, or of all, read in batches."""
    if pks is None:
        yield from _all_documents()
    else:
        wanted = sorted(set(pks))
        for start in range(0, len(wanted), BATCH):
            yield from _documents_of(Customer.objects.filter(pk__in=wanted[start : start + BATCH]))


def _all_documents() -> Iterator[Document]:
    after = 0
    while True:
        batch = list(_documents_of(Customer.objects.filter(pk__gt=after).order_by("pk")[:BATCH]))
        if not batch:
            return
        yield from batch
        after = batch[-1].pk


def _documents_of(customers: Any) -> Iterator[Document]:
    rows = list(customers.values_list("pk", "name", "short_name", "custom"))
    pks = [row[0] for row in rows]
    people: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    addresses: dict[int, list[str]] = defaultdict(list)
    contacts = ContactPerson.objects.filter(customer__in=pks).order_by("pk")
    for pk, name, wechat, email, custom in contacts.values_list("customer_id", "name", "wechat", "email", "custom"):
        people[pk] += [name, *_searched("contact_person", custom, "text")]
        addresses[pk] += filter(None, (wechat, email))
        phones[pk] += _searched("contact_person", custom, "phone")
    for pk, number in Phone.objects.filter(customer__in=pks).order_by("pk").values_list("customer_id", "number"):
        phones[pk].append(number)
    for pk, name, short_name, custom in rows:
        names = (name, short_name, *people[pk], *_searched("customer", custom, "text"))
        numbers = [*phones[pk], *_searched("customer", custom, "phone")]
        yield document_of(pk, names=names, phones=numbers, addresses=addresses[pk])


def _searched(subject: str, custom: dict[str, Any] | None, kind: str) -> list[str]:
    """By what its custom fields find a row. Asks for no field where none has a value."""
    return searched(custom, fields_of(subject), kind) if custom else []


def reindex_customer(customer: Customer) -> None:
    """Make a customer findable by what it is called now. Called in the transaction that made or changed it."""
    reindex_customers([customer.pk])


def is_searched(fields: Iterable[str]) -> bool:
    """Whether one of these fields (named as the audit record does) is a custom one that customers are found by."""
    codes = {code_of(name) for name in fields if is_custom(name)}
    return bool(codes) and any(field.code in codes and field.is_searchable for field in fields_of("customer"))


def reindex_filled(subject: str) -> None:
    """Make every customer findable whose custom fields, or those of the people there, have any value: by which of them
    it is found has changed. In batches, each a transaction of its own."""
    rows = (ContactPerson if subject == "contact_person" else Customer)._default_manager.exclude(custom=None)
    key, after = "customer" if subject == "contact_person" else "pk", 0
    while True:
        keys = rows.filter(**{f"{key}__gt": after}).order_by(key).values_list(key, flat=True).distinct()[:BATCH]
        batch = list(keys)
        if not batch:
            return
        with transaction.atomic():
            reindex_customers(batch)
        after = batch[-1]


def reindex_customers(pks: Iterable[int]) -> None:
    """The same for many customers, or for some that are gone."""
    wanted = set(pks)
    found = list(documents(wanted))
    index.index(found)
    gone = wanted - {document.pk for document in found}
    if gone:
        index.remove(KIND, gone)


@dataclass(frozen=True, slots=True)
class Row:
    """A found customer as its line shows it.

    `name` is what stands before, in and after what was typed; `contact` whom to ask for, `tail` the last digits of a
    phone: whole numbers stand on the customer's page only.
    """

    customer: Customer
    customer_class: CustomerClass | None
    name: tuple[str, str, str]
    matched_by: str
    how: str
    is_own: bool
    contact: str
    tail: str
    state: str
    meets_today: bool

    @property
    def pk(self) -> int:
        return self.customer.pk

    @property
    def label(self) -> str:
        return self.customer.short_name or self.customer.name


def answer(actor: Any, query: Query, limit: int, today: date) -> Answer:
    """The customers in the actor's scope that a query finds, the actor's own first.

    A customer of a pool shows of its phone four digits at most and of its addresses nothing, so it is not found by more
    either, except by the whole number or address: else a patient reader could guess the rest sign by sign.
    """
    sees_no_unit = not (actor.scope.everything or actor.scope.units)
    found = index.find(
        KIND,
        query,
        limit=limit,
        within=Customer.objects.visible_to(actor, today),
        first=Customer.objects.owned_by(actor.pk),
        # Beside one's own there are pools, and what is lent: too little for a walk, which it would lead off the index.
        rest=Customer.objects.visible_to(actor, today, through=Way.COMMON).in_pool() if sees_no_unit else None,
    )
    customers = (
        Customer.objects.select_related("owner", "unit")
        .prefetch_related("contact_people", "phones")
        .in_bulk([hit.pk for hit in found.hits])
    )
    rows = [
        _row(customers[hit.pk], hit.matched_by, query, actor, today)
        for hit in found.hits
        if hit.pk in customers and (customers[hit.pk].owner_id is not None or not _tells_more(query, hit))
    ]
    return Answer(rows, found.is_complete)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Rows of a list; `is_whole` says that no others are found by that name."""

    rows: CustomerQuerySet
    is_whole: bool = True


MOST_IN_LIST = 500  # found by a name and listed (ours): the page says that there are more


def narrowed(rows: CustomerQuerySet, text: str, limit: int = MOST_IN_LIST) -> Narrowed:
    """Those of a list that a search finds, `limit` at most; `rows` is in the reader's scope already."""
    query = parse(text)
    answer = index.find(KIND, query, limit=limit, within=rows)
    telling = [hit.pk for hit in answer.hits if _tells_more(query, hit)]
    found = rows.filter(pk__in=[hit.pk for hit in answer.hits])
    return Narrowed(found.exclude(pk__in=telling, owner=None) if telling else found, answer.is_complete)


def _row(customer: Customer, matched_by: str, query: Query, actor: Any, today: date) -> Row:
    playbook = variant(customer.playbook)
    start, end = span(customer.name, query)
    people = [person.name for person in customer.contact_people.all()]
    met = customer.appointment_at
    return Row(
        customer=customer,
        customer_class=playbook.class_of(customer.class_code) if playbook.has_class(customer.class_code) else None,
        name=(customer.name[:start], customer.name[start:end], customer.name[end:]),
        matched_by=matched_by,
        how=_how(customer, matched_by, query),
        is_own=customer.owner_id == actor.pk,
        contact=next((name for name in people if span(name, query) != (0, 0)), people[0] if people else ""),
        tail=_tail([phone.number for phone in customer.phones.all()], query),
        state=customer.follow_up_state(today),
        meets_today=met is not None and timezone.localdate(met) == today,
    )


# How a customer was found, as its line says it.
HOW = {
    "name": _("name"),
    "short_name": _("short name"),
    "person": _("contact person"),
    "initials": _("initials"),
    "pinyin": _("pinyin"),
    "phone": _("phone"),
    "phone_tail": _("end of the phone"),
    "phone_part": _("within the phone"),
    "address": _("WeChat or e-mail"),
    "address_part": _("WeChat or e-mail"),
    "sound": _("sounds alike"),
    "near": _("nearly"),
    "custom": _("custom field"),
}


def _how(customer: Customer, matched_by: str, query: Query) -> str:
    """How it was found, in words; of a name, which of them."""
    if matched_by == "name":
        term = query.terms[0]
        if term not in fold(customer.name):
            people = (person.name for person in customer.contact_people.all())
            is_person = any(term in fold(name) for name in people)
            matched_by = "short_name" if term in fold(customer.short_name) else "person" if is_person else "custom"
    return str(HOW[matched_by])


def _tells_more(query: Query, hit: index.Hit) -> bool:
    """Whether being found tells more than a pool shows: part of an address, digits before the last four."""
    return any(
        way in ("phone_part", "address_part") or (way == "phone_tail" and len(term) > 4)
        for term, way in zip(query.terms, hit.ways, strict=False)
    )


def _tail(numbers: list[str], query: Query) -> str:
    """The last four digits of the number that was found, else of the first."""
    asked = [number for number in numbers if any(term.isdecimal() and term in number for term in query.terms)]
    return next((number[-4:] for number in asked or numbers if len(number) >= 8), "")
