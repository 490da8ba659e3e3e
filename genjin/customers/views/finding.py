"""Finding the row an address names, within what the reader may see: anything else is not there (404)."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from genjin.core.reasons import NotPermitted
from genjin.customers.abilities import Abilities, abilities_of
from genjin.customers.models import Customer
from genjin.organization.models import Person


def customer_for(request: HttpRequest, pk: int, *, beside: tuple[str, ...] = ()) -> Customer:
    """The customer with whose, where and whence, and what else stands `beside` it. A stranger gets a 404."""
    joined = ("owner", "unit", "pool", "source", "referred_by", *beside)
    rows = Customer.objects.visible_to(request.user).select_related(*joined)
    customer = rows.filter(pk=pk).first()
    if customer is None:
        raise Http404
    return customer


def require_ability(name: str, customer: Customer, person: Person, today) -> Abilities:
    """Raise NotPermitted (403 in words) unless the person may do this to the customer they see."""
    abilities = abilities_of(customer, person, today)
    if getattr(abilities, name):
        return abilities
    if not customer.is_open and name != "reopen":
        raise NotPermitted("customer_is_closed", name=customer.name)
    if customer.owner_id is None and name in ("work", "plan", "move_class", "confirm", "close"):
        raise NotPermitted("claim_it_first", name=customer.name)
    if not (person.may("customers.work")):
        raise NotPermitted("role_only_reads")
    raise NotPermitted("belongs_to_another", name=customer.name)


def instant(text: str) -> datetime | None:
    """An instant as an address says it; None for anything else."""
    try:
        at = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) else None
