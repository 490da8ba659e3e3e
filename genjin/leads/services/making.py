"""A new lead out of what arrived: its fields, whom it seems to be already, its first entry. Writes nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.db.models.functions import Lower

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry
from genjin.core.reasons import Reason
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.rules import name_key, normalised_phone
from genjin.leads import rules
from genjin.leads.custom import values_of_arrival
from genjin.leads.models import Arrival, Lead

LONGEST = {column.name: column.max_length for column in Lead._meta.concrete_fields}


def fields_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """A lead's fields from what was given: cut to what a column holds, the phone as it is compared. What is no phone or
    e-mail is kept as text, never thrown away."""
    texts = {name: str(given.get(name) or "").strip() for name in rules.GIVEN}
    wants, fields = texts.pop("wants"), {}
    phone, email = texts.pop("phone"), texts.pop("email").lower()
    for name, text in texts.items():
        fields[name] = " ".join(text.split())[: LONGEST[name]]
    number = normalised_phone(phone) if phone else ""
    fields["phone"] = number if isinstance(number, str) else ""
    fields["phone_text"] = phone[:120] if isinstance(number, Reason) else ""
    fields["email"] = email if _is_address(email) else ""
    besides = "" if fields["email"] == email else email
    fields["wants"] = "\n".join(part for part in (wants, besides) if part)[:5000]
    return fields


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254


def lead_of(
    arrival: Arrival, fields: Mapping[str, Any], *, matched: Customer | None, referred_by: int | None = None
) -> Lead:
    """A lead that nobody has yet: without owner and queue."""
    lead = Lead(
        **fields, channel=arrival.channel, source_id=arrival.source_id, campaign=arrival.campaign,
        arrived_at=arrival.at, last_arrived_at=arrival.last_at, times=arrival.times, created_by_id=arrival.by_id,
        referred_by_id=referred_by, unit_id=arrival.unit_id, matched=matched,
    )  # fmt: skip
    lead.name_key = name_key(lead.company) if lead.company else ""
    lead.custom = values_of_arrival(arrival.given)
    return lead


def entry_of(lead: Lead, arrival: Arrival) -> Entry:
    """The first entry of a lead that has its key."""
    return entry(
        by=arrival.by, at=arrival.at, verb="lead.arrived", kind="lead", subject=lead.pk,
        changes={"called": [None, lead.called], "arrival": [None, arrival.pk], "owner_id": [None, lead.owner_id],
                 "queue_id": [None, lead.queue_id], "version": [0, 1]},
    )  # fmt: skip


def customer_with(*, phone: str, email: str) -> Customer | None:
    """A customer that has this phone or e-mail already, an open one first."""
    return customers_with([(phone, email)]).get((phone, email))


def customers_with(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Customer]:
    """The same for many phones and e-mails, by the pair."""
    phones = {phone for phone, _email in wanted if phone}
    emails = {email.lower() for _phone, email in wanted if email}
    by_phone: dict[str, set[int]] = {}
    by_email: dict[str, set[int]] = {}
    if phones:
        for number, customer in Phone.objects.filter(number__in=phones).values_list("number", "customer"):
            by_phone.setdefault(number, set()).add(customer)
    if emails:
        people = ContactPerson.objects.exclude(email="").alias(address=Lower("email")).filter(address__in=emails)
        for email, customer in people.values_list("email", "customer"):
            by_email.setdefault(email.lower(), set()).add(customer)
    keys = set().union(*by_phone.values(), *by_email.values())
    if not keys:
        return {}
    rows = Customer.objects.filter(pk__in=keys).exclude(closed_kind=Customer.Closed.DUPLICATE).select_related("owner")
    ordered = list(rows.order_by(F("closed_on").asc(nulls_first=True), "pk"))
    found = {}
    for phone, email in wanted:
        mine = by_phone.get(phone, set()) | by_email.get(email.lower(), set())
        first = next((row for row in ordered if row.pk in mine), None)
        if first is not None:
            found[phone, email] = first
    return found
