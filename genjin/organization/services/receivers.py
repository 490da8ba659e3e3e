"""Taking on customers: who may, and that they stay while it is written."""

from collections.abc import Iterable

from django.db import transaction

from genjin.core.reasons import Refused
from genjin.organization import rules
from genjin.organization.models import Person


def hold_receivers(people: Iterable[Person]) -> list[Person]:
    """The people as they stand now, locked, in the order of their keys. Refused when one left or only reads.

    Every service that gives somebody a customer calls this in its transaction: otherwise a colleague who is being
    deactivated at that moment could end up as the owner of an open customer.
    """
    assert transaction.get_connection().in_atomic_block
    keys = {person.pk for person in people}
    held = list(Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    for person in held:
        if not person.is_active:
            raise Refused("receiver_has_left", name=person.name)
        if not rules.may_hold_customers(role=person.role, is_active=person.is_active):
            raise Refused("receiver_only_reads", name=person.name)
    return held
