"""Overdue for so long that somebody else should have it: proposed to the team lead, who gives it away or leaves it.

Proposed once for each due date, the longest overdue first, for each owner no more than a lead can look at, and only
what somebody of the team can take (`receiving`). It lapses when the customer is spoken with, gets another day, moves or
changes hands.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.services.ownership import Taker, assign_customer
from genjin.customers.services.restoring import standing_of
from genjin.followups.escalation.reading import Slipped, slipped
from genjin.followups.models import Touch
from genjin.followups.proposals.deciding import asked_of
from genjin.followups.proposals.making import OVERDUE, lapse, note_down, propose
from genjin.followups.proposals.models import Proposal
from genjin.followups.proposals.receiving import Team, team_of
from genjin.organization.models import Person, Unit

AT_ONCE = 20  # that stand for one owner's customers (ours); the others stand in the list of who is overdue
EVIDENCE = 3
Kind, State = Proposal.Kind, Proposal.State


def propose_others(*, at: datetime) -> int:
    """Propose somebody else where the ladder says so, and let lapse what is overdue no longer. How many were made."""
    today = timezone.localdate(at)
    _lapse_what_is_not_overdue(at=at)
    late = [each for each in slipped(Unit.objects.all(), today=today) if each.on("reassign")]
    standing = Proposal.objects.standing().filter(kind=Kind.REASSIGN, owner__in=[each.owner for each in late])
    counts = dict(standing.order_by().values_list("owner").annotate(n=Count("pk")))
    units = Unit.objects.in_bulk({each.unit for each in late})
    teams = {pk: team_of(unit, Person.objects.all(), today=today) for pk, unit in units.items()}
    return sum(
        _propose_of(each, teams[each.unit], AT_ONCE - counts.get(each.owner, 0), today=today, at=at) for each in late
    )


def _lapse_what_is_not_overdue(*, at: datetime) -> int:
    """The due date has moved on since it was proposed."""
    held = Proposal.objects.standing().filter(kind=Kind.REASSIGN)
    moved_on = held.filter(customer__due_on__gte=F("made_at__date")).values_list("pk", "customer")
    count = 0
    for pk, customer in list(moved_on):
        with transaction.atomic():
            row = Customer.objects.select_for_update().get(pk=customer)
            if row.due_on is not None and row.due_on >= timezone.localdate(at):
                count += lapse(held.filter(pk=pk), "no_longer_overdue", at=at)
    return count


@transaction.atomic
def _propose_of(late: Slipped, team: Team, room: int, *, today: date, at: datetime) -> int:
    mark = late.alike.mark_of("reassign")
    if mark is None or room <= 0:
        return 0
    asked = Proposal.objects.filter(
        customer=OuterRef("pk"), kind=Kind.REASSIGN, made_at__date__gt=OuterRef("due_on")
    ).exclude(state=State.LAPSED)
    overdue = Customer.objects.open().filter(owner=late.owner, due_on__lte=mark).exclude(Exists(asked))
    rows = overdue.filter(_taken_by_somebody(overdue, team, late.owner))
    keys = list(rows.order_by("due_on", "pk").values_list("pk", flat=True)[:room])
    held = Customer.objects.open().select_for_update(of=("self",)).filter(pk__in=keys, owner=late.owner)
    return sum(_propose(row, late, today=today, at=at) for row in held.filter(due_on__lte=mark).order_by("pk"))


def _taken_by_somebody(overdue: CustomerQuerySet, team: Team, owner: int) -> Q:
    """The classes among these that a colleague could take."""
    wanted = Q(pk__in=())
    for playbook, class_code in overdue.order_by().values_list("playbook", "class_code").distinct():
        if team.takes(team.code_of(playbook, class_code), owner=owner):
            wanted |= Q(playbook=playbook, class_code=class_code)
    return wanted


def _propose(row: Customer, late: Slipped, *, today: date, at: datetime) -> bool:
    assert row.due_on is not None
    figures = {"due": row.due_on.isoformat(), "days": late.alike.calendar.between(row.due_on, today)}
    touches = Touch.objects.standing().filter(customer=row).order_by("-at", "-pk").values_list("pk", flat=True)
    made = propose(
        row, kind=Kind.REASSIGN, rule=Reason(OVERDUE, figures), fact=f"overdue:{row.due_on.isoformat()}",
        evidence=list(touches[:EVIDENCE]), at=at, state=State.WAITING, asked_at=at,
    )  # fmt: skip
    return made is not None


@transaction.atomic
def give_away(*, proposal: Proposal, to: Person, reason: str = "", by: Person, at: datetime) -> Proposal:
    """The lead gives the customer to somebody else, as any assignment is made: within limits, on the record."""
    require(by, "customers.assign")
    Taker(to)  # people are held before customers
    row, found = asked_of(proposal, by)
    if found.kind != Kind.REASSIGN or to.pk == row.owner_id:
        raise Refused("decision_not_offered")
    found.before = {"proposal": found.step_before(), "standing": standing_of(row)}
    found.state, found.decided_by, found.decided_at = State.ACCEPTED, by, at
    found.wish, found.reason = {"way": "reassign", "person": to.pk}, reason.strip()[:200]
    found.save()
    given = assign_customer(customer=row, to=to, by=by, at=at, reason=reason.strip()[:200])
    found.version_after = given.version
    found.save(update_fields=["version_after"])
    return found


@transaction.atomic
def leave(*, proposal: Proposal, reason: str, by: Person, at: datetime) -> Proposal:
    """The lead leaves it where it is and says why. For this due date it is not proposed again."""
    row, found = asked_of(proposal, by)
    if found.kind != Kind.REASSIGN:
        raise Refused("decision_not_offered")
    if not reason.strip():
        raise Refused("decision_needs_a_reason")
    found.before = {"proposal": found.step_before()}
    found.state, found.decided_by, found.decided_at = State.DECLINED, by, at
    found.wish, found.reason, found.version_after = {"way": "keep"}, reason.strip()[:200], row.version
    found.save()
    note_down(found, "proposal.declined", by=by, at=at, note=reason.strip())
    return found
