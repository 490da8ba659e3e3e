"""锁定: who leads a unit keeps a customer for its owner, up to and including a day. Until then it does not go back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.services.records import keep, locked, require_open, snapshot
from genjin.organization.models import Person

KEPT = ("kept_until", "kept_why")
LONGEST = timedelta(days=366)  # whoever needs longer keeps it again (ours)


@transaction.atomic
def keep_customer(
    *, customer: Customer, until: date | None, reason: str, by: Person, at: datetime, version: int | None = None
) -> Customer:
    """Keep an owned customer until a day, with a reason; without a day it is kept no longer."""
    require(by, "customers.keep")
    row = locked(customer, version=version)
    require_keepable(row, by)
    before = snapshot(row, KEPT)
    keep_by_lead(row, until=until, reason=reason, by=by, today=timezone.localdate(at))
    if snapshot(row, KEPT) != before:
        keep(row, before, by=by, at=at, verb="customer.kept", note=reason.strip())
    return row


def require_keepable(customer: Customer, by: Person) -> None:
    """Raise unless somebody owns the customer whom this person leads."""
    require_open(customer)
    if customer.owner_id is None:
        raise Refused("kept_needs_an_owner", name=customer.name)
    if not by.scope.leads(customer.unit_id):
        raise NotPermitted("only_who_leads_keeps", name=customer.name)


def keep_by_lead(customer: Customer, *, until: date | None, reason: str, by: Person, today: date) -> None:
    """Kept until a day, or no longer. Saves nothing."""
    if until is None:
        customer.kept_until = customer.kept_why = None
        return
    require_day(until, reason, today=today)
    customer.kept_until, customer.kept_why = until, {"by": by.name, "text": reason.strip()}


def require_day(until: date, reason: str, *, today: date) -> None:
    """Raise unless the day is to come, within a year, and it is said why."""
    if until < today:
        raise Refused("date_before_today", day=until.isoformat())
    if until > today + LONGEST:
        raise Refused("keeping_is_too_long", day=(today + LONGEST).isoformat())
    if not reason.strip():
        raise Refused("keeping_needs_a_reason")
