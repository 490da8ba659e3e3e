"""A conversion taken back: what nobody has touched since goes away or back whole; what was done since stays."""

from datetime import datetime

from django.db import transaction

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.core.search import index
from genjin.core.transfer import bulk
from genjin.customers import hanging
from genjin.customers.models import Customer, Merge
from genjin.customers.search import KIND, reindex_customer
from genjin.customers.services.records import STANDING
from genjin.customers.services.records import locked as locked_customer
from genjin.customers.services.restoring import Ground, restore
from genjin.customers.services.restoring import standing_of as customer_standing_of
from genjin.followups.models import Appointment
from genjin.followups.services.agreements import note_next_appointment
from genjin.leads.converting import joining, rules
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.services import UNDOABLE_FOR
from genjin.leads.events import LeadsGiven
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.services import records
from genjin.leads.services.placing import lie_in
from genjin.organization.models import Person


def touched_since(conversion: Conversion, customer: Customer) -> Reason | None:
    """What stands in the way of a customer going away that a conversion made: it was changed, or something hangs on it
    that did not come with the lead. None where nothing does, or it was there before."""
    if not conversion.is_new:
        return None
    own: dict[type, list[int]] = {
        Lead: [conversion.lead_id],
        Conversion: [conversion.pk],
        Appointment: conversion.made.get("appointment", []),
    }
    if found := hanging.hung_besides(customer.pk, own):
        return found
    return Reason("customer_was_changed") if customer.version != conversion.version else None


def may_undo(conversion: Conversion, by: Person, at: datetime) -> bool:
    """Whether a button for it stands."""
    if conversion.undone_at is not None or at - conversion.at > UNDOABLE_FOR or not by.may("leads.work"):
        return False
    return conversion.by_id == by.pk or by.scope.leads(conversion.lead.unit_id)


@transaction.atomic
def undo_conversion(*, conversion: Conversion, by: Person, at: datetime) -> Conversion:
    """The lead stands where it stood. A customer that it made goes away whole if nobody has touched it, else it stays,
    and the lead is known to be it. One that was there gets back what the lead changed, unless changed since.

    Twice is once. Raises Refused when a day has passed, or the customer became part of another since.
    """
    require(by, "leads.work")
    ground = Ground({0: conversion.stood} if conversion.stood else {})
    lead = records.locked(conversion.lead_id)
    row = Conversion.objects.select_for_update(of=("self",)).get(pk=conversion.pk)
    if row.undone_at is not None:
        return row
    if row.by_id != by.pk and not by.scope.leads(lead.unit_id):
        raise NotPermitted("conversion_of_another", name=lead.called)
    if at - row.at > UNDOABLE_FOR:
        raise Refused("conversion_is_too_old", name=lead.called)
    customer = locked_customer(row.customer_id) if row.customer_id else None
    if customer is not None and (merge := Merge.objects.filter(absorbed=customer, undone_at=None).first()):
        raise Refused("conversion_undo_merge_first", name=customer.name, into=merge.kept.name)
    before = records.snapshot(lead)
    _stand_again(lead, row, at=at)
    row.undone_at, row.undone_by = at, by
    if customer is not None and row.is_new and touched_since(row, customer) is None:
        lead.matched = None if lead.matched_id == customer.pk else lead.matched
        row.customer = None
        _keep(lead, row, before, by=by, at=at)
        _remove(customer, lead, by=by, at=at)
        return row
    if customer is not None and row.is_new:
        lead.matched = customer
        changes = {"lead": [lead.pk, None]}
        record(by=by, at=at, verb="customer.lead_left", kind="customer", subject=customer.pk, changes=changes)
    elif customer is not None:
        _take_off(customer, row, ground, by=by, at=at)
    _keep(lead, row, before, by=by, at=at)
    return row


def _stand_again(lead: Lead, conversion: Conversion, *, at: datetime) -> None:
    """The lead as it stood. Of an owner who left since it lies in their unit's queue."""
    records.put_back(lead, conversion.lead_stood)
    owner = Person.objects.holding_customers().filter(pk=lead.owner_id).select_related("unit").first()
    if owner is None:
        lie_in(lead, Queue.objects.select_related("unit").get(home_of=lead.unit_id))
    else:
        lead.unit = owner.unit


def _keep(lead: Lead, row: Conversion, before: dict, *, by: Person, at: datetime) -> None:
    row.save(update_fields=["undone_at", "undone_by", "customer"])
    matched = Lead.objects.filter(pk=lead.pk).values_list("matched", flat=True).get()
    records.keep(
        lead, {**before, "matched_id": matched}, by=by, at=at, verb="lead.conversion_undone",
        changes={"conversion": [row.pk, None]},
    )  # fmt: skip
    emit(LeadsGiven([lead.pk], lead.owner_id, by, at))


def _remove(customer: Customer, lead: Lead, *, by: Person, at: datetime) -> None:
    """Nothing of it is left but what the record tells."""
    pk, name = customer.pk, customer.name
    hanging.take_away([pk])
    index.remove(KIND, [pk])
    bulk.delete_rows(Customer, "id", [pk])
    changes = {"name": [name, None], "lead": [lead.pk, None]}
    record(by=by, at=at, verb="customer.conversion_undone", kind="customer", subject=pk, changes=changes)


def _take_off(customer: Customer, row: Conversion, ground: Ground, *, by: Person, at: datetime) -> None:
    """What the lead brought goes; what it changed goes back, unless somebody has changed it since."""
    joining.take_off(customer, phones=row.made.get("phone", []), people=row.people)
    made = Appointment.objects.open().filter(pk__in=row.made.get("appointment", []), customer=customer)
    made.filter(confirmed_at=None).delete()
    back = rules.given_back(row.stood, row.left, customer_standing_of(customer, row.stood), standing=STANDING)
    restore(customer, back, ground, by=by, at=at, verb="customer.lead_left", changes={"lead": [row.lead_id, None]})
    if customer.is_open and customer.owner_id is not None:
        customer.appointment_at = note_next_appointment(customer.pk)
    reindex_customer(customer)
