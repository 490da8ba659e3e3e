"""Making, changing and closing queues; who leads a unit decides about its queues."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from genjin.core.audit.services import changes_between, record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, PersonQuerySet, Unit
from genjin.organization.services.reach import require_leading

PERMISSION = "leads.change_queues"


@transaction.atomic
def make_queue(*, unit: Unit, name: str, by: Person, at: datetime) -> Queue:
    """One more queue of a unit, open to all of it. Refused for a name the unit has already."""
    require(by, PERMISSION)
    require_leading(by, unit.pk)
    queue = Queue(unit=unit, name=_name(name, unit.pk))
    queue.save(force_insert=True)
    record(by=by, at=at, verb="queue.made", kind="queue", subject=queue.pk, changes={"name": [None, queue.name]})
    return queue


@transaction.atomic
def change_queue(
    *,
    queue: Queue,
    name: str,
    is_for_chosen: bool,
    members: Collection[Person],
    accept_minutes: int | None,
    by: Person,
    at: datetime,
) -> Queue:
    """Another name, another circle, another time to accept. A unit's own queue stays open to the unit."""
    require(by, PERMISSION)
    row = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    require_leading(by, row.unit_id)
    if row.closed_on is not None:
        raise Refused("queue_is_closed", name=row.name)
    if row.home_of_id and is_for_chosen:
        raise Refused("own_queue_stays_open")
    if is_for_chosen and not members:
        raise Refused("queue_needs_members")
    chosen = {person.pk for person in members} if is_for_chosen else set()
    _require_near(row, chosen)
    before = _standing(row)
    row.name, row.is_for_chosen = _name(name, row.unit_id, besides=row.pk), is_for_chosen
    row.accept_minutes = accept_minutes
    row.save()
    row.members.set(chosen)
    changes = changes_between(before, _standing(row))
    if changes:
        record(by=by, at=at, verb="queue.changed", kind="queue", subject=row.pk, changes=changes)
    return row


@transaction.atomic
def close_queue(*, queue: Queue, by: Person, at: datetime) -> Queue:
    """No longer offered. Refused while leads lie in it, and for a unit's own; rules that name it go on to the next."""
    require(by, PERMISSION)
    row = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    require_leading(by, row.unit_id)
    if row.home_of_id:
        raise Refused("own_queue_stays_open")
    if row.closed_on is not None:
        return row
    lying = Lead.objects.waiting().filter(queue=row).count()
    if lying:
        raise Refused("queue_is_not_empty", name=row.name, count=lying)
    row.closed_on = timezone.localdate(at)
    row.save(update_fields=["closed_on"])
    record(by=by, at=at, verb="queue.closed", kind="queue", subject=row.pk, changes={"name": [row.name, None]})
    return row


def waiting_in(queues: Collection[Queue]) -> dict[int, int]:
    """How many leads lie in each of these queues, by its key; one in which nothing lies is left out."""
    lying = Lead.objects.waiting().filter(queue__in=list(queues)).order_by()
    return dict(lying.values_list("queue").annotate(number=Count("pk")))


def near(queue: Queue) -> PersonQuerySet:
    """Who can be chosen for a queue: who works in its unit, below it, or above it."""
    tree = Unit.tree()
    units = tree.below(queue.unit_id) | tree.above(queue.unit_id)
    return Person.objects.holding_customers().filter(unit__in=units).select_related("unit").order_by("unit", "pk")


def _require_near(queue: Queue, people: Collection[int]) -> None:
    seen = set(near(queue).filter(pk__in=people).values_list("pk", flat=True))
    for pk in people:
        if pk not in seen:
            raise Refused("person_too_far_from_queue", person=str(Person.objects.get(pk=pk)))


def _name(name: str, unit: int, *, besides: int | None = None) -> str:
    name = name.strip()[:80]
    if not name:
        raise Refused("queue_needs_a_name")
    if Queue.objects.open().filter(unit=unit, name=name).exclude(pk=besides).exists():
        raise Refused("queue_name_taken", name=name)
    return name


def _standing(queue: Queue) -> dict[str, Any]:
    return {
        "name": queue.name,
        "is_for_chosen": queue.is_for_chosen,
        "members": list(queue.members.order_by("pk").values_list("pk", flat=True)),
        "accept_minutes": queue.accept_minutes,
    }
