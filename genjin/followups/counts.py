"""Counts that stand outside of this app's own pages."""

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from genjin.core.statements import Statement
from genjin.customers.models import Customer
from genjin.followups.models import Digest
from genjin.organization.models import Person

_KEPT = "_unread_reminders"


def overdue_count(person: Person) -> int:
    """How many of a person's own customers are overdue today: the figure at the place Today.

    The bell's figure comes with the same question and is kept for it: both stand in the rail of every page.
    """
    overdue, unread = _in_the_rail.one(person=person.pk, today=timezone.localdate())
    setattr(person, _KEPT, unread)
    return overdue


def unread_count(person: Person) -> int:
    """How many reminders a person has not read: the figure at the bell."""
    kept = getattr(person, _KEPT, None)
    if kept is None:
        return _in_the_rail.one(person=person.pk, today=timezone.localdate())[1]
    delattr(person, _KEPT)
    return kept


@Statement
def _in_the_rail(person: int, today: date) -> QuerySet:
    overdue = Customer.objects.owned_by(person).filter(due_on__lt=today)
    unread = Digest.objects.unread().filter(person=person)
    return Person.objects.filter(pk=person).order_by().values_list(_amount(overdue), _amount(unread))


def _amount(rows: QuerySet[Any, Any]) -> Coalesce:
    """How many rows there are, as a value in another question."""
    amount = rows.order_by().annotate(whole=Value(1)).values("whole").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(amount, output_field=IntegerField()), 0)
