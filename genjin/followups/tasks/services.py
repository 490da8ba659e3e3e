"""Giving tasks, ending them, taking them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry, record_many
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Collaboration, Customer
from genjin.customers.services.ownership import end_lending, lend_customer
from genjin.customers.services.records import lent_to, require_deciding, require_open
from genjin.followups.models import Touch
from genjin.followups.tasks.models import Task
from genjin.organization.models import Person

MOST = 500  # tasks given in one go (ours)
LENT_FOR = timedelta(days=7)  # a customer lent for a task is lent until so long after its day (ours)
Outcome = Task.Outcome


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the same for everybody it is given to. `at` is the time of a visit, on the same day."""

    on: date
    purpose: str
    kind: str = Task.Kind.FOLLOW_UP
    at: datetime | None = None
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What became of it: the tasks, and customers that nobody holds, to whom none was given."""

    batch: UUID
    tasks: list[Task]
    left_out: list[Customer] = field(default_factory=list)


@transaction.atomic
def give_tasks(
    *, order: Order, people: Sequence[Person], customer: Customer | None = None, lend: bool = False, by: Person,
    at: datetime,
) -> Given:  # fmt: skip
    """Ask one or several people to do something, at a customer or not.

    Who may not work the customer is refused, or it is lent to them with `lend`, until a week after the task's day.
    """
    _require_giving(order, people, by, at=at)
    if customer is not None:
        customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
        require_open(customer)
        require_deciding(customer, by)
        for person in people:
            _require_holding(customer, person, order, lend=lend, by=by, at=at)
    return _give(order, [(person.pk, customer.pk if customer else None) for person in people], by=by, at=at)


@transaction.atomic
def give_tasks_to_owners(*, order: Order, customers: Iterable[Customer], by: Person, at: datetime) -> Given:
    """Ask whoever holds each of these customers. Those in a pool, closed, or not the giver's to decide are left out."""
    rows = list(Customer.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in customers]))
    if len(rows) > MOST:
        raise Refused("too_many_tasks", count=len(rows), most=MOST)
    owners = Person.objects.visible_to(by).holding_customers().in_bulk({row.owner_id for row in rows if row.owner_id})
    held = [row for row in rows if row.is_open and row.owner_id in owners]
    pairs = [(row.owner_id, row.pk) for row in held if row.owner_id]
    _require_giving(order, list(owners.values()), by, at=at)
    given = _give(order, pairs, by=by, at=at)
    return Given(given.batch, given.tasks, [row for row in rows if row not in held])


@transaction.atomic
def end_task(
    *, task: Task, outcome: str, result: str = "", touch: Touch | None = None, by: Person, at: datetime
) -> Task:
    """Carried out, by the note `touch` or with a short result; or not, with why. Saying it twice changes nothing."""
    row = _locked(task)
    if row.person_id != by.pk:
        raise NotPermitted("task_is_anothers", name=row.person.name)
    if row.ended_at is not None:
        return row
    result = result.strip()
    if outcome == Outcome.DECLINED and not result:
        raise Refused("task_declined_why")
    if outcome == Outcome.DONE and not result and touch is None:
        raise Refused("task_done_how")
    if touch is not None and (
        touch.author_id != by.pk or touch.customer_id != row.customer_id or touch.undone_at is not None
    ):
        raise Refused("task_note_does_not_fit")
    row.ended_at, row.outcome, row.result, row.touch = at, Outcome(outcome), result[:500], touch
    row.save(update_fields=["ended_at", "outcome", "result", "touch"])
    _record([row], f"task.{outcome}", {"result": [None, row.result]}, by=by, at=at)
    return row


@transaction.atomic
def withdraw_task(*, task: Task, reason: str = "", by: Person, at: datetime) -> Task:
    """Whoever leads takes a task back that is not needed any more."""
    row = _locked(task)
    _require_leading(row, by)
    if row.ended_at is None:
        row.ended_at, row.outcome, row.result = at, Outcome.WITHDRAWN, reason.strip()[:500]
        row.save(update_fields=["ended_at", "outcome", "result"])
        _record([row], "task.withdrawn", {"result": [None, row.result]}, by=by, at=at)
    return row


@transaction.atomic
def reopen_task(*, task: Task, by: Person, at: datetime) -> Task:
    """Take back an end that was a slip: one's own answer, or one's own withdrawal."""
    row = _locked(task)
    if row.ended_at is None:
        return row
    if row.withdrawn_by_rule:
        raise Refused("task_ended_by_rule")
    if row.outcome == Outcome.WITHDRAWN:
        _require_leading(row, by)
    elif row.person_id != by.pk:
        raise NotPermitted("task_is_anothers", name=row.person.name)
    if not row.person.is_active:
        raise Refused("task_person_left", name=row.person.name)
    if row.customer is not None:
        require_open(row.customer)
    reopen([row], by=by, at=at)
    return row


@transaction.atomic
def take_back_tasks(*, batch: UUID, by: Person, at: datetime) -> int:
    """Undo giving: what has not been answered of it is withdrawn, with what was lent for it. Returns how many."""
    rows = list(Task.objects.select_for_update(of=("self",)).open().filter(batch=batch, given_by=by).order_by("pk"))
    for row in rows:
        row.ended_at, row.outcome = at, Outcome.WITHDRAWN
        row.save(update_fields=["ended_at", "outcome"])
        _take_back_lending(row, by=by, at=at)
    _record(rows, "task.withdrawn", {}, by=by, at=at)
    return len(rows)


def _take_back_lending(task: Task, *, by: Person, at: datetime) -> None:
    """What was lent with this very task, and for no other task since: as it was lent before, or no longer. A lending
    that somebody made or changed besides is theirs, whatever day it ends on."""
    lent = Collaboration.objects.filter(customer=task.customer_id, person=task.person_id).first()
    if lent is None or task.customer is None:
        return
    if Task.objects.open().filter(customer=task.customer_id, person=task.person_id).exclude(pk=task.pk).exists():
        return
    told = Entry.objects.about("customer", lent.customer_id)
    told = told.filter(verb__in=("customer.lent", "customer.lending_ended"))
    last = next((each for each in told.order_by("-at", "-pk") if task.person_id in each.changes["person"]), None)
    if last is None or last.verb != "customer.lent" or (last.at, last.by_id) != (task.given_at, task.given_by_id):
        return
    may_work, ends_on = last.changes["may_work"][0], last.changes["ends_on"][0]
    until = date.fromisoformat(ends_on) if ends_on else None
    if may_work is None or (until is not None and until < timezone.localdate(at)):
        end_lending(collaboration=lent, by=by, at=at)
    else:
        lend_customer(customer=task.customer, to=task.person, may_work=may_work, ends_on=until, by=by, at=at)


def reopen(rows: Sequence[Task], *, by: Person | None, at: datetime) -> None:
    """Open again, whoever or whatever had ended them."""
    for row in rows:
        row.ended_at, row.outcome, row.result, row.withdrawn_by_rule, row.touch = None, Outcome.OPEN, "", "", None
        row.save(update_fields=["ended_at", "outcome", "result", "withdrawn_by_rule", "touch"])
    _record(rows, "task.reopened", {}, by=by, at=at)


def reopen_for_undone_note(touch: Touch, *, by: Person, at: datetime) -> None:
    """The note by which they were carried out was taken back."""
    rows = Task.objects.select_for_update(of=("self",)).filter(touch=touch, outcome=Outcome.DONE).order_by("pk")
    reopen(list(rows), by=by, at=at)


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("person", "customer").get(pk=task.pk)


def _require_giving(order: Order, people: Sequence[Person], by: Person, *, at: datetime) -> None:
    require(by, "followups.give_tasks")
    if not people:
        raise Refused("task_for_nobody")
    if not order.purpose.strip():
        raise Refused("task_says_nothing")
    if order.on < timezone.localdate(at):
        raise Refused("date_before_today", day=order.on.isoformat())
    if order.at is not None and order.at <= at:
        raise Refused("time_is_past", day=timezone.localdate(order.at).isoformat())
    seen = Person.objects.visible_to(by).holding_customers().filter(pk__in=[person.pk for person in people])
    known = set(seen.values_list("pk", flat=True))
    for person in people:
        if person.pk not in known:
            raise NotPermitted("task_person_out_of_reach", name=person.name)


def _require_holding(customer: Customer, person: Person, order: Order, *, lend: bool, by: Person, at: datetime) -> None:
    """Whoever is to do something at a customer must be able to work it until then."""
    if customer.owner_id == person.pk or customer.pk in lent_to(person, [customer.pk], order.on):
        return
    if customer.owner_id is None:
        raise Refused("claim_it_first", name=customer.name)
    if not lend:
        owner = customer.owner.name if customer.owner else ""
        raise Refused("task_customer_of_another", name=customer.name, owner=owner, person=person.name)
    lend_customer(customer=customer, to=person, may_work=True, ends_on=order.on + LENT_FOR, by=by, at=at)


def _require_leading(task: Task, by: Person) -> None:
    require(by, "followups.give_tasks")
    leads = Person.objects.visible_to(by).filter(pk=task.person_id).exists()
    if task.given_by_id != by.pk and not leads:
        raise NotPermitted("task_is_anothers", name=task.person.name)


def _give(order: Order, pairs: Iterable[tuple[int, int | None]], *, by: Person, at: datetime) -> Given:
    batch = uuid4()
    tasks = Task.objects.bulk_create(
        Task(
            kind=order.kind, person_id=person, given_by=by, customer_id=customer, on=order.on, at=order.at,
            purpose=order.purpose.strip()[:200], wanted=order.wanted.strip()[:200], batch=batch, given_at=at,
        )
        for person, customer in pairs
    )  # fmt: skip
    changes = {"on": [None, order.on.isoformat()], "wanted": [None, order.wanted.strip()]}
    _record(tasks, "task.given", changes, by=by, at=at)
    return Given(batch, tasks)


def _record(
    tasks: Iterable[Task], verb: str, changes: dict[str, list[Any]], *, by: Person | None, at: datetime
) -> None:
    """At the customer, where there is one: its timeline tells it. Else at the task."""
    record_many(
        entry(
            by=by, at=at, verb=verb, kind="customer" if task.customer_id else "task",
            subject=task.customer_id or task.pk,
            changes={
                "task": [None, task.pk], "person": [None, task.person_id], "purpose": [None, task.purpose], **changes,
            },
        )
        for task in tasks
    )  # fmt: skip
