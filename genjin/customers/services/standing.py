"""Class and dates of a customer: the verbs a person uses apart from writing a note."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers import events
from genjin.customers.models import Customer, Merge
from genjin.customers.services.records import (
    keep,
    locked,
    require_deciding,
    require_open,
    require_working,
    snapshot,
)
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice, practice_of
from genjin.playbooks.variant import EntryCondition


def practice_for(customer: Customer) -> Practice:
    """How this customer is worked: as its unit works, by the playbook its class is of."""
    return practice_of(customer.unit, held=customer.playbook)


def start_cycle(customer: Customer, practice: Practice, *, anchor: date, anchor_kind: rules.AnchorKind) -> None:
    """Set the last day of the class's cycle counted from `anchor`, and clear the day it stood on. Saves nothing."""
    cls = practice.playbook.class_of(customer.class_code)
    due = rules.due(cls, anchor=anchor, anchor_kind=anchor_kind, calendar=practice.calendar)
    customer.due_on, customer.due_why = due.due_on, due.reason.as_json()
    customer.planned_on, customer.planned_why = None, {}


def enter_class(customer: Customer, practice: Practice, code: str, *, today: date) -> None:
    """Put the customer into a class of its unit's playbook. The close window counts from the first entry; a move nearer
    to payment is remembered, but not where another playbook's class is only read as one of this."""
    cls = practice.playbook.class_of(code)
    if customer.playbook == cls.playbook and cls.rank < customer.class_rank:
        customer.moved_up_on = today
    customer.playbook = practice.playbook.code
    customer.class_code, customer.class_rank, customer.class_since = cls.code, cls.rank, today
    customer.entered_classes = {cls.code: today.isoformat()} | customer.entered_classes
    if cls.is_won and customer.won_on is None:
        customer.won_on = today


def suit_playbook(customer: Customer, practice: Practice, *, today: date) -> bool:
    """Map the class when the customer's unit works by another playbook; whether anything changed."""
    if customer.playbook == practice.playbook.code:
        return False
    cls = rules.map_class(practice.playbook, customer.playbook, customer.class_code)
    enter_class(customer, practice, cls.code, today=today)
    return True


def suit_standing(customer: Customer, practice: Practice, *, today: date) -> bool:
    """Map the class as `suit_playbook` does. An owned customer's cycle starts today, but its last day only ever comes
    nearer by this, and the day it stands on is kept. Whether anything changed; saves nothing."""
    if customer.playbook == practice.playbook.code:
        return False
    cls = rules.map_class(practice.playbook, customer.playbook, customer.class_code)
    merge_class(customer, practice, cls.code, today=today)
    return True


def merge_class(customer: Customer, practice: Practice, code: str, *, today: date) -> None:
    """Another class by no act of the customer's: an owned one's cycle starts today, but its last day only ever comes
    nearer by this, and the day it stands on is kept. Saves nothing."""
    due_on, due_why = customer.due_on, customer.due_why
    planned_on, planned_why, moved_up_on = customer.planned_on, customer.planned_why, customer.moved_up_on
    enter_class(customer, practice, code, today=today)
    customer.moved_up_on = moved_up_on
    if customer.owner_id and due_on:
        start_cycle(customer, practice, anchor=today, anchor_kind="class_move")
        customer.planned_on, customer.planned_why = planned_on, planned_why
        if customer.due_on is None or due_on < customer.due_on:
            customer.due_on, customer.due_why = due_on, due_why


@transaction.atomic
def move_class(
    *, customer: Customer, to: str, reason: str, by: Person, at: datetime, version: int | None = None
) -> Customer:
    """Whoever leads moves a customer to another class by hand, with a reason; the cycle starts anew from today.

    Entry conditions are for the note; a lead's own word stands for them here.
    """
    require(by, "customers.move_class")
    row = locked(customer, version=version)
    today = timezone.localdate(at)
    require_open(row)
    require_working(row, by, today)
    if to == row.class_code:
        return row
    before = snapshot(row)
    move_by_lead(row, practice_for(row), to=to, reason=reason, today=today)
    if row.is_open:
        keep(row, before, by=by, at=at, verb="customer.class_moved", note=reason)
    else:
        keep(row, before, by=by, at=at, verb="customer.closed", note=reason)
        emit(events.CustomersClosed([row.pk], by, at))
    return row


def move_by_lead(customer: Customer, practice: Practice, *, to: str, reason: str, today: date) -> None:
    """Another class by the word of whoever leads; one that closes the customer closes it. Saves nothing."""
    if not practice.playbook.has_class(to):
        raise Refused("no_such_class", class_code=to)
    if not reason.strip():
        raise Refused("class_move_needs_a_reason")
    cls = practice.playbook.class_of(to)
    if cls.closes_as:
        shut(customer, kind=cls.closes_as, reason=reason, today=today)
        return
    enter_class(customer, practice, to, today=today)
    if customer.owner_id:
        start_cycle(customer, practice, anchor=today, anchor_kind="class_move")


@transaction.atomic
def plan_customer(
    *, customer: Customer, on: date, reason: str = "", by: Person, at: datetime, version: int | None = None
) -> Customer:
    """Place a customer on a day. Past the last day of its cycle a reason is needed, and the due date goes with it."""
    row = locked(customer, version=version)
    today = timezone.localdate(at)
    require_open(row)
    require_working(row, by, today)
    before = snapshot(row)
    place_by_person(row, practice_for(row), on=on, reason=reason, by=by, today=today)
    keep(row, before, by=by, at=at, verb="customer.planned", note=reason)
    return row


def place_by_person(
    customer: Customer,
    practice: Practice,
    *,
    on: date,
    reason: str,
    by: Person,
    today: date,
    proposed_on: date | None = None,
) -> None:
    """A person's own date: not before today; past the last day of the cycle it needs a reason.

    With the reason the due date moves to it and the step is counted; inside the cycle only the planned date moves.
    `proposed_on` is the engine's own day, which never needs a reason. Saves nothing.
    """
    assert customer.due_on is not None
    cls = practice.playbook.class_of(customer.class_code)
    chosen = rules.check_chosen_date(
        cls, on, today=today, due_on=customer.due_on, calendar=practice.calendar, load={}, slots=1,
        proposed_on=proposed_on,
    )  # fmt: skip
    if chosen.refusal:
        raise Refused(chosen.refusal.code, **chosen.refusal.figures)
    if chosen.moves_due_on:
        due = rules.due_by_person(cls, on, reason, today=today, cycle_ends_on=customer.due_on, by=by.name)
        customer.due_on, customer.due_why = due.due_on, due.reason.as_json()
    if chosen.moves_due_on or (customer.planned_on and on > customer.planned_on):
        customer.postponements += 1
    customer.planned_on = on
    customer.planned_why = {"code": "planned_by_person", "by": by.name, "text": reason.strip()}


def confirmable(practice: Practice) -> dict[str, EntryCondition]:
    """What a team lead can confirm in this playbook, by code."""
    asked = (condition for cls in practice.playbook.classes for condition in cls.entry_conditions)
    every = (each for condition in asked for each in (condition, *condition.alternatives))
    return {each.code: each for each in every if each.by == "lead"}


@transaction.atomic
def confirm_condition(*, customer: Customer, condition: str, by: Person, at: datetime) -> Customer:
    """A team lead confirms what a class asks for (class 1: 主管配合确认)."""
    require(by, "customers.confirm")
    row = locked(customer)
    require_open(row)
    require_working(row, by, timezone.localdate(at))
    if condition not in confirmable(practice_for(row)):
        raise Refused("no_such_condition")
    if condition not in row.conditions:
        before = snapshot(row)
        row.conditions = [*row.conditions, condition]
        keep(row, before, by=by, at=at, verb="customer.condition_confirmed")
    return row


@transaction.atomic
def close_customer(
    *, customer: Customer, kind: str, reason: str, by: Person, at: datetime, version: int | None = None
) -> Customer:
    """Stop following up for good: dead, duplicate, or asked not to be contacted. Always with a reason."""
    row = locked(customer, version=version)
    today = timezone.localdate(at)
    require_open(row)
    require_working(row, by, today)
    before = snapshot(row)
    close_by_person(row, kind=kind, reason=reason, today=today)
    keep(row, before, by=by, at=at, verb="customer.closed", note=reason)
    emit(events.CustomersClosed([row.pk], by, at))
    return row


def close_by_person(customer: Customer, *, kind: str, reason: str, today: date) -> None:
    """Closed by a person's own word, which says why. Saves nothing."""
    if not reason.strip():
        raise Refused("closing_needs_a_reason")
    shut(customer, kind=kind, reason=reason, today=today)


def shut(customer: Customer, *, kind: str, reason: str, today: date) -> None:
    """Closed: out of every list and pool, the owner kept as the one who knew it. Saves nothing."""
    customer.closed_on, customer.closed_kind = today, Customer.Closed(kind)
    customer.closed_reason = reason.strip()[:200]
    customer.pool = customer.claimable_from = customer.former_owner = customer.released_on = None
    customer.due_on = customer.planned_on = customer.appointment_at = None
    customer.due_why, customer.planned_why = {}, {}
    customer.kept_until = customer.kept_why = None


@transaction.atomic
def reopen_customer(*, customer: Customer, by: Person, at: datetime) -> Customer:
    """Follow up again: with the former owner when still here, else in the pool of the unit."""
    require(by, "customers.reopen")
    row = locked(customer)
    require_deciding(row, by)
    if row.is_open:
        return row
    if merge := Merge.objects.filter(absorbed=row, undone_at=None).select_related("kept").first():
        raise Refused("merged_into_another", name=row.name, into=merge.kept.name)
    today = timezone.localdate(at)
    practice = practice_of(row.unit)
    before = snapshot(row)
    row.closed_on, row.closed_kind, row.closed_reason = None, "", ""
    if row.owner_id and not Person.objects.holding_customers().filter(pk=row.owner_id).exists():
        row.owner = row.owned_since = None
    suit_playbook(row, practice, today=today)
    if row.owner_id:
        row.owned_since = today
        start_cycle(row, practice, anchor=today, anchor_kind="assigned")
    else:
        row.pool = row.unit.pool
    keep(row, before, by=by, at=at, verb="customer.reopened")
    emit(events.CustomersReopened([row.pk], None, by, at))
    return row
