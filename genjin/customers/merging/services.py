"""Making two customers one, and two again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers import events
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.merging import rules
from genjin.customers.merging.models import Merge
from genjin.customers.merging.moving import go_along, go_back
from genjin.customers.models import Customer
from genjin.customers.search import reindex_customer
from genjin.customers.services.identity import FILE
from genjin.customers.services.records import STANDING, keep, locked, require_deciding, require_open, snapshot
from genjin.customers.services.restoring import Ground, restore, set_fields, standing_of
from genjin.customers.services.standing import shut
from genjin.organization.models import Person

UNDOABLE_FOR = timedelta(days=30)  # issue 5
MERGED = (*STANDING, *FILE)


@transaction.atomic
def merge_customers(
    *, kept: Customer, absorbed: Customer, chosen: Collection[str] = (), by: Person, at: datetime
) -> Merge:
    """`absorbed` becomes part of `kept`: its notes, people, phones, promises, appointments, tasks go along, contacts
    are added up, fields that the kept one lacks are filled; of `chosen` fields the absorbed one's value is taken.

    The absorbed one stays as a closed duplicate. Refused unless the person decides about both.
    """
    require(by, "customers.merge")
    if kept.pk == absorbed.pk:
        raise Refused("pair_is_one_customer")
    rows = {pk: locked(pk) for pk in sorted((kept.pk, absorbed.pk))}
    kept, absorbed = rows[kept.pk], rows[absorbed.pk]
    for row in (kept, absorbed):
        require_deciding(row, by)
    require_open(kept)
    if absorbed.closed_kind == Customer.Closed.DUPLICATE:
        raise Refused("merged_already", name=absorbed.name)
    merge = Merge(kept=kept, absorbed=absorbed, by=by, at=at)
    merge.stood, merge.absorbed_stood = standing_of(kept, MERGED), standing_of(absorbed, STANDING)
    file = rules.merged_file(merge.stood, standing_of(absorbed, FILE), chosen, FILE)
    if file["referred_by_id"] in (kept.pk, absorbed.pk):  # one of the two referred the other: nobody refers oneself
        file["referred_by_id"] = None
    merge.moved = go_along(absorbed, kept)
    _become(kept, file | rules.merged_standing(merge.stood, merge.absorbed_stood), absorbed, by=by, at=at)
    _close(absorbed, kept, by=by, at=at)
    merge.left = standing_of(kept, MERGED)
    merge.save()
    SuspectedPair.objects.of(absorbed.pk).asked().delete()
    emit(events.HangingMoved([kept.pk], kept.owner_id, by, at))
    emit(events.CustomersClosed([absorbed.pk], by, at))
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Person, at: datetime) -> Merge:
    """Two again, for thirty days. What was done to the kept one since stays with it; what the merge brought goes back.

    Raises Refused when it is too old, or the kept one was merged again since: the later merge is taken back first.
    """
    require(by, "customers.merge")
    ground = Ground({merge.absorbed_id: merge.absorbed_stood})
    rows = {pk: locked(pk) for pk in sorted((merge.kept_id, merge.absorbed_id))}
    kept, absorbed = rows[merge.kept_id], rows[merge.absorbed_id]
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    require_deciding(kept, by)
    if merge.undone_at is not None:
        return merge
    if at - merge.at > UNDOABLE_FOR:
        raise Refused("merge_is_too_old", days=UNDOABLE_FOR.days)
    if later := _later(merge):
        raise Refused("undo_the_later_merge_first", name=later.absorbed.name, into=later.kept.name)
    before = snapshot(kept, MERGED)
    back = rules.taken_apart(merge.stood, merge.left, standing_of(kept, MERGED), merge.absorbed_stood)
    go_back(absorbed, kept, merge.moved)
    set_fields(kept, back)
    keep(kept, before, by=by, at=at, verb="customer.merge_undone", changes={"twin": [absorbed.pk, None]})
    reindex_customer(kept)
    restore(absorbed, _standing_now(merge, ground, absorbed), ground, by=by, at=at, verb="customer.taken_apart")
    reindex_customer(absorbed)
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    for row in (kept, absorbed):
        emit(events.HangingMoved([row.pk], row.owner_id, by, at))
    return merge


def _become(kept: Customer, values: dict[str, Any], absorbed: Customer, *, by: Person, at: datetime) -> None:
    before = snapshot(kept, MERGED)
    set_fields(kept, values)
    # A note that came along was saved under a version of the absorbed one, which this must not meet.
    kept.version = max(kept.version, absorbed.version)
    keep(kept, before, by=by, at=at, verb="customer.merged", changes={"twin": [None, absorbed.pk]})
    reindex_customer(kept)


def _close(absorbed: Customer, kept: Customer, *, by: Person, at: datetime) -> None:
    before = snapshot(absorbed)
    shut(absorbed, kind=Customer.Closed.DUPLICATE, reason=kept.name, today=timezone.localdate(at))
    keep(absorbed, before, by=by, at=at, verb="customer.merged_into", changes={"twin": [None, kept.pk]})
    reindex_customer(absorbed)


def _later(merge: Merge) -> Merge | None:
    """A merge of the kept one that came after this one and still stands."""
    standing = Merge.objects.filter(undone_at=None, pk__gt=merge.pk).select_related("kept", "absorbed")
    return (standing.filter(kept=merge.kept_id) | standing.filter(absorbed=merge.kept_id)).order_by("-pk").first()


def _standing_now(merge: Merge, ground: Ground, absorbed: Customer) -> dict[str, Any]:
    """Where the absorbed one stands again; in the pool of its unit when its owner has left meanwhile."""
    stood = dict(merge.absorbed_stood)
    if stood["owner_id"] and stood["closed_on"] is None and stood["owner_id"] not in ground.people:
        stood |= {"owner_id": None, "owned_since": None, "pool_id": absorbed.unit.pool.pk}
        stood |= {"due_on": None, "due_why": {}, "planned_on": None, "planned_why": {}, "appointment_at": None}
    return stood
