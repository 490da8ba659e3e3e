"""What saving the note would do, said before it is saved: next contact with its reason, class, third miss."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.utils import timezone

from genjin.core.reasons import Reason, Refused
from genjin.customers.models import Customer
from genjin.followups.services.notes import Note
from genjin.followups.services.outcome import (
    OFFERED,
    Ahead,
    Outcome,
    ahead_of,
    apply_note,
    known_facts,
    knows_key_person,
    tickable,
    verdict,
)
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import Agenda
from genjin.playbooks.practice import Practice
from genjin.playbooks.variant import CustomerClass, EntryCondition

LOAD_DAYS = 5
TEN_YEARS = timedelta(days=3653)
UNSAID = "…"  # stands for a reason that is still to be written


@dataclass(frozen=True, slots=True)
class LoadDay:
    """One of the coming working days and how many customers already stand on it."""

    day: date
    planned: int
    is_full: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """One entry condition of the class wanted. `may_tick`: the person can say that it is met."""

    condition: EntryCondition
    is_met: bool
    may_tick: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """`row` is the customer as it would be. `refused` says why it could not be saved like this.

    `next_on` is the day a person chose ("" in the form when the engine's stands); `moved_from` a full day it gave way
    from. `needs_reason`: the day lies past the cycle. `offers` are the decisions open after too many misses.
    """

    row: Customer
    outcome: Outcome
    says_effective: bool
    chosen_effective: bool | None
    next_on: date | None
    moved_from: date | None
    remarks: tuple[Reason, ...]
    needs_reason: bool
    refused: Reason | None
    load: tuple[LoadDay, ...]
    slots: int
    class_now: CustomerClass
    class_wanted: CustomerClass | None
    demands: tuple[Demand, ...]
    offers: tuple[str, ...]
    missed_in_row: int
    may_again_today: bool

    @property
    def is_missed(self) -> bool:
        return self.chosen_effective is False


def picked_day(pick: str, *, today: date, practice: Practice) -> date | None:
    """The day behind a one-key change: today, tomorrow, three (working days), week (same weekday), or an ISO date."""
    if pick == "today":
        return today
    if pick == "tomorrow":
        return practice.calendar.add(today, 1)
    if pick == "three":
        return practice.calendar.add(today, 3)
    if pick == "week":
        return practice.calendar.next_working(today + timedelta(days=7))
    try:
        day = date.fromisoformat(pick)
    except ValueError:
        return None
    return day if abs(day - today) <= TEN_YEARS else None


def preview_of(
    customer: Customer,
    practice: Practice,
    note: Note,
    *,
    by: Person,
    at: datetime,
    pick: str = "",
    agenda: Agenda | None = None,
) -> Preview:
    """Work the note out on a copy of the customer. A picked day that is full gives way to the next free one."""
    today = timezone.localdate(at)
    owner = customer.owner or by
    ahead = ahead_of(customer, owner, practice, today, agenda)
    slots = ahead.agenda.slots
    moved_from = None
    day = picked_day(pick, today=today, practice=practice) if pick else None
    if day is not None:
        free = rules.first_free(
            max(day, today), calendar=practice.calendar, load=ahead.load, slots=slots, leave=ahead.agenda.leave
        )
        # Once more today is no new customer of the day: a full one takes it.
        if free is not None and free != day and pick != "today":
            moved_from, day = day, free
        note = replace(note, next_on=day)
    row, outcome, refused = _tried(customer, practice, note, ahead, by=by, at=at)
    chosen = note.next_on if note.third_miss not in ("pool", "close") else None
    remarks = tuple(_remarks(row, practice, chosen, outcome, ahead, today=today)) if moved_from is None else ()
    class_wanted = _class_wanted(practice, note)
    return Preview(
        row=row,
        outcome=outcome,
        says_effective=outcome.proposed_effective,
        chosen_effective=note.effective,
        next_on=chosen,
        moved_from=moved_from,
        remarks=remarks,
        needs_reason=row.due_why.get("code") == "due_by_person"
        and note.third_miss != "keep"
        and row.due_on != customer.due_on,
        refused=refused,
        load=tuple(_load_days(practice, ahead, row.planned_on, today=today)),
        slots=slots,
        class_now=practice.playbook.class_of(customer.class_code),
        class_wanted=class_wanted,
        demands=tuple(_demands(customer, practice, note, class_wanted)),
        offers=OFFERED[outcome.proposal.kind] if outcome.proposal else (),
        missed_in_row=customer.missed_in_row + 1,
        may_again_today=_may_again_today(customer, ahead, at=at),
    )


def _may_again_today(customer: Customer, ahead: Ahead, *, at: datetime) -> bool:
    """Whether a later block of today could take a second contact, which a key customer's open question asks for."""
    playbook, local = ahead.agenda.playbook_on(timezone.localdate(at)), timezone.localtime(at)
    works = ahead.agenda.calendar.is_working(local.date())
    return works and rules.later_block(playbook, customer.class_code, local.time()) is not None


def _tried(
    customer: Customer, practice: Practice, note: Note, ahead: Ahead, *, by: Person, at: datetime
) -> tuple[Customer, Outcome, Reason | None]:
    """The note worked out; what a service would refuse is left out of it and said."""
    refused = None
    whole = replace(
        note, next_reason=note.next_reason.strip() or UNSAID, decision_reason=note.decision_reason.strip() or UNSAID
    )
    bare = replace(
        whole, third_miss="", next_on=None, appointment_at=None, class_wanted="", paid_amount=None, paid_on=None
    )
    for attempt in (whole, replace(whole, third_miss=""), bare):
        row = copy.copy(customer)
        try:
            return row, apply_note(row, practice, attempt, by=by, at=at, ahead=ahead), refused
        except Refused as refusal:
            if attempt.third_miss == "" and refused is None:
                refused = refusal.reason
    effective, proposed = verdict(note)
    return copy.copy(customer), Outcome(effective, proposed), refused


def _remarks(
    row: Customer, practice: Practice, chosen: date | None, outcome: Outcome, ahead: Ahead, *, today: date,
) -> Iterator[Reason]:  # fmt: skip
    """What is to be said of a day that a person wrote in: full, or no working day."""
    if chosen is None or row.due_on is None:
        return
    said = rules.check_chosen_date(
        practice.playbook.class_of(row.class_code), chosen, today=today, due_on=row.due_on,
        calendar=practice.calendar, load=ahead.load, slots=ahead.agenda.slots, leave=ahead.agenda.leave,
        proposed_on=outcome.planned_on,
    )  # fmt: skip
    yield from (remark for remark in said.remarks if remark.code in ("date_full", "date_not_worked", "date_on_leave"))


def _load_days(practice: Practice, ahead: Ahead, chosen: date | None, *, today: date) -> Iterator[LoadDay]:
    for day in islice(practice.calendar.working_days(today + timedelta(days=1)), LOAD_DAYS):
        planned, slots = ahead.load.get(day, 0), ahead.agenda.slots_on(day)
        yield LoadDay(day, planned, planned >= slots, day == chosen)


def _class_wanted(practice: Practice, note: Note) -> CustomerClass | None:
    if note.paid_amount is not None and practice.playbook.won_class:
        return practice.playbook.won_class
    known = note.class_wanted and practice.playbook.has_class(note.class_wanted)
    return practice.playbook.class_of(note.class_wanted) if known else None


def _demands(customer: Customer, practice: Practice, note: Note, wanted: CustomerClass | None) -> Iterator[Demand]:
    """The entry conditions of a class nearer to payment, met ones first said so."""
    now = practice.playbook.class_of(customer.class_code)
    if wanted is None or wanted.is_won or wanted.rank >= now.rank:
        return
    _lasting, facts = known_facts(customer, practice, note, knows_key_person(customer))
    missing = rules.missing_conditions(wanted, facts)
    ticks = tickable(practice.playbook)
    for condition in wanted.entry_conditions:
        yield Demand(condition, condition not in missing, any(code in ticks for code in condition.codes))
