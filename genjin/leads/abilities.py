"""What a person may do with one lead, so that no button stands that a service would refuse."""

from dataclasses import dataclass

from genjin.leads.models import Lead, Outcome
from genjin.leads.services.records import refusal_to_push_now
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Abilities:
    """`work`: push, judge, change what it says. `accept`: take it out of its queue, or say that one has seen it."""

    work: bool
    change: bool
    accept: bool
    give: bool
    lay_back: bool
    end: bool
    reopen: bool


def abilities_of(lead: Lead, person: Person) -> Abilities:
    leads = person.scope.leads(lead.unit_id)
    works = refusal_to_push_now(lead, person) is None
    decides = leads or lead.owner_id == person.pk
    ended_for_good = lead.outcome in (Outcome.CONVERTED, Outcome.DUPLICATE)
    return Abilities(
        work=works and lead.is_open,
        change=works,
        accept=lead.is_open and person.may("leads.work") and _accepts(lead, person),
        give=lead.is_open and decides and person.may("leads.assign"),
        lay_back=lead.is_open and works and decides and lead.owner_id is not None,
        end=lead.is_open and (works or (lead.owner_id is None and leads and person.may("leads.assign"))),
        reopen=not lead.is_open and decides and not ended_for_good and person.may("leads.work"),
    )


def _accepts(lead: Lead, person: Person) -> bool:
    return lead.owner_id is None or (lead.owner_id == person.pk and lead.accepted_at is None)
