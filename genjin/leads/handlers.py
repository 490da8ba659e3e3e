"""What leads do when something happens to units, people and customers."""

from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.services.ownership import hand_leads_over
from genjin.organization.events import PersonLeft, PersonMoved, UnitChanged, UnitMade


def make_queue(event: UnitMade) -> None:
    """Every unit has a queue from its first moment."""
    Queue.objects.create(unit=event.unit, home_of=event.unit, name=event.unit.name)


def rename_queue(event: UnitChanged) -> None:
    if "name" in event.changes:
        Queue.objects.filter(home_of=event.unit, name=event.changes["name"][0]).update(name=event.unit.name)


def pass_on_leads(event: PersonLeft) -> None:
    """No open lead is ever owned by somebody who left."""
    hand_leads_over(leaver=event.person, among=event.hand_over.receivers, by=event.by, at=event.at)


def follow_lead_owner(event: PersonMoved) -> None:
    """Leads go with their owner into another unit."""
    Lead.objects.filter(owner=event.person).update(unit=event.person.unit)
