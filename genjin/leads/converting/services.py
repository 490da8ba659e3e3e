"""Making a customer of a lead, and a lead again for a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.fields.reading import fields_of
from genjin.core.fields.rules import refusal
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.customers.custom import code_of, names_of, set_value, value_of
from genjin.customers.models import Customer
from genjin.customers.search import reindex_customer
from genjin.customers.services.identity import FILE, ContactFile, create_customer
from genjin.customers.services.ownership import Taker, claim_customer
from genjin.customers.services.phones import hold_phones
from genjin.customers.services.records import STANDING, keep, require_open, require_working, snapshot
from genjin.customers.services.records import locked as locked_customer
from genjin.customers.services.restoring import standing_of as customer_standing_of
from genjin.customers.services.standing import practice_for
from genjin.leads.converting import joining, planning
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.rules import Carried, carried, may_enter
from genjin.leads.events import LeadEnded, LeadsGiven
from genjin.leads.models import Lead, Outcome
from genjin.leads.qualifying.services import require_enough
from genjin.leads.rules import GIVEN
from genjin.leads.services import records
from genjin.leads.services.ownership import accept_lead
from genjin.leads.services.placing import own
from genjin.leads.services.pushes import end
from genjin.organization.models import Person, PersonQuerySet, Unit
from genjin.playbooks.practice import practice_of

UNDOABLE_FOR = timedelta(days=1)  # issue 5
WHOLE = (*STANDING, *FILE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a lead is to become: part of the customer `into`; else a new one of this name, in this class (the first of
    the playbook where none is named), of `owner` (the lead's own where none is named). `chosen` are the fields for
    which the lead's value is taken though the customer has another. `reason`: why, though something is missing."""

    into: Customer | None = None
    owner: Person | None = None
    name: str = ""
    class_code: str = ""
    chosen: Collection[str] = ()
    reason: str = ""


def receivers(by: Person, *, besides: Person | None = None) -> PersonQuerySet:
    """To whom one may hand a customer that one makes of a lead: those one sees, and everybody who works in the part of
    the company that one's unit belongs to, such as the field team beside it. `besides`: and whoever has the lead."""
    above = by.unit.parent_id or by.unit_id
    near = Q(unit__in=Unit.tree().below(above)) | Q(pk__in=Person.objects.visible_to(by).values("pk"))
    if besides is not None:
        near |= Q(pk=besides.pk)
    return Person.objects.filter(near).holding_customers().select_related("unit").order_by("unit", "pk")


def carried_of(lead: Lead, *, name: str = "") -> Carried:
    fields = {field: getattr(lead, field) for field in (*GIVEN, "phone_text", "source_id", "referred_by_id")}
    return carried(fields, name=name)


def own_carried(lead: Lead) -> dict[str, Any]:
    """The custom fields of a lead that customers have, too: of the same code and kind, where the value is one there."""
    values = lead.custom or {}
    there = {field.code: field for field in fields_of("customer")} if values else {}
    kinds = {field.code: field.kind for field in fields_of("lead")} if values else {}
    return {
        code: value
        for code, value in values.items()
        if code in there and kinds.get(code) == there[code].kind and refusal(there[code], value) is None
    }


@transaction.atomic
def convert_lead(*, lead: Lead, wanted: Wanted, by: Person, at: datetime, version: int | None = None) -> Conversion:
    """The lead ends as a customer; one in a queue is accepted first. Sent twice by the same person it is one.

    Raises Refused when somebody else was faster, when whoever it is handed to may hold no more of the class, when the
    customer is closed; NotPermitted when the customer it joins is not one's to work.
    """
    # Phones, then people, then rows: nobody waits in a circle.
    known = Lead.objects.get(pk=lead.pk)
    hold_phones([known.phone] if known.phone else [])
    handed = wanted.owner is not None and wanted.owner.pk not in (by.pk, known.owner_id) and wanted.into is None
    taker = _taker(wanted.owner, by) if handed and wanted.owner is not None else None
    row = records.locked(lead)
    if standing := Conversion.objects.filter(lead=row, undone_at=None).select_related("by").first():
        if standing.by_id == by.pk:
            return standing
        raise Refused("lead_converted_by", name=row.called, person=standing.by.name)
    if version is not None and row.queue_id is None:
        row = records.locked(lead, version=version)
    records.require_open(row)
    if row.queue_id is not None:
        accept_lead(lead=row, by=by, at=at)
        row = records.locked(lead)
    records.require_pushing(row, by)
    require_enough(row, reason=wanted.reason, by=by)
    before, stood = records.snapshot(row), records.standing_of(row)
    conversion = Conversion(lead=row, by=by, at=at, lead_stood=stood)
    if wanted.into is None:
        customer = _made(row, wanted, taker, conversion, by=by, at=at)
    else:
        customer = _joined(row, wanted, conversion, by=by, at=at)
    end(row, Outcome.CONVERTED, at=at)
    row.customer = customer
    conversion.customer, conversion.version = customer, customer.version
    conversion.told = customer.owner if customer.owner_id != by.pk else None
    conversion.save()
    records.keep(
        row,
        before,
        by=by,
        at=at,
        verb="lead.converted",
        note=wanted.reason.strip()[:200],
        changes={"conversion": [None, conversion.pk]},
    )
    emit(LeadEnded(row, by, at))
    return conversion


def _taker(person: Person, by: Person) -> Taker:
    if not receivers(by).filter(pk=person.pk).exists():
        raise NotPermitted("person_out_of_scope", person=person.name)
    return Taker(person)


def _made(
    lead: Lead, wanted: Wanted, taker: Taker | None, conversion: Conversion, *, by: Person, at: datetime
) -> Customer:
    """A new customer. Its limits refuse an owner who is handed it, as they do an assignment; keeping what one has
    worked as a lead is a fact."""
    owner = taker.person if taker else lead.owner if wanted.owner is None or lead.owner == wanted.owner else by
    assert owner is not None
    practice = practice_of(owner.unit)
    code = wanted.class_code or practice.playbook.entry_class.code
    if code not in {cls.code for cls in may_enter(practice.playbook)}:
        raise Refused("no_such_class", class_code=code)
    if taker is not None:
        taker.require_room(code)
    all_of_it = carried_of(lead, name=wanted.name.strip())
    contact = ContactFile(all_of_it.person, all_of_it.phones) if all_of_it.person else None
    customer = create_customer(
        fields=all_of_it.file,
        phones=() if contact else all_of_it.phones,
        contact=contact,
        class_code=code,
        custom=own_carried(lead),
        owner=owner,
        is_placed=True,
        by=by,
        at=at,
    )
    row = locked_customer(customer)
    before = snapshot(row)
    conversion.is_new = True
    conversion.made = planning.plan(row, lead, practice, by=by, at=at)
    changes: dict[str, list[Any]] = {"lead": [None, lead.pk], "person": [None, lead.owner.name if lead.owner else ""]}
    keep(row, before, by=by, at=at, verb="customer.from_lead", changes=changes)
    return row


def _joined(lead: Lead, wanted: Wanted, conversion: Conversion, *, by: Person, at: datetime) -> Customer:
    """Part of a customer that is there. One in a pool is claimed first, within what the pool's rules let one."""
    assert wanted.into is not None
    today = timezone.localdate(at)
    into = Customer.objects.visible_to(by).filter(pk=wanted.into.pk).first()
    if into is None:
        raise NotPermitted("customer_out_of_sight", name=wanted.into.name)
    row = locked_customer(into)
    require_open(row)
    own = own_carried(lead)
    whole = (*WHOLE, *names_of(row.custom, own))
    stood = customer_standing_of(row, whole)
    if row.pool_id is not None:
        row = locked_customer(claim_customer(customer=row, by=by, at=at))
    require_working(row, by, today)
    conversion.is_new = False
    before = snapshot(row, whole)
    for name in names_of(own):
        if value_of(row, name) is None:
            set_value(row, name, own[code_of(name)])
    joined = joining.join(row, carried_of(lead), wanted.chosen)
    conversion.people = joined.people
    conversion.made = {"phone": joined.phones, **planning.plan(row, lead, practice_for(row), by=by, at=at)}
    keep(row, before, by=by, at=at, verb="customer.lead_joined", changes={"lead": [None, lead.pk], **joined.changes})
    reindex_customer(row)
    conversion.stood, conversion.left = stood, customer_standing_of(row, whole)
    return row


@transaction.atomic
def pass_to_owner(*, lead: Lead, customer: Customer, by: Person, at: datetime) -> Lead:
    """The lead seems to be a colleague's customer: it goes to them, who see both."""
    row = records.locked(lead)
    records.require_open(row)
    records.require_pushing(row, by)
    owner = customer.owner
    if owner is None or not Person.objects.holding_customers().filter(pk=owner.pk).exists():
        raise Refused("customer_has_no_owner", name=customer.name)
    if row.owner_id == owner.pk:
        return row
    before = records.snapshot(row)
    own(row, owner, at=at, why=Reason("lead_passed_to_owner", {"person": by.name, "customer": customer.name}))
    row.matched = customer
    row.push_on = min(row.push_on or timezone.localdate(at), timezone.localdate(at))
    records.keep(row, before, by=by, at=at, verb="lead.given")
    emit(LeadsGiven([row.pk], owner.pk, by, at))
    return row


def may_convert(lead: Lead, by: Person) -> bool:
    """Whether a button for it stands: the lead is open and one's to push, or to accept out of a queue one sees."""
    if not lead.is_open or not by.may("customers.create") or not by.may("leads.work"):
        return False
    return lead.queue_id is not None or records.refusal_to_push_now(lead, by) is None


def note_seen(conversion: Conversion, *, by: Person, at: datetime) -> None:
    """Whom it was handed to has looked. Leaves no audit record: it is nobody else's matter."""
    Conversion.objects.filter(pk=conversion.pk, told=by, seen_at=None).update(seen_at=at)
