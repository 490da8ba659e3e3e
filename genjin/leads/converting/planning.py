"""When a customer that was a lead is contacted: at the visit that was agreed, else today."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.customers.services.standing import place_by_person
from genjin.followups.models import Appointment
from genjin.followups.services.agreements import note_next_appointment
from genjin.leads.models import Lead
from genjin.organization.models import Person
from genjin.playbooks.practice import Practice


def plan(customer: Customer, lead: Lead, practice: Practice, *, by: Person, at: datetime) -> dict[str, list[Any]]:
    """Set the planned day of a locked customer that somebody owns, and make the appointment. The customer is not saved;
    the keys of what was made, by table."""
    today = timezone.localdate(at)
    if lead.visit_at is None or lead.visit_at <= at:
        if customer.planned_on is None or customer.planned_on > today:
            customer.planned_on = today
            whose = lead.owner.name if lead.owner else by.name
            customer.planned_why = Reason("planned_from_lead", {"by": whose, "text": lead.last_note}).as_json()
        return {}
    on = timezone.localdate(lead.visit_at)
    why = lead.last_note or str(lead)
    place_by_person(customer, practice, on=on, reason=why, by=by, today=today)
    customer.planned_why = Reason("planned_for_appointment", {"at": lead.visit_at.isoformat()}).as_json()
    made = Appointment.objects.create(
        customer=customer, by_id=customer.owner_id, at=lead.visit_at, kind=Appointment.Kind.VISIT, purpose=why[:200]
    )
    customer.appointment_at = note_next_appointment(customer.pk)
    changes = {"appointment": [None, made.pk], "at": [None, made.at.isoformat()], "purpose": [None, made.purpose]}
    record(by=by, at=at, verb="appointment.made", kind="customer", subject=customer.pk, changes=changes)
    return {"appointment": [made.pk]}
