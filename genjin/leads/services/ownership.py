"""Whose a lead is: accepting one out of a queue, giving it to somebody, laying it back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.leads.events import LeadsGiven
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.services.placing import lie_in, own
from genjin.leads.services.records import keep, locked, require_open, snapshot
from genjin.organization.models import Person


@transaction.atomic
def accept_lead(*, lead: Lead, by: Person, at: datetime) -> Lead:
    """Take one out of a queue, or say that one has seen what was given to one. Accepted twice is once.

    Raises Refused `lead_was_accepted` with who was faster.
    """
    require(by, "leads.work")
    row = locked(lead)
    require_open(row)
    if row.owner_id == by.pk:
        if row.accepted_at is None:
            before = snapshot(row)
            row.accepted_at, row.accept_by = at, None
            keep(row, before, by=by, at=at, verb="lead.accepted")
        return row
    if row.owner is not None:
        raise Refused("lead_was_accepted", name=row.called, person=row.owner.name)
    if not Queue.objects.visible_to(by).filter(pk=row.queue_id).exists():
        raise NotPermitted("queue_out_of_scope")
    before = snapshot(row)
    own(row, by, at=at, why=Reason("lead_accepted", {"queue": str(row.queue)}), is_accepted=True)
    _bring_to(row, timezone.localdate(at))
    keep(row, before, by=by, at=at, verb="lead.accepted")
    emit(LeadsGiven([row.pk], by.pk, by, at))
    return row


@transaction.atomic
def give_lead(
    *, lead: Lead, to: Person, by: Person | None, at: datetime, why: Reason | None = None,
    accept_by: datetime | None = None,
) -> Lead:  # fmt: skip
    """Give an open lead to a person. `by` None is a rule, which names itself in `why`."""
    if by is not None:
        require(by, "leads.assign")
        if not Person.objects.visible_to(by).filter(pk=to.pk).exists():
            raise NotPermitted("person_out_of_scope", person=to.name)
    row = locked(lead)
    require_open(row)
    if by is not None:
        _require_deciding(row, by)
    if not Person.objects.holding_customers().filter(pk=to.pk).exists():
        raise Refused("cannot_hold_customers", person=to.name)
    if row.owner_id == to.pk:
        return row
    before = snapshot(row)
    named = why or Reason("lead_given_by", {"person": by.name if by else ""})
    own(row, to, at=at, why=named, is_accepted=by is not None and by.pk == to.pk)
    row.accept_by = accept_by
    _bring_to(row, timezone.localdate(at))
    keep(row, before, by=by, at=at, verb="lead.given")
    emit(LeadsGiven([row.pk], to.pk, by, at))
    return row


@transaction.atomic
def lay_back(
    *, lead: Lead, queue: Queue, by: Person | None, at: datetime, reason: str = "", why: Reason | None = None
) -> Lead:
    """Lay an open lead into a queue, for whoever accepts it. `by` None is a rule."""
    row = locked(lead)
    require_open(row)
    if by is not None:
        require(by, "leads.work")
        if row.owner_id != by.pk:
            _require_deciding(row, by)
        if not Queue.objects.visible_to(by).filter(pk=queue.pk).exists():
            raise NotPermitted("queue_out_of_scope")
    if row.queue_id == queue.pk:
        return row
    before = snapshot(row)
    lie_in(row, queue, why=why or Reason("lead_laid_back", {"person": by.name if by else "", "text": reason.strip()}))
    keep(row, before, by=by, at=at, verb="lead.laid_back", note=reason.strip())
    emit(LeadsGiven([row.pk], None, by, at))
    return row


@transaction.atomic
def hand_leads_over(*, leaver: Person, among: Sequence[Person], by: Person, at: datetime) -> int:
    """All open leads of somebody who leaves: in turn to those who take over, else into their unit's queue."""
    queue = None if among else Queue.objects.select_related("unit").get(home_of=leaver.unit_id)
    rows = list(Lead.objects.select_for_update(of=("self",)).owned_by(leaver).select_related("unit").order_by("pk"))
    for place, row in enumerate(rows):
        before = snapshot(row)
        why = Reason("lead_of_leaver", {"person": leaver.name})
        if queue is not None:
            lie_in(row, queue, why=why)
        else:
            own(row, among[place % len(among)], at=at, why=why)
        keep(row, before, by=by, at=at, verb="lead.handed_over")
    return len(rows)


def _bring_to(lead: Lead, today: date) -> None:
    """Whoever has it now sees it today, unless a later day was agreed with the person asked."""
    if lead.push_on is not None and lead.push_on < today:
        lead.push_on = today


def _require_deciding(lead: Lead, by: Person) -> None:
    if lead.owner_id != by.pk and not by.scope.leads(lead.unit_id):
        raise NotPermitted("lead_belongs_to_another", name=lead.called)
