"""Whose phones and addresses are hidden: those of customers that nobody owns, where the pool's unit wants it so."""

from collections.abc import Iterable

from genjin.customers.models import Customer
from genjin.playbooks.services import playbooks_for


def masks(customer: Customer) -> bool:
    """Whether phones are shown with four digits and addresses not at all."""
    return customer.pk in masked_among([customer])


def masked_among(customers: Iterable[Customer]) -> set[int]:
    """The keys of those whose phones and addresses are hidden. Without an unowned one nothing is asked."""
    unowned = {row.pk: row.unit_id for row in customers if row.owner_id is None}
    return _masked(unowned)


def masked_in_pools(keys: Iterable[int]) -> set[int]:
    """The same among these keys, of open customers."""
    rows = Customer.objects.in_pool().filter(pk__in=keys).order_by()
    return _masked(dict(rows.values_list("pk", "unit_id")))


def _masked(unit_of: dict[int, int]) -> set[int]:
    playbooks = playbooks_for(unit_of.values())
    return {pk for pk, unit in unit_of.items() if playbooks[unit].pool.masked_phones}
