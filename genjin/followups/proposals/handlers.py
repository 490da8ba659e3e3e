"""Facts that changed elsewhere: a proposal for a customer that moved, closed or changed hands is none any more."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from genjin.core.many_rows import among
from genjin.customers.events import ClassesMoved, CustomersClosed, OwnershipChanged, TakenApart
from genjin.followups.proposals.making import lapse, restore_step
from genjin.followups.proposals.models import Proposal

BATCH = 500


def lapse_with_owner(event: OwnershipChanged) -> None:
    _lapse(event.customers, ~Q(owner=event.owner) if event.owner else Q(), "changed_hands", at=event.at)


def lapse_with_closing(event: CustomersClosed) -> None:
    _lapse(event.customers, Q(), "closed", at=event.at)


def lapse_with_class(event: ClassesMoved) -> None:
    _lapse(event.customers, ~Q(from_code=F("customer__class_code")), "class_moved", at=event.at)


def restore_after_merge(event: TakenApart) -> None:
    """What lapsed as the customer became part of another is to be decided again, where it still fits."""
    lapsed = Proposal.objects.filter(
        customer=event.customer, state=Proposal.State.LAPSED, reason="closed", decided_at=event.merged_at
    )
    for each in lapsed.filter(owner=F("customer__owner"), from_code=F("customer__class_code")).order_by("pk"):
        if not Proposal.objects.standing().filter(customer=each.customer_id, kind=each.kind).exists():
            restore_step(each)


def _lapse(customers: Sequence[int], which: Q, code: str, *, at: datetime) -> None:
    for start in range(0, len(customers), BATCH):
        some = customers[start : start + BATCH]
        lapse(Proposal.objects.standing().filter(which, customer__in=among(some)), code, at=at)
