"""What arrives: kept word for word first, then settled as a new lead or as one more arrival of an open one.

Between the two anything may fail: an arrival that stands is never lost, and is settled by the next sweep. What is sent
twice (the same key) is one arrival; identical ones (the same fingerprint) are one that counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Reason
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.rules import name_key, normalised_phone
from genjin.leads import rules
from genjin.leads.custom import filled_up, values_of_arrival
from genjin.leads.events import LeadArrived
from genjin.leads.merging.models import LeadMerge
from genjin.leads.models import Arrival, Channel, Lead, Outcome
from genjin.leads.search import reindex_lead
from genjin.leads.services.placing import place
from genjin.leads.services.records import FILE, keep, snapshot
from genjin.organization.models import Person

BATCH = 100  # arrivals settled between two looks (ours)
LONGEST = {column.name: column.max_length for column in Lead._meta.concrete_fields}


@dataclass(frozen=True, slots=True)
class Coming:
    """What came in, not yet written. `given` are texts by the names of `rules.GIVEN`, as they were typed; `came_from`
    is what the channel knows besides (referrer, utm_…); `queue` where it is to lie, None for where rules send it."""

    channel: str
    unit: int
    given: Mapping[str, Any]
    came_from: Mapping[str, Any] = field(default_factory=dict)
    source: int | None = None
    campaign: str = ""
    key: UUID = field(default_factory=uuid4)
    referred_by: int | None = None
    queue: int | None = None
    form: int | None = None


def write_arrival(coming: Coming, *, by: Person | None, at: datetime) -> Arrival:
    """Keep what came in; one that came before, by its key or word for word, is that one, counted once more.

    The cheapest durable step: a single row, in the caller's transaction or in its own.
    """
    known = Arrival.objects.filter(key=coming.key).first()
    if known is not None:
        return known
    came_by = f"{coming.channel} {coming.unit} {coming.form or ''}"
    mark = rules.fingerprint(coming.given, came_by) if coming.channel == Channel.FORM else ""
    if mark and _counted(mark, at):
        return Arrival.objects.get(fingerprint=mark)
    row = Arrival(
        key=coming.key, at=at, last_at=at, channel=coming.channel, unit_id=coming.unit, given=dict(coming.given),
        came_from=dict(coming.came_from), source_id=coming.source, campaign=coming.campaign[:100], by=by,
        fingerprint=mark, queue_id=coming.queue, form_id=coming.form,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same came in meanwhile
        _counted(mark, at)
        return Arrival.objects.get(Q(key=coming.key) | Q(fingerprint=mark) & ~Q(fingerprint=""))
    return row


def _counted(mark: str, at: datetime) -> bool:
    """Whether it is there already: then it and its lead count one more."""
    if not Arrival.objects.filter(fingerprint=mark).update(times=F("times") + 1, last_at=at):
        return False
    settled = Lead.objects.filter(pk__in=Arrival.objects.filter(fingerprint=mark).values("lead"))
    settled.update(times=F("times") + 1, last_arrived_at=at)
    return True


def receive(coming: Coming, *, by: Person | None, at: datetime, owner: Person | None = None) -> Lead:
    """Keep and settle in one go: for what a person enters. `owner` is whose it is from the first; else rules decide."""
    if by is not None:
        require(by, "leads.create")
    with transaction.atomic():
        return settle(write_arrival(coming, by=by, at=at), at=at, owner=owner, referred_by=coming.referred_by)


def settle_arrivals(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Everything that waits, the oldest first; how many were settled. One that cannot be settled waits on, and the
    others go before it."""
    settled, left = 0, 0
    while keys := list(
        Arrival.objects.filter(settled_at=None, pk__gt=left).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        left = keys[-1]
        for pk in keys:
            settled += _settle_one(pk, at=clock())
    return settled


@transaction.atomic
def _settle_one(pk: int, *, at: datetime) -> bool:
    arrival = Arrival.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, settled_at=None).first()
    if arrival is None:
        return False
    settle(arrival, at=at)
    return True


def settle(arrival: Arrival, *, at: datetime, owner: Person | None = None, referred_by: int | None = None) -> Lead:
    """Make the arrival one more of an open lead with the same phone or e-mail, or a lead of its own."""
    if arrival.lead is not None:
        return arrival.lead
    fields = fields_of(arrival.given)
    lead = _open_lead_with(fields)
    is_new = lead is None
    if lead is None:
        lead = _new_lead(arrival, fields, owner=owner, referred_by=referred_by)
    else:
        _add_to(lead, arrival, fields, at=at)
    arrival.lead, arrival.settled_at = lead, at
    arrival.save(update_fields=["lead", "settled_at"])
    emit(LeadArrived(lead, arrival, is_new, at))
    return lead


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


def _open_lead_with(fields: Mapping[str, Any]) -> Lead | None:
    """An open lead with the same strong key, held until the transaction ends."""
    same = Q(pk__in=[])
    if fields["phone"]:
        same |= Q(phone=fields["phone"])
    if fields["email"]:
        same |= Q(email=fields["email"])
    if not same:
        return None
    held = Lead.objects.select_for_update(of=("self",)).select_related("unit")
    found = held.open().filter(same).order_by("pk").first()
    return found or _that_took_in(same)


def _that_took_in(same: Q) -> Lead | None:
    """The open lead that took in one with these keys, held as well."""
    parts = Lead.objects.filter(same, outcome=Outcome.DUPLICATE).order_by("pk").values_list("pk", flat=True)
    seen: set[int] = set()
    wanted = list(parts)
    while wanted:
        seen.update(wanted)
        merges = LeadMerge.objects.standing().filter(absorbed__in=wanted).order_by("-pk")
        wanted = [pk for pk in merges.values_list("kept", flat=True) if pk not in seen]
    held = Lead.objects.select_for_update(of=("self",)).select_related("unit")
    return held.open().filter(pk__in=seen).order_by("pk").first() if seen else None


def _new_lead(arrival: Arrival, fields: Mapping[str, Any], *, owner: Person | None, referred_by: int | None) -> Lead:
    lead = Lead(
        **fields, channel=arrival.channel, source_id=arrival.source_id, campaign=arrival.campaign,
        arrived_at=arrival.at, last_arrived_at=arrival.last_at, times=arrival.times, created_by=arrival.by,
        referred_by_id=referred_by, unit_id=arrival.unit_id,
    )  # fmt: skip
    lead.name_key = name_key(lead.company) if lead.company else ""
    lead.custom = values_of_arrival(arrival.given)
    lead.matched = customer_with(phone=lead.phone, email=lead.email)
    place(lead, arrival, owner=owner)
    lead.save(force_insert=True)
    record(
        by=arrival.by, at=arrival.at, verb="lead.arrived", kind="lead", subject=lead.pk,
        changes={"called": [None, lead.called], "arrival": [None, arrival.pk], "owner_id": [None, lead.owner_id],
                 "queue_id": [None, lead.queue_id], "version": [0, 1]},
    )  # fmt: skip
    reindex_lead(lead)
    return lead


def _add_to(lead: Lead, arrival: Arrival, fields: Mapping[str, Any], *, at: datetime) -> None:
    """Fill what was empty, keep what stood: the arrival itself keeps every word. Who had been put off is pushed anew
    today."""
    names = (*FILE, "times", "last_arrived_at", "push_on", "push_why")
    before = snapshot(lead, names)
    for name, value in fields.items():
        if value and not getattr(lead, name):
            setattr(lead, name, value)
    lead.custom = filled_up(lead.custom, arrival.given)
    lead.name_key = name_key(lead.company) if lead.company else ""
    lead.times += arrival.times
    lead.last_arrived_at = max(lead.last_arrived_at, arrival.last_at)
    today = timezone.localdate(at)
    if lead.push_on is None or lead.push_on > today:
        lead.push_on, lead.push_why = today, Reason("lead_came_again", {"times": lead.times}).as_json()
    keep(lead, before, by=arrival.by, at=at, verb="lead.came_again", changes={"arrival": [None, arrival.pk]})
    reindex_lead(lead)


def customer_with(*, phone: str, email: str) -> Customer | None:
    """A customer that has this phone or e-mail already, an open one first."""
    found = Q(pk__in=[])
    if phone:
        found |= Q(pk__in=Phone.objects.filter(number=phone).values("customer"))
    if email:
        found |= Q(pk__in=ContactPerson.objects.filter(email__iexact=email).values("customer"))
    if not found:
        return None
    rows = Customer.objects.filter(found).exclude(closed_kind=Customer.Closed.DUPLICATE).select_related("owner")
    return rows.order_by(F("closed_on").asc(nulls_first=True), "pk").first()
