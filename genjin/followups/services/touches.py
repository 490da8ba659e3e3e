"""Saving a note: the touch, what it moves, what was agreed. One transaction, once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import plain
from genjin.core.events import emit
from genjin.core.reasons import Reason, Refused
from genjin.customers.events import CustomerClosed, OwnershipChanged
from genjin.customers.models import ContactPerson, Customer
from genjin.customers.services.ownership import pooled
from genjin.customers.services.records import keep, locked, require_open, require_working, snapshot
from genjin.customers.services.standing import enter_class, place_by_person, shut, start_cycle
from genjin.followups.models import Appointment, Payment, Promise, Touch
from genjin.followups.services.agreements import note_next_appointment
from genjin.followups.services.notes import Note
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice, practice_of

LOAD_WINDOW = timedelta(days=120)


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

    The same `note.key` sent twice is one touch. Raises Outdated when `version` is given and somebody else changed the
    customer since, Refused or NotPermitted with the reason; then nothing is written.
    """
    row = locked(customer)
    known = Touch.objects.filter(key=note.key).first()
    if known is not None:
        if known.author_id != by.pk or known.customer_id != row.pk:
            raise Refused("note_belongs_elsewhere")
        return Saved(known, row, again=True)
    row = locked(row, version=version)
    today = timezone.localdate(at)
    require_working(row, by, today)
    require_open(row)
    practice = practice_of(row.unit)
    before = snapshot(row)

    touch = _touch_of(row, note, by=by, at=at)
    _count(row, touch, note, today=today)
    _end_appointments_of_the_day(row, touch, at=at)
    said = _move_class(row, practice, touch, note, today=today)
    if row.is_open:
        said += _place(row, practice, touch, note, by=by, today=today)
    touch.class_after, touch.planned_on = row.class_code, row.planned_on
    touch.before = {field: plain(value) for field, value in before.items()}
    touch.save(force_insert=True)
    _agree(row, touch, note, at=at)
    if note.paid_amount is not None:
        Payment.objects.create(customer=row, touch=touch, by=by, amount=note.paid_amount, paid_on=note.paid_on or today)
    entry = keep(
        row, before, by=by, at=at, verb="touch.saved", note=note.next_reason or note.decision_reason,
        changes={"touch": [None, touch.pk]},
    )  # fmt: skip
    touch.version_after = row.version
    touch.save(update_fields=["version_after"])
    if not row.is_open:
        emit(CustomerClosed(row.pk, by, entry.at))
    elif row.owner_id != before["owner_id"]:
        emit(OwnershipChanged([row.pk], row.owner_id, by, entry.at))
    return Saved(touch, row, tuple(said))


def _touch_of(row: Customer, note: Note, *, by: Person, at: datetime) -> Touch:
    proposed = rules.effective(
        reached=not note.miss_reason,
        interests=note.interests,
        objections=note.objections,
        promise=bool(note.promise_what),
        appointment=note.appointment_at is not None,
    )
    effective = proposed if note.effective is None else note.effective
    contact = None
    if note.contact_person:
        contact = ContactPerson.objects.filter(pk=note.contact_person, customer=row).first()
    return Touch(
        customer=row, author=by, at=at, channel=note.channel, contact_person=contact, is_effective=effective,
        proposed_effective=proposed, miss_reason="" if effective else note.miss_reason,
        interests=list(note.interests), objections=list(note.objections), services=list(note.services),
        bring_next=list(note.bring_next), remarks=note.remarks.strip(), duration=note.duration,
        class_before=row.class_code, reason=(note.next_reason or note.decision_reason).strip()[:200], key=note.key,
    )  # fmt: skip


def _count(row: Customer, touch: Touch, note: Note, *, today: date) -> None:
    row.attempts += 1
    row.last_touch_at = touch.at
    row.last_note = note.gist() or row.last_note
    if touch.is_effective:
        row.effective_contacts += 1
        row.last_effective_on = today
        row.missed_in_row = 0
    else:
        row.missed_in_row += 1


def _facts(row: Customer, touch: Touch, note: Note) -> set[str]:
    """Which entry conditions are known to be met: from this note, from earlier ones, ticked, or read off the file."""
    facts = set(row.conditions) | set(note.ticked)
    for code, noted in (
        ("interest_known", touch.interests),
        ("objection_known", touch.objections),
        ("product_introduced", touch.services),
    ):
        if noted:
            facts.add(code)
    return facts


def _move_class(row: Customer, practice: Practice, touch: Touch, note: Note, *, today: date) -> list[Reason]:
    """Move to the class wanted if its entry conditions are met; else stay, and say what is missing."""
    facts = _facts(row, touch, note)
    row.conditions = sorted(facts)
    if row.contact_people.filter(is_key_person=True).exists():
        facts.add("kp_known")
    if note.next_on or note.appointment_at:
        facts.add("next_contact_clear")
    wanted = note.class_wanted
    if note.paid_amount is not None:
        if note.paid_amount <= 0:
            raise Refused("payment_is_positive")
        row.won_on = row.won_on or note.paid_on or today
        won = practice.playbook.won_class
        wanted = won.code if won else wanted
    if not wanted or wanted == row.class_code:
        return []
    touch.class_wanted = wanted
    now, cls = practice.playbook.class_of(row.class_code), practice.playbook.class_of(wanted)
    missing = [] if cls.is_won or cls.rank > now.rank else rules.missing_conditions(cls, facts)
    if missing:
        touch.conditions_missing = [condition.code for condition in missing]
        return [Reason("class_kept_conditions_missing", {"wanted": cls.code, "missing": touch.conditions_missing})]
    if cls.closes_as:
        shut(row, kind=cls.closes_as, reason=note.decision_reason or note.remarks or str(cls.code), today=today)
        return [Reason("customer_closed_by_class", {"class": cls.code})]
    enter_class(row, practice, cls.code, today=today)
    start_cycle(row, practice, anchor=today, anchor_kind="class_move")
    return []


def _place(row: Customer, practice: Practice, touch: Touch, note: Note, *, by: Person, today: date) -> list[Reason]:
    """Both dates: an effective contact starts the cycle anew, a miss only gets a retry; a person's date comes last."""
    said: list[Reason] = []
    if touch.is_effective and touch.class_before == row.class_code:
        start_cycle(row, practice, anchor=today, anchor_kind="effective")
    if touch.is_effective or row.class_code != touch.class_before:
        if note.next_on is None and note.appointment_at is None:
            planned = next_contact_for(row, practice, by=by, today=today)
            row.planned_on, row.planned_why = planned.planned_on, planned.reason.as_json()
    else:
        said += _after_miss(row, practice, touch, note, today=today)
    if row.owner_id is None or not row.is_open:
        return said
    if note.appointment_at is not None:
        on = timezone.localdate(note.appointment_at)
        reason = note.next_reason or note.appointment_purpose
        place_by_person(row, practice, on=on, reason=reason, by=by, today=today)
        row.planned_why = Reason("planned_for_appointment", {"at": note.appointment_at.isoformat()}).as_json()
    elif note.next_on is not None and note.next_on != row.planned_on:
        place_by_person(
            row, practice, on=note.next_on, reason=note.next_reason, by=by, today=today, proposed_on=row.planned_on
        )
    return said


def _after_miss(row: Customer, practice: Practice, touch: Touch, note: Note, *, today: date) -> list[Reason]:
    """A retry moves only the planned date. After the third miss in a row the person's own decision, if one was made."""
    cls = practice.playbook.class_of(row.class_code)
    owner = row.owner or touch.author
    retry = rules.after_miss(
        practice.playbook,
        cls,
        missed_in_row=row.missed_in_row,
        kp_known=row.contact_people.filter(is_key_person=True).exists(),
        today=today,
        at=timezone.localtime(touch.at).time(),
        calendar=practice.calendar,
        load=_load(row, owner, today),
        slots=practice.slots_of(owner),
    )
    row.planned_on, row.planned_why = retry.planned_on, retry.reason.as_json()
    if not note.third_miss:
        return [retry.proposal.reason] if retry.proposal else []
    if retry.proposal is None:
        raise Refused("no_three_misses_yet", missed=row.missed_in_row)
    reason = note.decision_reason.strip()
    if not reason:
        raise Refused("decision_needs_a_reason")
    if note.third_miss == "move":
        if retry.proposal.class_code is None:
            raise Refused("no_class_proposed")
        enter_class(row, practice, retry.proposal.class_code, today=today)
        start_cycle(row, practice, anchor=today, anchor_kind="class_move")
        planned = next_contact_for(row, practice, by=touch.author, today=today)
        row.planned_on, row.planned_why = planned.planned_on, planned.reason.as_json()
    elif note.third_miss == "pool":
        pooled(row, row.unit.pool, today=today)
    elif note.third_miss == "close":
        shut(row, kind=Customer.Closed.DEAD, reason=reason, today=today)
    else:
        _keep_on(row, practice, note, by=touch.author, today=today)
    row.missed_in_row = 0
    return []


def _keep_on(row: Customer, practice: Practice, note: Note, *, by: Person, today: date) -> None:
    """To keep on with a reason is a person's date: it sets the due date anew (domain.md §1, retry)."""
    cls = practice.playbook.class_of(row.class_code)
    on = note.next_on or practice.calendar.add(today, cls.max_days)
    assert row.due_on is not None
    text = note.decision_reason.strip()
    due = rules.due_by_person(cls, on, text, today=today, cycle_ends_on=row.due_on, by=by.name)
    row.due_on, row.due_why = due.due_on, due.reason.as_json()
    row.planned_on, row.planned_why = on, Reason("planned_by_person", {"by": by.name, "text": text}).as_json()


def next_contact_for(row: Customer, practice: Practice, *, by: Person, today: date) -> rules.Planned:
    """The engine's day for the next contact, off the days that are already full for the owner."""
    owner = row.owner or by
    return rules.next_contact(
        practice.playbook.class_of(row.class_code),
        today=today,
        anchor=today,
        calendar=practice.calendar,
        load=_load(row, owner, today),
        slots=practice.slots_of(owner),
    )


def _load(row: Customer, owner: Person, today: date) -> dict[date, int]:
    return Customer.objects.exclude(pk=row.pk).planned_per_day(owner, today, today + LOAD_WINDOW)


def _end_appointments_of_the_day(row: Customer, touch: Touch, *, at: datetime) -> None:
    """A contact on its day is the appointment held; what was agreed for another day stands."""
    today = timezone.localdate(at)
    end = timezone.make_aware(datetime.combine(today + timedelta(days=1), datetime.min.time()))
    held = Appointment.objects.open().filter(customer=row, at__lt=end)
    if touch.is_effective and held.update(ended_at=at, result="held"):
        row.appointment_at = (
            Appointment.objects.open().filter(customer=row).order_by("at").values_list("at", flat=True).first()
        )


def _agree(row: Customer, touch: Touch, note: Note, *, at: datetime) -> None:
    owner = row.owner_id or touch.author_id
    if note.promise_what.strip() and note.promise_by_when:
        if note.promise_by_when < at - timedelta(days=1):
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
