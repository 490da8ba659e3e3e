"""A task goes where its customer goes, and none stays open with somebody who left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from genjin.core.audit.services import entry, record_many
from genjin.core.many_rows import among
from genjin.customers.events import CustomersClosed, CustomersReopened, HangingMoved, OwnershipChanged
from genjin.customers.models import Collaboration, Customer
from genjin.followups.handlers import batches
from genjin.followups.tasks.models import Task, TaskQuerySet
from genjin.followups.tasks.services import reopen
from genjin.organization.events import PersonLeft

Outcome = Task.Outcome


def pass_on_tasks(event: OwnershipChanged | HangingMoved) -> None:
    """Whoever has the customer now has its tasks. In a pool they wait with who gave them; what was given to a colleague
    to whom the customer is lent stays with the colleague."""
    lent = Collaboration.objects.filter(customer=OuterRef("customer"), person=OuterRef("person"), may_work=True)
    for some in batches(event.customers):
        rows = Task.objects.open().filter(customer__in=among(some)).exclude(Exists(lent))
        if event.owner is None:
            _back_to_who_gave(rows, rule="pooled", by=event.by, at=event.at)
        else:
            rows.exclude(person=event.owner).update(person=event.owner)


def pass_on_the_leavers_tasks(event: PersonLeft) -> None:
    """What somebody who left had to do goes back to who asked for it."""
    _back_to_who_gave(Task.objects.open().filter(person=event.person), rule="left", by=event.by, at=event.at)


def settle_tasks(event: CustomersClosed) -> None:
    """Closed: nothing is to be done there any more, and the record says so."""
    for some in batches(event.customers):
        _withdraw(Task.objects.open().filter(customer__in=among(some)), rule="closed", by=event.by, at=event.at)


def restore_tasks(event: CustomersReopened) -> None:
    """The closing was undone: what it ended is open again, with the owner where its person has left."""
    if event.closed_at is None:
        return
    owner = Subquery(Customer.objects.filter(pk=OuterRef("customer")).values("owner"))
    for some in batches(event.customers):
        rows = Task.objects.filter(customer__in=among(some), ended_at=event.closed_at, withdrawn_by_rule="closed")
        rows.filter(person__is_active=False, customer__owner__isnull=False).update(person=owner)
        reopen(list(rows.filter(person__is_active=True).order_by("pk")), by=event.by, at=event.at)


def _back_to_who_gave(rows: TaskQuerySet, *, rule: str, by: Any, at: datetime) -> None:
    keys = list(rows.values_list("pk", flat=True))
    there = Task.objects.filter(pk__in=keys, given_by__is_active=True).exclude(person=F("given_by"))
    there.update(person=F("given_by"))
    gone = Task.objects.filter(pk__in=keys, given_by__is_active=False)
    if rule == "left":
        gone = gone | Task.objects.filter(pk__in=keys, person__is_active=False)
    _withdraw(gone, rule=rule, by=by, at=at)


def _withdraw(rows: TaskQuerySet, *, rule: str, by: Any, at: datetime) -> None:
    found = list(rows.order_by("pk"))
    Task.objects.filter(pk__in=[row.pk for row in found]).update(
        ended_at=at, outcome=Outcome.WITHDRAWN, withdrawn_by_rule=rule
    )
    _record(found, rule=rule, by=by, at=at)


def _record(rows: Iterable[Task], *, rule: str, by: Any, at: datetime) -> None:
    record_many(
        entry(
            by=by, at=at, verb="task.withdrawn", kind="customer" if row.customer_id else "task",
            subject=row.customer_id or row.pk,
            changes={"task": [None, row.pk], "person": [None, row.person_id], "purpose": [None, row.purpose],
                     "ended_by": [None, rule]},
        )
        for row in rows
    )  # fmt: skip
