"""The people and phones of one customer, as `prefetch_related` would bring them, asked in words written once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from genjin.core.statements import Statement
from genjin.customers.models import ContactPerson, Customer, Phone


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
