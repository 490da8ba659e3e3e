"""What arrives: kept word for word first, then settled as a new lead or as one more arrival of an open one.

Between the two anything may fail: an arrival that stands is never lost, and is settled by the next sweep. What is sent
twice (the same key) is one arrival; identical ones (the same fingerprint) are one that counts.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone

from genjin.core.audit.services import record_many
from genjin.core.events import emit
from genjin.core.many_rows import among
from genjin.core.permissions import require
from genjin.core.reasons import Reason
from genjin.customers.rules import name_key
from genjin.leads import rules
from genjin.leads.assigning.desk import Desk
from genjin.leads.custom import filled_up
from genjin.leads.events import LeadArrived
from genjin.leads.merging.models import LeadMerge
from genjin.leads.models import Arrival, ArrivalQuerySet, Channel, Lead, Outcome
from genjin.leads.search import reindex_lead
from genjin.leads.services.batches import settle_new
from genjin.leads.services.making import customer_with, entry_of, fields_of, lead_of
from genjin.leads.services.placing import place
from genjin.leads.services.records import FILE, keep, snapshot
from genjin.organization.models import Person

BATCH = 500  # arrivals settled in one transaction (ours)
logger = logging.getLogger(__name__)


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
        settled += _settle_together(keys, at=clock())
    return settled


def _settle_together(keys: Sequence[int], *, at: datetime) -> int:
    """A batch in one transaction; where one of it cannot be settled, each in its own."""
    try:
        with transaction.atomic():
            arrivals = list(_waiting(keys))
            desk = Desk(at=at)
            desk.hold({arrival.unit_id for arrival in arrivals})
            for arrival in settle_new(arrivals, at=at, desk=desk):
                settle(arrival, at=at, desk=desk)
            desk.close()
            return len(arrivals)
    except OperationalError:  # the database is away or busy: no arrival's fault
        raise
    except Exception:
        logger.exception("arrivals %s to %s are settled one by one", keys[0], keys[-1])
    return sum(_settle_alone(pk, at=at) for pk in keys)


def _settle_alone(pk: int, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            arrival = _waiting([pk]).first()
            if arrival is not None:
                settle(arrival, at=at)
            return arrival is not None
    except OperationalError:
        raise
    except Exception:
        logger.exception("arrival %s cannot be settled and waits on", pk)
        return False


def _waiting(keys: Sequence[int]) -> ArrivalQuerySet:
    """Those of these that still wait and that nobody else settles now, held."""
    held = Arrival.objects.select_for_update(of=("self",), skip_locked=True).unsettled()
    return held.filter(pk__in=among(keys)).order_by("pk")


def settle(
    arrival: Arrival, *, at: datetime, owner: Person | None = None, referred_by: int | None = None,
    desk: Desk | None = None,
) -> Lead:  # fmt: skip
    """Make the arrival one more of an open lead with the same phone or e-mail, or a lead of its own.

    `desk`: where others of the same transaction are given out, else one of its own.
    """
    if arrival.lead is not None:
        return arrival.lead
    fields = fields_of(arrival.given)
    lead = _open_lead_with(fields)
    is_new = lead is None
    if lead is None:
        lead = _new_lead(arrival, fields, owner=owner, referred_by=referred_by, desk=desk or Desk(at=at))
    else:
        _add_to(lead, arrival, fields, at=at)
    arrival.lead, arrival.settled_at = lead, at
    arrival.save(update_fields=["lead", "settled_at"])
    emit(LeadArrived(lead, arrival, is_new, at))
    return lead


def _open_lead_with(fields: Mapping[str, Any]) -> Lead | None:
    """An open lead with the same strong key, held until the transaction ends."""
    same = Q(pk__in=[])
    if fields["phone"]:
        same |= Q(phone=fields["phone"]) & ~Q(phone="")  # said, so that SQLite takes the index without empty ones
    if fields["email"]:
        same |= Q(email=fields["email"]) & ~Q(email="")
    if not same:
        return None
    held = Lead.objects.select_for_update(of=("self",)).select_related("unit")
    found = list(held.filter(same).filter(Q(ended_at=None) | Q(outcome=Outcome.DUPLICATE)).order_by("pk"))
    taken_in = [row.pk for row in found if not row.is_open]
    return next((row for row in found if row.is_open), None) or (_that_took_in(taken_in) if taken_in else None)


def _that_took_in(parts: Sequence[int]) -> Lead | None:
    """The open lead that these have become part of, held as well."""
    seen: set[int] = set()
    wanted = list(parts)
    while wanted:
        seen.update(wanted)
        kept = LeadMerge.objects.standing().filter(absorbed__in=wanted).values_list("kept", flat=True)
        wanted = [pk for pk in kept if pk not in seen]
    held = Lead.objects.select_for_update(of=("self",)).select_related("unit")
    return held.open().filter(pk__in=seen).order_by("pk").first()


def _new_lead(
    arrival: Arrival, fields: Mapping[str, Any], *, owner: Person | None, referred_by: int | None, desk: Desk
) -> Lead:
    matched = customer_with(phone=fields["phone"], email=fields["email"])
    lead = lead_of(arrival, fields, matched=matched, referred_by=referred_by)
    place(lead, arrival, owner=owner, desk=desk)
    desk.close()
    lead.save(force_insert=True)
    record_many([entry_of(lead, arrival)])
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
