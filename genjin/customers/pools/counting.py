"""What a person took out of the pools today, and whom they looked at there before claiming.

A claim that is taken back stays counted, for the phones have been seen. Both counts are kept under the lock on the
person, so that two hands of one person do not pass a bound together.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.core.statements import Amount, Statement
from genjin.customers.models import ClaimsOfDay, Customer, Glance
from genjin.customers.pools import rules
from genjin.customers.pools.administering import leads_pool
from genjin.organization.models import Person
from genjin.playbooks.services import playbook_for

KEPT_DAYS = 30  # how long it is known who looked at whom (ours)


def claimed_on(day: date, person: Person) -> int:
    """How many customers the person has claimed on a day."""
    rows = _claims(person=person.pk, day=day)
    return rows[0][0] if rows else 0


def note_claims(person: Person, number: int, *, today: date) -> None:
    """Count claims of a person who is locked."""
    if not ClaimsOfDay.objects.filter(person=person, on=today).update(number=F("number") + number):
        ClaimsOfDay.objects.create(person=person, on=today, number=number)


def looked_at_on(day: date, person: Person) -> int:
    """How many customers that nobody had claimed the person has opened on a day."""
    return _glances(person=person.pk, day=day)


@Statement
def _claims(person: int, day: date) -> QuerySet:
    return ClaimsOfDay.objects.filter(person=person, on=day).order_by().values_list("number")


@Amount
def _glances(person: int, day: date) -> QuerySet:
    return Glance.objects.filter(person=person, on=day).order_by().values_list("pk")


@dataclass(frozen=True, slots=True)
class DayInPools:
    """What a person has done in the pools today against the bounds of their playbook; None is without a bound."""

    claimed: int
    claims_a_day: int | None
    seen: int
    views_a_day: int | None


def day_of(person: Person, today: date) -> DayInPools:
    bounds = playbook_for(person.unit_id, tree=person.tree).pool
    claimed, seen = claimed_on(today, person), looked_at_on(today, person)
    return DayInPools(claimed, bounds.claims_a_day, seen, bounds.views_a_day)


def look_at(*, customer: Customer, by: Person, at: datetime) -> None:
    """Open a customer that lies in a pool: counted once a day. Refused above the bound of the person's playbook.

    Who leads the unit or administers the pool looks at as many as they like.
    """
    if customer.pool_id is None or leads_pool(customer, by):
        return
    bounds = playbook_for(by.unit_id).pool
    if bounds.views_a_day is None:
        return
    today = timezone.localdate(at)
    if Glance.objects.filter(person=by, on=today, customer=customer.pk).exists():
        return
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        reason = rules.refusal_to_look(bounds, seen=looked_at_on(today, by))
        if reason:
            raise Refused(reason.code, **reason.figures)
        Glance.objects.bulk_create([Glance(person=by, on=today, customer=customer.pk)], ignore_conflicts=True)


def forget(*, at: datetime) -> None:
    """Throw away what no day asks for any more."""
    old = timezone.localdate(at) - timedelta(days=KEPT_DAYS)
    for kept in (ClaimsOfDay, Glance):
        kept.objects.filter(on__lt=old).delete()
