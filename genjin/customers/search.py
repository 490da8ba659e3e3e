"""What a customer is found by, and how a found one is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from genjin.core.search import index
from genjin.core.search.registry import Answer
from genjin.core.search.rules import Document, Query
from genjin.customers.models import ContactPerson, Customer, Phone

KIND = "customer"
BATCH = 2000


def document_of(pk: int, *, names: Iterable[str], phones: Iterable[str]) -> Document:
    """What a customer is found by: its name, short name and the names of the people there; every phone number."""
    return Document(KIND, pk, tuple(names), tuple(phones))


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
    rows = list(customers.values_list("pk", "name", "short_name"))
    pks = [row[0] for row in rows]
    people: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    for pk, name in ContactPerson.objects.filter(customer__in=pks).order_by("pk").values_list("customer_id", "name"):
        people[pk].append(name)
    for pk, number in Phone.objects.filter(customer__in=pks).order_by("pk").values_list("customer_id", "number"):
        phones[pk].append(number)
    for pk, name, short_name in rows:
        yield document_of(pk, names=(name, short_name, *people[pk]), phones=phones[pk])


def reindex_customer(customer: Customer) -> None:
    """Make a customer findable by what it is called now. Called in the transaction that made or changed it."""
    reindex_customers([customer.pk])


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
    """A found customer as its line shows it. `contact` is who to ask for, `tail` the last digits of a phone: whole
    numbers stand on the customer's page only."""

    customer: Customer
    matched_by: str
    is_own: bool
    contact: str
    tail: str
    state: str


def answer(actor: Any, query: Query, limit: int, today: date) -> Answer:
    """The customers in the actor's scope that a query finds, the actor's own first.

    A customer of a pool shows of its phone four digits at most, so it is not found by any others either, except by the
    whole number: else a patient reader could guess the rest digit by digit.
    """
    found = index.find(
        KIND,
        query,
        limit=limit,
        within=Customer.objects.visible_to(actor, today),
        first=Customer.objects.owned_by(actor.pk),
    )
    customers = (
        Customer.objects.select_related("owner", "pool")
        .prefetch_related("contact_people", "phones")
        .in_bulk([hit.pk for hit in found.hits])
    )
    rows = []
    for hit in found.hits:
        customer = customers[hit.pk]
        numbers = [phone.number for phone in customer.phones.all()]
        if customer.owner_id is None and _tells_digits(query, hit.matched_by):
            continue
        people = list(customer.contact_people.all())
        rows.append(
            Row(
                customer=customer,
                matched_by=hit.matched_by,
                is_own=customer.owner_id == actor.pk,
                contact=people[0].name if people else "",
                tail=_tail(numbers, query),
                state=customer.follow_up_state(today),
            )
        )
    return Answer(rows, found.is_complete)


def _tells_digits(query: Query, matched_by: str) -> bool:
    return matched_by == "phone_part" or (
        matched_by == "phone_tail" and any(term.isdecimal() and len(term) > 4 for term in query.terms)
    )


def _tail(numbers: list[str], query: Query) -> str:
    """The last four digits of the number that was found, else of the first."""
    asked = [number for number in numbers if any(term.isdecimal() and term in number for term in query.terms)]
    return next((number[-4:] for number in asked or numbers if len(number) >= 8), "")
