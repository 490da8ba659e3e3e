"""Proposals as screens show them: what is proposed in one sentence, the contacts it rests on, what one may answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer, Pool
from genjin.customers.services.records import may_decide
from genjin.followups.models import Touch
from genjin.followups.proposals.deciding import WAYS
from genjin.followups.proposals.models import Proposal, ProposalQuerySet
from genjin.followups.services.outcome import leads
from genjin.followups.shown import ShownNote, shown_note
from genjin.organization.models import Person, Unit

AT_ONCE = 50  # shown of a list; what is decided makes room for the rest


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """`answers`: what this person may do now, "decide", "approve", "reassign" or "" (only read); `evidence` newest
    first."""

    proposal: Proposal
    customer: Customer
    class_from: Rung
    classes_to: tuple[Rung, ...]
    evidence: tuple[ShownNote, ...]
    answers: str
    may_undo: bool


def shown(proposals: Iterable[Proposal], person: Person) -> list[ShownProposal]:
    """With all that is shown of them, in one more query however many they are."""
    rows = list(proposals)
    keys = {pk for each in rows for pk in each.evidence}
    known = Touch.objects.standing().filter(pk__in=keys).select_related("author", "contact_person") if keys else ()
    touches = {touch.pk: touch for touch in known}
    return [_shown(each, person, touches) for each in rows]


def _shown(proposal: Proposal, person: Person, touches: dict[int, Touch]) -> ShownProposal:
    customer = proposal.customer
    last = proposal.asked_by_id if proposal.state == Proposal.State.WAITING else proposal.decided_by_id
    return ShownProposal(
        proposal=proposal,
        customer=customer,
        class_from=rung_of(proposal.playbook, proposal.from_code),
        classes_to=tuple(rung_of(proposal.playbook, code) for code in proposal.to_codes),
        evidence=tuple(shown_note(touches[pk], customer) for pk in proposal.evidence if pk in touches),
        answers=_answers(proposal, customer, person),
        may_undo=last == person.pk and "proposal" in proposal.before and proposal.state != Proposal.State.LAPSED,
    )


def _answers(proposal: Proposal, customer: Customer, person: Person) -> str:
    if not proposal.stands or not person.may("customers.work"):
        return ""
    if proposal.kind == Proposal.Kind.REASSIGN:
        return "reassign" if leads(person, customer) else ""
    if proposal.kind not in WAYS:
        return ""
    if proposal.state == Proposal.State.WAITING:
        return "approve" if leads(person, customer) else ""
    return "decide" if may_decide(customer, person) else ""


def with_customers(rows: ProposalQuerySet) -> ProposalQuerySet:
    """With what a shown proposal needs of its customer and people."""
    return rows.select_related("customer", "customer__unit", "owner", "owner__unit", "asked_by", "decided_by")


def of_customer(customer: Customer, person: Person) -> list[ShownProposal]:
    """What stands for a customer, to be decided first."""
    rows = with_customers(Proposal.objects.standing().filter(customer=customer)).order_by("state", "made_at")
    return shown(rows, person)


def mine(person: Person) -> ProposalQuerySet:
    """What this person has to decide for their own customers."""
    return Proposal.objects.to_decide().filter(owner=person)


def for_approval(person: Person) -> ProposalQuerySet:
    """What waits for this person's word as a team lead."""
    if not person.may("followups.approve_proposals"):
        return Proposal.objects.none()
    waiting = Proposal.objects.to_approve()
    return waiting if person.scope.everything else waiting.of_units(person.scope.units)


def of_team(person: Person) -> ProposalQuerySet:
    """What the people of the units one leads have to decide."""
    if not person.may("followups.see_team"):
        return Proposal.objects.none()
    standing = Proposal.objects.to_decide().exclude(owner=person)
    return standing if person.scope.everything else standing.of_units(person.scope.units)


def counts_by_person(rows: ProposalQuerySet) -> list[tuple[Person, int]]:
    """Who has how many, most first."""
    counted = list(rows.order_by().values_list("owner").annotate(n=Count("pk")))
    people = Person.objects.in_bulk([pk for pk, _n in counted])
    return sorted(((people[pk], n) for pk, n in counted), key=lambda one: (-one[1], one[0].name))


def counts_by_unit(rows: ProposalQuerySet) -> list[tuple[Unit, int]]:
    """Which team has how many, most first."""
    counted = list(rows.order_by().values_list("customer__unit").annotate(n=Count("pk")))
    units = Unit.objects.in_bulk([pk for pk, _n in counted])
    return sorted(((units[pk], n) for pk, n in counted), key=lambda one: (-one[1], one[0].name))


def decided_by(person: Person) -> ProposalQuerySet:
    """What this person decided, also where the customer is no longer theirs to see."""
    return Proposal.objects.filter(decided_by=person)


def safe_to_accept(rows: Iterable[ShownProposal]) -> list[int]:
    """Those that many may be accepted of at once: class moves with one way to go, no reason needed."""
    return [
        each.proposal.pk
        for each in rows
        if each.answers == "decide" and each.proposal.kind == Proposal.Kind.CLASS and len(each.classes_to) == 1
    ]


def pools_for(person: Person, customer: Customer) -> list[Pool]:
    """Where a customer may be laid: its unit's own first."""
    pools: Collection[Any] = Pool.objects.visible_to(person).select_related("unit")
    return sorted(pools, key=lambda pool: (pool.unit_id != customer.unit_id, pool.name))
