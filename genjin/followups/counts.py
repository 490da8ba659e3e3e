"""Counts that stand outside of this app's own pages."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.statements import Statement, counted
from genjin.customers.models import Customer
from genjin.organization.models import Person


def overdue_count(person: Person) -> int:
    """How many of a person's own customers are overdue today: the figure at the place Today."""
    return _overdue.one(person=person.pk, today=timezone.localdate())[0]


@Statement
def _overdue(person: int, today: date) -> QuerySet:
    return counted(Customer.objects.owned_by(person).filter(due_on__lt=today))
