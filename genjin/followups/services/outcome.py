"""What one note does to a customer, worked out on the row in memory. Saving a note and previewing it share this."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.reasons import Reason, Refused
from genjin.core.statements import Statement
from genjin.customers.models import Customer, Pool
from genjin.customers.services.ownership import pooled
from genjin.customers.services.standing import enter_class, place_by_person, shut, start_cycle
from genjin.followups.services.notes import Note
from genjin.followups.tasks.waiting import tasks_per_day
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import Agenda, agenda_of
from genjin.playbooks.practice import Practice
from genjin.playbooks.variant import EntryCondition, Variant

LOAD_WINDOW = timedelta(days=120)
OFFERED = {"class_move": ("move", "keep"), "give_up": ("pool", "close", "keep"), "tell_lead": ()}


@dataclass(slots=True)
class Outcome:
    """What followed from a note.

    `missing`: entry conditions of the class wanted that are not met, so that the class stayed. `planned`: the engine's
    own day and why. `retry_at`: the time of day of a second try today. `proposal`: what the engine says after too many
    misses; `awaits_lead`: the person decided to give up, and the team lead has to agree. `said`: what the person should
    hear.
    """

    effective: bool
    proposed_effective: bool
    class_wanted: str = ""
    missing: tuple[EntryCondition, ...] = ()
    planned_on: date | None = None
    planned_why: Reason | None = None
    retry_at: time | None = None
    proposal: rules.Proposal | None = None
    awaits_lead: bool = False
    said: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The owner's coming days: how many other customers and tasks stand on each (`load`), and how the owner works on
    them."""

    load: Mapping[date, int]
    agenda: Agenda


def ahead_of(row: Customer, owner: Person, practice: Practice, today: date, agenda: Agenda | None = None) -> Ahead:
    """The coming days of a customer's owner, without the customer; `agenda` is the owner's where it is known."""
    rows = _standing_besides(row=row.pk, owner=owner.pk, first=today, last=today + LOAD_WINDOW)
    return Ahead(added_up(rows), agenda or agenda_of(owner, practice, first=today))


def added_up(rows: Iterable[tuple[date, int]]) -> Counter[date]:
    """By day, of figures for the same days from several sources."""
    load: Counter[date] = Counter()
    for day, number in rows:
        load[day] += number
    return load


@Statement
def _standing_besides(row: int, owner: int, first: date, last: date) -> QuerySet:
    tasks = tasks_per_day(owner, first, last).exclude(customer=row)
    return Customer.objects.exclude(pk=row).per_day(owner, first, last).union(tasks, all=True)


def knows_key_person(row: Customer) -> bool:
    """Whether somebody who decides is known at the customer; of people that were read before, nothing is asked."""
    return any(person.is_key_person for person in row.contact_people.all())


def verdict(note: Note) -> tuple[bool, bool]:
    """Whether the contact was effective, and whether the rule says so: the person may overrule."""
    proposed = rules.effective(
        reached=not note.miss_reason,
        interests=note.interests,
        objections=note.objections,
        promise=bool(note.promise_what),
        appointment=note.appointment_at is not None,
    )
    return (proposed if note.effective is None else note.effective), proposed


def apply_note(
    row: Customer, practice: Practice, note: Note, *, by: Person, at: datetime, ahead: Ahead | None = None,
) -> Outcome:  # fmt: skip
    """Change the row as the note has it: counts, class, both dates. Saves nothing; Refused when it cannot be.

    `ahead` is what `ahead_of` says where it is known already.
    """
    effective, proposed = verdict(note)
    outcome = Outcome(effective, proposed)
    class_before = row.class_code
    # Asked only where something depends on it: entering a class, and what follows a miss.
    matters = not effective or bool(note.class_wanted)
    key_person_known = matters and knows_key_person(row)
    _count(row, note, outcome, at=at)
    _move_class(row, practice, note, outcome, key_person_known, today=timezone.localdate(at))
    if row.is_open:
        moved = row.class_code != class_before
        _place(row, practice, note, outcome, moved, key_person_known, by=by, at=at, ahead=ahead)
    return outcome


def _count(row: Customer, note: Note, outcome: Outcome, *, at: datetime) -> None:
    row.attempts += 1
    row.last_touch_at = at
    row.last_note = note.gist() or row.last_note
    if outcome.effective:
        row.effective_contacts += 1
        row.last_effective_on = timezone.localdate(at)
        row.missed_in_row = 0
    else:
        row.missed_in_row += 1


def tickable(playbook: Variant) -> frozenset[str]:
    """Entry conditions that a seller may say are met; the others are read off the notes or confirmed by the lead."""
    return frozenset(
        each.code
        for cls in playbook.classes
        for condition in cls.entry_conditions
        for each in (condition, *condition.alternatives)
        if each.by == "seller"
    )


def known_facts(row: Customer, practice: Practice, note: Note, key_person_known: bool) -> tuple[set[str], set[str]]:
    """Entry conditions known to be met: those that stay known, and with them those that hold for this note alone."""
    lasting = set(row.conditions) | (set(note.ticked) & tickable(practice.playbook))
    for code, noted in (
        ("interest_known", note.interests),
        ("objection_known", note.objections),
        ("product_introduced", note.services),
    ):
        if noted:
            lasting.add(code)
    now = {"kp_known"} if key_person_known else set()
    if note.next_on or note.appointment_at:
        now.add("next_contact_clear")
    return lasting, lasting | now


def _move_class(
    row: Customer, practice: Practice, note: Note, outcome: Outcome, key_person_known: bool, *, today: date
) -> None:
    """Move to the class wanted if its entry conditions are met; else stay, and say what is missing."""
    playbook = practice.playbook
    lasting, facts = known_facts(row, practice, note, key_person_known)
    row.conditions = sorted(lasting)
    wanted = note.class_wanted
    if note.paid_amount is not None:
        if note.paid_amount <= 0:
            raise Refused("payment_is_positive")
        row.won_on = row.won_on or note.paid_on or today
        wanted = playbook.won_class.code if playbook.won_class else wanted
    if not wanted or wanted == row.class_code:
        return
    if not playbook.has_class(wanted):
        raise Refused("class_is_unknown", wanted=wanted)
    outcome.class_wanted = wanted
    now, cls = playbook.class_of(row.class_code), playbook.class_of(wanted)
    if cls.is_won and note.paid_amount is None and row.won_on is None:
        raise Refused("won_needs_a_payment")
    outcome.missing = () if cls.is_won or cls.rank > now.rank else rules.missing_conditions(cls, facts)
    if outcome.missing:
        codes = [condition.code for condition in outcome.missing]
        figures = {"playbook": playbook.code, "class_code": now.code, "wanted": cls.code, "missing": codes}
        outcome.said.append(Reason("class_kept_conditions_missing", figures))
        return
    if cls.closes_as:
        shut(row, kind=cls.closes_as, reason=note.decision_reason or note.remarks or cls.name.zh, today=today)
        outcome.said.append(
            Reason("customer_closed_by_class", {"playbook": playbook.code, "class_code": cls.code, "name": row.name})
        )
        return
    enter_class(row, practice, cls.code, today=today)
    start_cycle(row, practice, anchor=today, anchor_kind="class_move")


def _place(
    row: Customer, practice: Practice, note: Note, outcome: Outcome, moved: bool, key_person_known: bool, *,
    by: Person, at: datetime, ahead: Ahead | None,
) -> None:  # fmt: skip
    """Both dates: an effective contact starts the cycle anew, a miss only gets a retry; a person's date comes last."""
    today = timezone.localdate(at)
    owner = by if row.owner_id in (None, by.pk) else row.owner
    assert owner is not None
    ahead = ahead or ahead_of(row, owner, practice, today)
    if outcome.effective and not moved:
        start_cycle(row, practice, anchor=today, anchor_kind="effective")
    if outcome.effective or moved:
        _plan_next(row, practice, outcome, ahead, today=today)
    else:
        _after_miss(row, practice, note, outcome, key_person_known, ahead, by=by, at=at)
        if row.owner_id is None or not row.is_open:
            return
    engine_on = outcome.planned_on
    if note.appointment_at is not None:
        on = timezone.localdate(note.appointment_at)
        if on != engine_on:
            reason = note.next_reason.strip() or note.appointment_purpose.strip()
            place_by_person(row, practice, on=on, reason=reason, by=by, today=today, proposed_on=engine_on)
        row.planned_on = on
        row.planned_why = Reason("planned_for_appointment", {"at": note.appointment_at.isoformat()}).as_json()
    elif note.next_on is not None and note.next_on != engine_on and note.third_miss != "keep":
        place_by_person(
            row, practice, on=note.next_on, reason=note.next_reason, by=by, today=today, proposed_on=engine_on
        )


def _plan_next(row: Customer, practice: Practice, outcome: Outcome, ahead: Ahead, *, today: date) -> None:
    planned = plan_next(row, practice, ahead, today=today)
    outcome.planned_on, outcome.planned_why = planned.planned_on, planned.reason


def plan_next(row: Customer, practice: Practice, ahead: Ahead, *, today: date) -> rules.Planned:
    """Place the customer on the engine's day, counted from today. Saves nothing."""
    cls = practice.playbook.class_of(row.class_code)
    planned = rules.next_contact(
        cls, today=today, anchor=today, calendar=practice.calendar, load=ahead.load, slots=ahead.agenda.slots,
        leave=ahead.agenda.leave,
    )  # fmt: skip
    row.planned_on, row.planned_why = planned.planned_on, planned.reason.as_json()
    return planned


def _after_miss(
    row: Customer, practice: Practice, note: Note, outcome: Outcome, key_person_known: bool, ahead: Ahead, *,
    by: Person, at: datetime,
) -> None:  # fmt: skip
    """A retry moves only the planned date. After the third miss in a row the person's own decision, if one was made."""
    today = timezone.localdate(at)
    cls = practice.playbook.class_of(row.class_code)
    retry = rules.after_miss(
        ahead.agenda.playbook_on(today),
        cls,
        missed_in_row=row.missed_in_row,
        kp_known=key_person_known,
        today=today,
        at=timezone.localtime(at).time(),
        calendar=practice.calendar,
        load=ahead.load,
        slots=ahead.agenda.slots,
        leave=ahead.agenda.leave,
    )
    outcome.planned_on, outcome.planned_why, outcome.proposal = retry.planned_on, retry.reason, retry.proposal
    outcome.retry_at = retry.starts if retry.same_day_again else None
    row.planned_on, row.planned_why = retry.planned_on, retry.reason.as_json()
    if not note.third_miss:
        if retry.proposal:
            outcome.said.append(retry.proposal.reason)
        return
    if retry.proposal is None:
        raise Refused("no_three_misses_yet", missed=row.missed_in_row)
    if note.third_miss not in OFFERED[retry.proposal.kind]:
        raise Refused("decision_not_offered")
    reason = note.decision_reason.strip()
    if not reason:
        raise Refused("decision_needs_a_reason")
    if note.third_miss in ("pool", "close") and practice.playbook.pool.approve_giving_up and not leads(by, row):
        outcome.awaits_lead = True
        outcome.said.append(Reason("giving_up_waits_for_lead", {"name": row.name}))
        return
    row.missed_in_row = 0
    if note.third_miss == "move":
        enter_class(row, practice, retry.proposal.class_code or "", today=today)
        start_cycle(row, practice, anchor=today, anchor_kind="class_move")
        _plan_next(row, practice, outcome, ahead, today=today)
    elif note.third_miss == "pool":
        lay_to_rest(row, practice, row.unit.pool, today=today)
    elif note.third_miss == "close":
        shut(row, kind=Customer.Closed.DEAD, reason=reason, today=today)
    else:
        planned = keep_on(row, practice, on=note.next_on, reason=note.decision_reason, by=by, today=today, ahead=ahead)
        outcome.planned_on, outcome.planned_why = planned.planned_on, planned.reason


def keep_on(
    row: Customer, practice: Practice, *, on: date | None, reason: str, by: Person, today: date, ahead: Ahead
) -> rules.Planned:
    """To keep on with a reason is a person's date: it sets the due date anew (domain.md §1, retry). `on` None takes the
    engine's day, which is returned. Saves nothing."""
    if on is not None and on < today:
        raise Refused("date_before_today", day=on.isoformat())
    cls = practice.playbook.class_of(row.class_code)
    planned = plan_next(row, practice, ahead, today=today)
    day = on or planned.planned_on
    due = rules.due_by_person(
        cls, day, reason, today=today, cycle_ends_on=practice.calendar.add(today, cls.max_days), by=by.name
    )
    row.due_on, row.due_why = due.due_on, due.reason.as_json()
    row.planned_on = day
    if day != planned.planned_on:
        row.planned_why = Reason("planned_by_person", {"by": by.name, "text": reason.strip()}).as_json()
    return planned


def lay_to_rest(row: Customer, practice: Practice, pool: Pool, *, today: date) -> None:
    """Given up: into a pool, where it rests out of everybody's reach for the playbook's quarantine. Saves nothing."""
    until = today + timedelta(days=practice.playbook.pool.quarantine_days)
    pooled(row, pool, today=today, resting_until=until)
    row.missed_in_row = 0


def leads(by: Person, row: Customer) -> bool:
    """Whether this person leads the unit that the customer is of."""
    return by.may("followups.approve_proposals") and (by.scope.everything or row.unit_id in by.scope.units)
