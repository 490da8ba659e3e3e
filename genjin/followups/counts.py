"""Counts that stand outside of this app's own pages."""

from django.utils import timezone

from genjin.customers.models import Customer
from genjin.organization.models import Person


def overdue_count(person: Person) -> int:
    """How many of a person's own customers are overdue today: the figure at the place Today."""
    return Customer.objects.owned_by(person).filter(due_on__lt=timezone.localdate()).count()
