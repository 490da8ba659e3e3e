"""Pushing a lead: one attempt with its judgement, and taking it back (E8)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import Touch
from genjin.leads import rules
from genjin.leads.events import LeadEnded
from genjin.leads.models import Arrival, Judgement, Lead, Outcome, Push
from genjin.leads.services.records import (
    keep,
    locked,
    put_back,
    require_open,
    require_pushing,
    snapshot,
    standing_of,
)
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of


@dataclass(frozen=True, slots=True)
class Judged:
    """What one push gave. `push_on` is the day a person named, `visit_at` the time agreed for a visit."""

    key: UUID
    judgement: str
    remarks: str = ""
    channel: str = Touch.Channel.PHONE
    push_on: date | None = None
    visit_at: datetime | None = None


@transaction.atomic
def push_lead(*, lead: Lead, judged: Judged, by: Person, at: datetime, version: int | None = None) -> Push:
    """Record one attempt and what follows from its judgement. The same key sent twice is one push.

    Raises Refused with what is missing (a day, a time), Outdated when somebody else was faster.
    """
    row = locked(lead)
    known = Push.objects.filter(key=judged.key).first()
    if known is not None:
        if known.author_id != by.pk or known.lead_id != row.pk:
            raise Refused("note_belongs_elsewhere")
        return known
    if version is not None:
        row = locked(lead, version=version)
    require_pushing(row, by)
    require_open(row)
    today, now = timezone.localdate(at), timezone.localtime(at)
    refusal = rules.refusal_of_judgement(
        judged.judgement, asked=judged.push_on, visit_at=judged.visit_at, today=today, now=at
    )
    if refusal:
        raise Refused(refusal.code, **refusal.figures)
    before, stood = snapshot(row), standing_of(row)
    _count(row, judged, by=by, at=at)
    practice = practice_of(row.unit)
    follows = rules.next_push(
        judged.judgement, asked=judged.push_on,
        visit_on=timezone.localdate(judged.visit_at) if judged.visit_at else None,
        missed_in_row=row.missed_in_row, today=today, now=now, playbook=practice.playbook, calendar=practice.calendar,
    )  # fmt: skip
    row.push_on, row.push_why = follows.push_on, follows.reason.as_json() if follows.reason else {}
    if judged.judgement in rules.ENDING:
        end(row, Outcome(judged.judgement), at=at)
    push = Push.objects.create(
        lead=row, author=by, at=at, channel=judged.channel, judgement=judged.judgement, remarks=judged.remarks.strip(),
        push_on=row.push_on, key=judged.key, before=stood, version_after=row.version + 1,
    )  # fmt: skip
    keep(row, before, by=by, at=at, verb="lead.pushed", changes={"push": [None, push.pk]})
    if not row.is_open:
        emit(LeadEnded(row, by, at))
    return push


def _count(row: Lead, judged: Judged, *, by: Person, at: datetime) -> None:
    """The figures of the lead after one more push. Saves nothing."""
    has_reached = judged.judgement != Judgement.UNREACHABLE
    row.pushes += 1
    row.reached += has_reached
    row.missed_in_row = 0 if has_reached else row.missed_in_row + 1
    row.judgement = judged.judgement
    row.first_push_at = row.first_push_at or at
    row.last_push_at = at
    row.last_note = judged.remarks.strip()[:200]
    row.visit_at = judged.visit_at or (row.visit_at if row.visit_at and row.visit_at > at else None)
    if row.owner_id == by.pk and row.accepted_at is None:
        row.accepted_at, row.accept_by = at, None


@transaction.atomic
def undo_push(*, push: Push, by: Person, at: datetime) -> Push:
    """Take back one's own push while nothing else happened to the lead. Twice is once."""
    row = locked(push.lead_id)
    held = Push.objects.select_for_update(of=("self",)).get(pk=push.pk)
    if held.undone_at is not None:
        return held
    if held.author_id != by.pk:
        raise NotPermitted("only_the_author_undoes")
    if row.version != held.version_after:
        raise Refused("touched_since", name=row.called)
    before = snapshot(row)
    put_back(row, held.before)
    held.undone_at = at
    held.save(update_fields=["undone_at"])
    keep(row, before, by=by, at=at, verb="lead.push_undone", changes={"push": [held.pk, None]})
    return held


def end(row: Lead, outcome: Outcome, *, at: datetime, reason: str = "") -> None:
    """The lead's ending. Saves nothing but that its arrivals no longer count as one with what comes."""
    row.ended_at, row.outcome, row.ended_reason = at, outcome, reason.strip()[:200]
    row.push_on, row.push_why, row.queue, row.accept_by, row.visit_at = None, {}, None, None, None
    Arrival.objects.filter(lead=row).exclude(fingerprint="").update(fingerprint="")


@transaction.atomic
def end_lead(*, lead: Lead, outcome: str, reason: str, by: Person, at: datetime) -> Lead:
    """End a lead without a push: given up by the standard, no lead at all, asked not to be contacted.

    A reason in words is asked for, but where the standard for giving up is met (C11): then its evidence speaks.
    """
    row = locked(lead)
    require_pushing(row, by) if row.owner_id else _require_ending_out_of_queue(row, by)
    require_open(row)
    practice = practice_of(row.unit)
    suffices = rules.may_give_up(practice.playbook, missed_in_row=row.missed_in_row)
    by_standard = outcome == Outcome.UNREACHABLE and suffices
    if not reason.strip() and not by_standard:
        raise Refused("lead_end_needs_reason")
    before = snapshot(row)
    end(row, Outcome(outcome), at=at, reason=reason)
    missed = {"missed_in_row": [row.missed_in_row, row.missed_in_row]}
    keep(row, before, by=by, at=at, verb="lead.ended", note=reason.strip(), changes=missed)
    emit(LeadEnded(row, by, at))
    return row


def _require_ending_out_of_queue(row: Lead, by: Person) -> None:
    """Nonsense may be thrown out of a queue by who leads its unit."""
    if not by.scope.leads(row.unit_id) or not by.may("leads.assign"):
        raise NotPermitted("lead_accept_first", name=row.called)


@transaction.atomic
def reopen_lead(*, lead: Lead, by: Person, at: datetime) -> Lead:
    """An ended lead is pushed again, today: by its owner, or by who leads its unit, who then owns it."""
    row = locked(lead)
    if row.is_open:
        return row
    if row.outcome in (Outcome.CONVERTED, Outcome.DUPLICATE):
        raise Refused("lead_was_converted", name=row.called)
    if row.owner_id != by.pk and not by.scope.leads(row.unit_id):
        raise NotPermitted("lead_belongs_to_another", name=row.called)
    before = snapshot(row)
    row.ended_at, row.outcome, row.ended_reason = None, Outcome.OPEN, ""
    row.push_on, row.push_why = timezone.localdate(at), {"code": "lead_reopened"}
    if row.owner is None or not row.owner.is_active:
        row.owner, row.unit, row.assigned_at, row.accepted_at = by, by.unit, at, at
    keep(row, before, by=by, at=at, verb="lead.reopened")
    return row
