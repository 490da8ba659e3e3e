"""Moving a customer to another day of the week."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.records import keep, locked, require_open, require_working, snapshot
from genjin.customers.services.standing import place_by_person, practice_for
from genjin.followups.services.outcome import ahead_of
from genjin.followups.week import rules
from genjin.organization.models import Person

# Refusals that a reason overcomes.
WANTS_REASON = ("day_is_off", "day_before_cycle", "reason_needed_past_cycle")


@dataclass(frozen=True, slots=True)
class Moved:
    """The customer on its new day, and how many of its owner's stand there now against the slots of a day."""

    customer: Customer
    load: int
    slots: int

    @property
    def is_full(self) -> bool:
        return self.load > self.slots


@transaction.atomic
def move_to_day(*, customer: Customer, on: date, reason: str = "", by: Person, at: datetime) -> Moved:
    """Put a customer onto another day. Inside its cycle that is all; outside it a reason is needed: earlier than the
    cycle's first day, on a day off, or later than its last, and then the due date moves with it.

    A full day takes it: a person's word goes before the plan, and `Moved` says how full.
    """
    row = locked(customer)
    today = timezone.localdate(at)
    require_open(row)
    require_working(row, by, today)
    if row.owner is None or row.due_on is None:
        raise Refused("claim_it_first", name=row.name)
    practice = practice_for(row)
    cls = practice.playbook.class_of(row.class_code)
    cycle = rules.cycle_of(cls, due_on=row.due_on, due_why=row.due_why, today=today, calendar=practice.calendar)
    ahead = ahead_of(row, row.owner, practice, today)
    if on >= today and not reason.strip():
        wanted = rules.what_needs_a_reason(cls, on, cycle, ahead.agenda.calendar)
        if wanted:
            raise Refused(wanted.code, **wanted.figures)
    if on != row.planned_on:
        before = snapshot(row)
        place_by_person(row, practice, on=on, reason=reason, by=by, today=today)
        keep(row, before, by=by, at=at, verb="customer.planned", note=reason.strip())
    return Moved(row, ahead.load.get(on, 0) + 1, ahead.agenda.slots_on(on))
