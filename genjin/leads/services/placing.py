"""Where a new lead goes: to whoever entered it, to the owner of the customer it already is, else into a queue."""

from datetime import datetime

from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.leads.models import Arrival, Lead
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Role


def place(lead: Lead, arrival: Arrival, *, owner: Person | None = None) -> None:
    """Give the new lead its owner or queue, its day and why. Saves nothing."""
    lead.push_on = timezone.localdate(arrival.at)
    lead.push_why = Reason("lead_is_new").as_json()
    if owner is not None:
        own(lead, owner, at=arrival.at, why=Reason("lead_given_by_hand"), is_accepted=owner == arrival.by)
        return
    known = lead.matched.owner if lead.matched is not None and lead.matched.is_open else None
    if known is not None and known.is_active and known.role != Role.READER:
        own(lead, known, at=arrival.at, why=Reason("lead_is_customer_of", {"person": known.name}))
        return
    lie_in(lead, Queue.objects.select_related("unit").get(home_of=arrival.unit_id))


def own(lead: Lead, person: Person, *, at: datetime, why: Reason, is_accepted: bool = False) -> None:
    """Make the person the owner. Saves nothing."""
    lead.owner, lead.queue, lead.unit = person, None, person.unit
    lead.assigned_at, lead.assigned_why = at, why.as_json()
    lead.accepted_at, lead.accept_by = at if is_accepted else None, None


def lie_in(lead: Lead, queue: Queue, *, why: Reason | None = None) -> None:
    """Lay the lead into a queue: nobody's. Saves nothing."""
    lead.owner, lead.queue, lead.unit = None, queue, queue.unit
    lead.assigned_at, lead.assigned_why = None, why.as_json() if why else {}
    lead.accepted_at = lead.accept_by = None
