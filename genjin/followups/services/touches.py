"""Saving a note: the touch, what it moves, what was agreed. One transaction, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.reasons import Reason, Refused
from genjin.customers.events import CustomersClosed, OwnershipChanged
from genjin.customers.models import ContactPerson, Customer
from genjin.customers.services.records import keep, locked, require_open, require_version, require_working, snapshot
from genjin.customers.services.restoring import standing_of
from genjin.customers.services.standing import practice_for
from genjin.followups.models import Appointment, Payment, Promise, Touch
from genjin.followups.note_reading.keeping import asks_objection, keep_facts
from genjin.followups.proposals.making import end_by_note, follow_note
from genjin.followups.services.agreements import note_next_appointment
from genjin.followups.services.corrections import correct_touch
from genjin.followups.services.notes import Note
from genjin.followups.services.outcome import Outcome, apply_note
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Saved:
    """The touch, the customer as it is now, and what the person should hear. `again`: it had been saved before."""

    touch: Touch
    customer: Customer
    said: tuple[Reason, ...] = ()
    again: bool = False


@transaction.atomic
def save_touch(*, customer: Customer, note: Note, by: Person, at: datetime, version: int | None = None) -> Saved:
    """Record one attempt with everything that follows from it.

    The same `note.key` sent twice is one touch; sent again with other words it is corrected. Raises Outdated when
    `version` is given and somebody else changed the customer since, Refused or NotPermitted with the reason; then
    nothing is written.
    """
    row = locked(customer)
    if Touch.objects.filter(key=note.key).exists():
        known = Touch.objects.get(key=note.key)
        if known.author_id != by.pk or known.customer_id != row.pk:
            raise Refused("note_belongs_elsewhere")
        return Saved(_told_again(known, note, by=by, at=at), row, again=True)
    if version is not None:
        require_version(row, version)
    require_working(row, by, timezone.localdate(at))
    require_open(row)
    before, standing = snapshot(row), standing_of(row)
    practice = practice_for(row)
    outcome = apply_note(row, practice, note, by=by, at=at)

    touch = _touch_of(row, note, outcome, by=by, at=at)
    touch.class_before, touch.before = standing["class_code"], standing
    touch.version_after = row.version + 1  # which `keep` gives it below
    agreed = bool(note.promise_what.strip() or note.appointment_at)
    keep_facts(touch, agreed=agreed, asks_objection=asks_objection(practice.playbook, touch.class_after))
    touch.save(force_insert=True)
    if outcome.effective and before["appointment_at"] is not None:  # else nothing is held, or nothing was open
        _end_appointments_of_the_day(row, at=at)
    _agree(row, touch, note, at=at)
    if note.paid_amount is not None:
        paid_on = note.paid_on or timezone.localdate(at)
        Payment.objects.create(customer=row, touch=touch, by=by, amount=note.paid_amount, paid_on=paid_on)
    end_by_note(row, touch, class_before=touch.class_before, decided=bool(note.third_miss), at=at)
    follow_note(row, practice, touch, note, outcome, by=by, at=at)
    entry = keep(
        row, before, by=by, at=at, verb="touch.saved", note=note.next_reason or note.decision_reason,
        changes={"touch": [None, touch.pk]},
    )  # fmt: skip
    if not row.is_open:
        emit(CustomersClosed([row.pk], by, entry.at))
    elif row.owner_id != before["owner_id"]:
        emit(OwnershipChanged([row.pk], row.owner_id, by, entry.at))
    return Saved(touch, row, tuple(outcome.said))


def _told_again(known: Touch, note: Note, *, by: Person, at: datetime) -> Touch:
    """The touch a note was saved as. Words added before it was sent again correct it: nothing typed is lost."""
    if known.undone_at is not None or note.remarks.strip() == known.remarks:
        return known
    return correct_touch(
        touch=known,
        remarks=note.remarks,
        interests=note.interests,
        objections=note.objections,
        services=note.services,
        attitude=note.attitude,
        pays_on=note.pays_on,
        by=by,
        at=at,
    )


def _touch_of(row: Customer, note: Note, outcome: Outcome, *, by: Person, at: datetime) -> Touch:
    contact = None
    if note.contact_person:
        contact = ContactPerson.objects.filter(pk=note.contact_person, customer=row).first()
    return Touch(
        customer=row, author=by, at=at, channel=note.channel, contact_person=contact,
        is_effective=outcome.effective, proposed_effective=outcome.proposed_effective,
        miss_reason="" if outcome.effective else note.miss_reason[:40],
        interests=list(note.interests), objections=list(note.objections), services=list(note.services),
        bring_next=list(note.bring_next), attitude=note.attitude, pays_on=note.pays_on,
        remarks=note.remarks.strip(), duration=note.duration,
        class_after=row.class_code, class_wanted=outcome.class_wanted,
        conditions_missing=[condition.code for condition in outcome.missing],
        planned_on=row.planned_on, reason=(note.next_reason or note.decision_reason).strip()[:200], key=note.key,
    )  # fmt: skip


def _end_appointments_of_the_day(row: Customer, *, at: datetime) -> None:
    """A contact on its day is the appointment held; what was agreed for another day stands."""
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    end = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))
    held = Appointment.objects.open().filter(customer=row, at__lt=end)
    if held.update(ended_at=at, result="held") and row.is_open and row.owner_id:
        row.appointment_at = note_next_appointment(row.pk)


def _agree(row: Customer, touch: Touch, note: Note, *, at: datetime) -> None:
    """What was agreed in the talk: a promise, an appointment."""
    owner = row.owner_id or touch.author_id
    if note.promise_what.strip():
        if note.promise_by_when is None:
            raise Refused("promise_needs_a_day")
        if timezone.localdate(note.promise_by_when) < timezone.localdate(at):
            raise Refused("date_before_today", day=timezone.localdate(note.promise_by_when).isoformat())
        Promise.objects.create(
            customer=row, by_id=owner, what=note.promise_what.strip(), by_when=note.promise_by_when, made_at=at,
            made_in=touch,
        )  # fmt: skip
    if note.appointment_at is not None and row.is_open and row.owner_id:
        if note.appointment_at <= at:
            raise Refused("time_is_past", day=timezone.localdate(note.appointment_at).isoformat())
        Appointment.objects.create(
            customer=row, by_id=owner, at=note.appointment_at, kind=note.appointment_kind,
            purpose=note.appointment_purpose.strip(), made_in=touch,
        )  # fmt: skip
        row.appointment_at = note_next_appointment(row.pk)
