"""Where a new lead goes: to whoever entered it, to the owner of the customer it already is, else by the rules."""

from datetime import datetime

from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.leads.assigning.desk import Desk
from genjin.leads.models import Arrival, Lead
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Role


def place(lead: Lead, arrival: Arrival, *, desk: Desk, owner: Person | None = None) -> None:
    """Give the new lead its owner or queue, its day and why. Saves nothing of the lead.

    `desk`: where it is given out; who made the desk closes it.
    """
    lead.push_on = timezone.localdate(arrival.at)
    lead.push_why = Reason("lead_is_new").as_json()
    if owner is not None:
        own(lead, owner, at=arrival.at, why=Reason("lead_given_by_hand"), is_accepted=owner == arrival.by)
        return
    known = lead.matched.owner if lead.matched is not None and lead.matched.is_open else None
    if known is not None and known.is_active and known.role != Role.READER:
        own(lead, known, at=desk.at, why=Reason("lead_is_customer_of", {"person": known.name}))
        lead.accept_by = desk.accept_by(known, desk.home_queue(arrival.unit_id).accept_minutes)
        return
    if (chosen := _chosen_queue(arrival)) is not None:
        lie_in(lead, chosen)
        return
    given = desk.give(lead, arrival.form_id, arrival.unit_id)
    if given.person is not None and given.why is not None:
        own(lead, given.person, at=desk.at, why=given.why)
        lead.accept_by = given.accept_by
    elif given.queue is not None:
        lie_in(lead, given.queue, why=given.why)


def _chosen_queue(arrival: Arrival) -> Queue | None:
    """Where its form or mailbox sends it, while that queue is open."""
    if arrival.queue_id is None:
        return None
    return Queue.objects.open().select_related("unit").filter(pk=arrival.queue_id).first()


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
