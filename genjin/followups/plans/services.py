"""Making the day's plans before the day begins, and settling them when it is over."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from math import ceil
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, entry, record, record_many
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.customers.models import Customer
from genjin.customers.services.ownership import stock_of
from genjin.customers.services.records import write_many
from genjin.followups.day import Day, day_of, has_begun
from genjin.followups.models import Touch
from genjin.followups.plans.models import DayPlan, PlannedContact
from genjin.followups.plans.progress import outcomes_of
from genjin.followups.tasks.waiting import DaysOfTasks, days_of_tasks
from genjin.followups.waiting import NO_DAY, start_of
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import Agenda, agenda_of, agendas_of
from genjin.playbooks.practice import Practice, practice_of, practices_of

# Plans are made from this hour on: after the night and what came in late, before any shift (ours).
MADE_FROM = time(5)
# Why a customer stands on a day that no plan may take from it.
BOOKED = ("planned_by_person", "planned_for_appointment", "planned_from_lead")
WRITTEN = ("planned_on", "planned_why", "version")
READ = ("pk", "due_on", "due_why", "planned_on", "planned_why", "class_code", "appointment_at", "version")


@dataclass(slots=True)
class Held:
    """What planning reads of a customer that somebody holds; instances take three times as long to make."""

    pk: int
    due_on: date
    due_why: dict[str, Any]
    planned_on: date | None
    planned_why: dict[str, Any]
    class_code: str
    appointment_at: datetime | None
    version: int


def make_plans(*, at: datetime) -> int:
    """Plan the day of everybody who holds customers and works today, each in a transaction of its own.

    Returns how many were made. Killed at any moment and run again it makes those that are missing.
    """
    today = timezone.localdate(at)
    held = Customer.objects.open().filter(owner__isnull=False).order_by().values("owner").distinct()
    planned = DayPlan.objects.filter(on=today).values("person")
    people = Person.objects.active().filter(pk__in=held).exclude(pk__in=planned).select_related("unit")
    people = list(people)
    agendas = agendas_of(people, practices_of({person.unit for person in people}), first=today)
    return sum(make_plan(person, agendas[person.pk], at=at) is not None for person in people)


@transaction.atomic
def make_plan(person: Person, agenda: Agenda, *, at: datetime) -> DayPlan | None:
    """Level the person's coming days, fill this one, and keep it as the plan. None on a day the person does not work,
    be it the unit's or one of leave."""
    today, practice = timezone.localdate(at), agenda.practice
    if not agenda.calendar.is_working(today):
        return None
    rows, levelled = level_days(person, agenda, first=today, at=at)
    day = day_of(person, at=at, agenda=agenda)
    counts = Counter(row.class_code for row in rows.values())
    plan = DayPlan.objects.create(
        person=person,
        on=today,
        made_at=at,
        slots=day.slots,
        held=len(rows),
        asks=ceil(rules.load_arithmetic(practice.playbook, counts).slackest * 10),
        moved=len(levelled.moves),
        no_day=len(levelled.no_day),
    )
    PlannedContact.objects.bulk_create(_contacts(plan, day, rows, levelled))
    return plan


@transaction.atomic
def level_days(person: Person, agenda: Agenda, *, first: date, at: datetime) -> tuple[dict[int, Held], rules.Levelled]:
    """Give the person's customers days from `first` on that are not too full, today or the next day. The rows, and
    what came of them; whoever stands before a `first` that lies ahead stays."""
    today, playbook = timezone.localdate(at), agenda.practice.playbook
    mine = Customer.objects.select_for_update().owned_by(person).order_by("pk")
    found = (mine if first == today else mine.filter(planned_on__gte=first)).values_list(*READ)
    rows = {row[0]: Held(*row) for row in found}
    done = Touch.objects.standing().filter(author=person, at__gte=start_of(first))
    counts = Counter(row.class_code for row in rows.values()) if first == today else stock_of(person, playbook)
    tasks = days_of_tasks(person.pk, rows.keys(), first=first, today=today)
    levelled = _level(
        agenda, rows.values(), today=first, done=list(done.values_list("class_before", flat=True)),
        more_new=rules.development(playbook, counts, slots=agenda.slots).slots,
        tasks=tasks,
    )  # fmt: skip
    _write_days(rows, agenda.practice, levelled, tasks, at=at)
    return rows, levelled


@transaction.atomic
def remake_plan(*, person: Person, by: Person, at: datetime) -> DayPlan | None:
    """Plan the person's day anew, when leave or the daily number changed. Refused once the day's work has begun."""
    require(by, "customers.work" if by.pk == person.pk else "followups.plan_for_others")
    if not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        raise NotPermitted("plan_of_another_unit", name=person.name)
    today = timezone.localdate(at)
    if has_begun(person, today):
        raise Refused("plan_is_being_worked", name=person.name)
    DayPlan.objects.filter(person=person, on=today).delete()
    record(by=by, at=at, verb="plan.remade", kind="person", subject=person.pk)
    return make_plan(person, agenda_of(person, practice_of(person.unit), first=today), at=at)


def settle_plans(*, at: datetime) -> int:
    """Write what became of each planned contact of the days before today. Returns how many plans were settled."""
    waiting = DayPlan.objects.unsettled().filter(on__lt=timezone.localdate(at)).order_by("on", "pk")
    return sum(_settle(plan, at=at) for plan in waiting.select_related("person"))


@transaction.atomic
def _settle(plan: DayPlan, *, at: datetime) -> bool:
    if not DayPlan.objects.select_for_update().unsettled().filter(pk=plan.pk).exists():
        return False
    contacts = list(plan.contacts.all())
    outcomes = outcomes_of(plan, contacts, is_over=True)
    alike: dict[str, list[int]] = defaultdict(list)
    for each in contacts:
        alike[outcomes[each.customer_id]].append(each.pk)
    for outcome, keys in alike.items():
        PlannedContact.objects.filter(pk__in=keys).update(outcome=outcome)
    DayPlan.objects.filter(pk=plan.pk).update(settled_at=at)
    return True


# ------------------------------------------------------------------------------------------------ levelling


def _level(
    agenda: Agenda, rows: Collection[Held], *, today: date, done: list[str], more_new: int, tasks: DaysOfTasks
) -> rules.Levelled:
    """Everybody's day from today on: those who wait for a first contact on the slots of their own blocks.

    `done`: the classes of whom was contacted today before the plan, where it comes late; `more_new`: slots that are
    kept for development while a stock target is not reached. A task takes a slot of its day.
    """
    practice = agenda.practice
    queue = practice.playbook.queue_classes
    waiting = {row.pk: row for row in rows if row.class_code in queue}
    days = list(islice(practice.calendar.working_days(today), rules.SEARCHED_DAYS))
    slots = rules.slots_of_days(practice.playbook, days, agenda.slots, agenda.off)
    done_new = sum(code in queue for code in done)
    shares = rules.shares(
        practice.playbook,
        slots,
        len(waiting),
        done_new=done_new,
        done_others=len(done) - done_new,
        more_new=more_new,
        off=agenda.off,
    )
    standings = {row.pk: standing for row in rows if (standing := _standing(row, agenda, today))}
    besides = _stand_on_task_days(standings, rows, tasks, today)
    new = [standings[pk] for pk in waiting if pk in standings]
    old = [standing for pk, standing in standings.items() if pk not in waiting]
    return _together(
        rules.level(practice.playbook, old, shares.follow_up, today=today, leave=agenda.leave, tasks=besides),
        rules.level(practice.playbook, new, shares.new, today=today, leave=agenda.leave),
    )


def _stand_on_task_days(
    standings: dict[int, rules.Standing], rows: Iterable[Held], tasks: DaysOfTasks, today: date
) -> Counter[date]:
    """Let whom a task brings onto a day stand there, before its own day comes: the talk is one for both. A task after
    that takes a slot of its own. The slots that tasks take besides, by day."""
    besides = Counter(tasks.besides)
    for row in rows:
        day = tasks.at.get(row.pk)
        if day is None:
            continue
        held = standings.get(row.pk)
        stood = max(held.planned_on, today) if held else None
        if held is None or stood is None or (day <= stood and not held.is_booked):
            standings[row.pk] = rules.Standing(row.pk, row.class_code, day, row.due_on, is_booked=True)
        elif day != stood:
            besides[day] += 1
    return besides


def _together(one: rules.Levelled, other: rules.Levelled) -> rules.Levelled:
    days = {**one.days, **other.days}
    return rules.Levelled(days, (*one.moves, *other.moves), (*one.no_day, *other.no_day))


def _standing(row: Held, agenda: Agenda, today: date) -> rules.Standing | None:
    """Where a customer stands. A queue's customer that nobody planned stands nowhere: its blocks take it in turn.

    Of classes 1 and 2 a day takes all that are due, unless nobody is there on it.
    """
    practice = agenda.practice
    if not practice.playbook.has_class(row.class_code):
        return None
    agreed = timezone.localdate(row.appointment_at) if row.appointment_at else None
    if agreed is not None and agreed >= today:
        return rules.Standing(row.pk, row.class_code, agreed, row.due_on, is_booked=True)
    cls = practice.playbook.class_of(row.class_code)
    if row.planned_on is None and cls.is_queue:
        return None
    chosen = row.planned_on is not None and row.planned_on >= today and row.planned_why.get("code") in BOOKED
    on = row.planned_on or _first_on(row, practice, today)
    presses = row.class_code in practice.playbook.pressing_classes and not agenda.is_away(max(on, today))
    return rules.Standing(row.pk, row.class_code, on, row.due_on, chosen or presses)


def _first_on(row: Held, practice: Practice, today: date) -> date:
    """The first day that planning may choose for who stands on none: the cycle's minimum, never after its last day."""
    since = row.due_why.get("since")
    if since is None:
        return min(today, row.due_on)
    cls = practice.playbook.class_of(row.class_code)
    return min(practice.calendar.add(date.fromisoformat(since), cls.min_days), row.due_on)


def _write_days(
    rows: dict[int, Held], practice: Practice, levelled: rules.Levelled, tasks: DaysOfTasks, *, at: datetime
) -> None:
    """Write the days that changed, each with why, and record them; who found none keeps its day and learns why. The day
    of a task stands at the task."""
    today = timezone.localdate(at)
    moves = {each.standing.customer: each for each in levelled.moves}
    changed, entries = [], []
    for none in levelled.no_day:
        row, why = rows[none.standing.customer], none.reason.as_json()
        if row.planned_why != why:
            row.planned_why = why
            changed.append(row)
    for pk, on in sorted(levelled.days.items()):
        row, move = rows[pk], moves.get(pk)
        had_none = row.planned_why.get("code", "").startswith(NO_DAY)
        if move is None and row.planned_on is not None and not had_none:
            continue
        if move is None and tasks.at.get(pk) == on:
            continue
        if row.planned_on is None and row.appointment_at and timezone.localdate(row.appointment_at) == on:
            continue
        before = {field: getattr(row, field) for field in WRITTEN}
        row.planned_why = (move.reason if move else _placed(row, practice, on, today)).as_json()
        row.planned_on = on
        row.version += 1
        changed.append(row)
        changes = changes_between(before, {field: getattr(row, field) for field in WRITTEN})
        entries.append(entry(by=None, at=at, verb=_verb(move), kind="customer", subject=pk, changes=changes))
    write_many(changed, WRITTEN)
    record_many(entries)


def _verb(move: rules.Move | None) -> str:
    """How the record tells it: placed for the first time, moved off a full day, moved off leave."""
    if move is None:
        return "customer.placed"
    return "customer.moved_from_leave" if move.reason.code == "levelled_on_leave" else "customer.levelled"


def _placed(row: Held, practice: Practice, on: date, today: date) -> Reason:
    """Why one that stood nowhere has this day."""
    cls = practice.playbook.class_of(row.class_code)
    figures = {"playbook": cls.playbook, "class_code": cls.code, "min": cls.min_days, "max": cls.max_days}
    if row.due_on < today:
        return Reason("planned_overdue", {**figures, "day": on.isoformat(), "last": row.due_on.isoformat()})
    return Reason("planned_by_plan", {**figures, "day": on.isoformat(), "last": row.due_on.isoformat()})


# ------------------------------------------------------------------------------------------------ the snapshot


def _contacts(plan: DayPlan, day: Day, rows: dict[int, Held], levelled: rules.Levelled) -> Iterator[PlannedContact]:
    """Everybody placed, in the order of the day, then who is due and found no place: each once."""
    seen: set[int] = set()
    position = 0
    nowhere = {each.standing.customer: each.reason for each in levelled.no_day}
    around = _too_full_around(day, nowhere.values())

    def contact(customer: int, block: str, why: Iterable[Reason]) -> PlannedContact:
        nonlocal position
        seen.add(customer)
        position += 1
        row = rows[customer]
        return PlannedContact(
            plan=plan,
            customer_id=customer,
            position=position,
            block=block,
            class_code=row.class_code,
            due_on=row.due_on,
            why=[reason.as_json() for reason in why],
        )

    for block in day.blocks:
        for done in block.done:
            if done.customer in rows and done.customer not in seen:
                yield contact(done.customer, block.block.code, ())
        for row in block.rows:
            if row.customer in rows and row.customer not in seen:  # one lent for a task is its owner's to plan
                yield contact(row.customer, block.block.code, row.reasons)
    for row in day.left_over:
        if row.customer in rows and _is_due(rows[row.customer], day) and row.customer not in seen:
            yield contact(row.customer, "", (nowhere.get(row.customer, around),))


def _is_due(row: Held, day: Day) -> bool:
    """Whether somebody without a place was to have one: not who only waits for a first contact that has time."""
    waits = row.class_code in day.practice.playbook.queue_classes and row.planned_on is None
    return row.due_on <= day.on or not waits


def _too_full_around(day: Day, reasons: Iterable[Reason]) -> Reason:
    """Why there was no place for somebody to whom levelling gave the day: what it found of the same days for another,
    else the day's own figures."""
    today = day.on.isoformat()
    found = [each for each in reasons if each.figures.get("from", "9") <= today <= each.figures.get("to", "")]
    return found[-1] if found else Reason("no_place_today", {"slots": day.slots, "taken": day.total})
