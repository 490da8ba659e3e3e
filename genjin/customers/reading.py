"""The people and phones of customers, asked in words written once: whole for one, the little a list shows for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from genjin.core.statements import Keys, Statement
from genjin.customers.models import ContactPerson, Customer, Phone


class Contact(NamedTuple):
    """A contact person as a line of a list knows one."""

    pk: int
    name: str
    title: str
    wechat: str
    email: str
    is_key_person: bool


@dataclass(slots=True)
class People:
    """Who is known at a customer, the one to ask for first, and every number with whose it is (None: the firm's)."""

    contacts: list[Contact] = field(default_factory=list)
    numbers: list[tuple[int | None, str]] = field(default_factory=list)

    @property
    def first(self) -> Contact | None:
        return self.contacts[0] if self.contacts else None

    @property
    def number(self) -> str:
        """The number to dial: of the first person, else the first there is."""
        own = [number for whose, number in self.numbers if self.contacts and whose == self.contacts[0].pk]
        return next(iter(own or [number for _whose, number in self.numbers]), "")


def people_of(customers: Iterable[int]) -> dict[int, People]:
    """The people of each of these customers, by its key. Two questions for fifty."""
    keys, found = Keys(customers), defaultdict[int, People](People)
    for customer, *contact in _contacts(keys=keys):
        found[customer].contacts.append(Contact(*contact))
    for customer, whose, number in _numbers(keys=keys):
        found[customer].numbers.append((whose, number))
    return found


@Statement
def _contacts(keys: Keys) -> QuerySet:
    return ContactPerson.objects.filter(customer__in=keys).values_list("customer_id", *Contact._fields)


@Statement
def _numbers(keys: Keys) -> QuerySet:
    return Phone.objects.filter(customer__in=keys).values_list("customer_id", "contact_person_id", "number")


def with_people_read(customer: Customer) -> Customer:
    """The customer with its contact people and phones, and each person with theirs. Two questions."""
    people, phones = _people(customer=customer.pk), _phones(customer=customer.pk)
    _hold(customer, "contact_people", people)
    _hold(customer, "phones", phones)
    for person in people:
        person.customer = customer
        _hold(person, "phones", [phone for phone in phones if phone.contact_person_id == person.pk])
    return customer


@Statement
def _people(customer: int) -> QuerySet:
    return ContactPerson.objects.filter(customer=customer)


@Statement
def _phones(customer: int) -> QuerySet:
    return Phone.objects.filter(customer=customer)


def _hold(instance: Model, name: str, rows: Sequence[Any]) -> None:
    """Let `instance.name.all()` be these rows, as Django's own prefetching does."""
    kept = getattr(instance, name).get_queryset()
    kept._result_cache, kept._prefetch_done = list(rows), True
    vars(instance).setdefault("_prefetched_objects_cache", {})[name] = kept
