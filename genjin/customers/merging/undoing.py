"""Two customers again, or more. Nothing that was done since is lost: it stays with the one it was done to.

Merges may be taken back in any order. Those that came later and rest on the one that is taken back are taken back
before it and carried out again after it, so that what stands is what would stand had it never been.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers import events
from genjin.customers.merging import moving, people, rules, said, sheets
from genjin.customers.merging.models import Merge, PeopleMerge
from genjin.customers.merging.services import BOTH, UNDOABLE_FOR, carry_out
from genjin.customers.models import Customer, Phone
from genjin.customers.search import reindex_customer
from genjin.customers.services.records import keep, locked, require_deciding, snapshot
from genjin.customers.services.restoring import Ground, restore, set_fields, standing_of
from genjin.organization.models import Person


@transaction.atomic
def undo_merge(*, merge: Merge, by: Person, at: datetime) -> Merge:
    """Two again, for thirty days; all that were merged in one go. What was done to the kept one since stays with it;
    what the merge brought goes back.

    Raises Refused when it is too old, NotPermitted unless the person decides about whom it stands in now.
    """
    require(by, "customers.merge")
    first = merge.together or merge
    here = [first, *first.others.standing()] if first.undone_at is None else []
    later = resting_on(here)
    every = [*here, *later]
    ground = Ground({each.absorbed_id: each.absorbed_stood for each in every})
    rows = {pk: locked(pk) for pk in sorted({pk for each in every for pk in (each.kept_id, each.absorbed_id)})}
    list(Merge.objects.filter(pk__in=[each.pk for each in every]).select_for_update(of=("self",)).order_by("pk"))
    merge.refresh_from_db()
    if merge.undone_at is not None:
        return merge
    for each in every:
        require_deciding(rows[each.kept_id], by)
    if at - merge.at > UNDOABLE_FOR:
        raise Refused("merge_is_too_old", days=UNDOABLE_FOR.days)
    of_both: list[PeopleMerge] = []
    untouched = [_taken_back(each, ground, of_both, by=by, at=at) for each in reversed(every)]
    for each in here:
        each.undone_at, each.undone_by = at, by
        each.save(update_fields=["undone_at", "undone_by"])
    for each, fields in zip(later, reversed(untouched[: len(later)]), strict=True):
        _again(each, fields, by=by, at=at)
    for people_merge in sorted(of_both, key=lambda each: each.pk):
        people.again(people_merge, by=by, at=at)
    merge.refresh_from_db()
    return merge


def resting_on(merges: Sequence[Merge]) -> list[Merge]:
    """Standing merges that came after these and touch what they made, the earliest first."""
    if not merges:
        return []
    touched = {pk for each in merges for pk in (each.kept_id, each.absorbed_id)}
    found = []
    newest = max(each.pk for each in merges)
    for each in Merge.objects.standing().filter(pk__gt=newest).order_by("pk"):
        if touched & {each.kept_id, each.absorbed_id}:
            touched |= {each.kept_id, each.absorbed_id}
            found.append(each)
    return found


def _taken_back(merge: Merge, ground: Ground, of_both: list[PeopleMerge], *, by: Person, at: datetime) -> set[str]:
    """One step back, rows locked. The chosen fields that nobody has changed since. `of_both` takes in what was made one
    of the people of both, and is two again."""
    rows = Customer.objects.select_related("unit").in_bulk([merge.kept_id, merge.absorbed_id])
    kept, absorbed = rows[merge.kept_id], rows[merge.absorbed_id]
    came, journals = (merge.moved.get(f"customers.{table}.customer", ()) for table in ("contactperson", "peoplemerge"))
    for each in reversed(people.between(kept, absorbed, came, journals)):
        people.take_back(each, by=by, at=at)
        of_both.append(each)
    merge.refresh_from_db()
    kept.refresh_from_db()
    before, now = snapshot(kept, tuple(merge.stood)), standing_of(kept, merge.stood)
    passed = moving.as_the_merge_left_them(merge.passed_on)
    texts = sheets.texts_of(kept)
    untouched = {field for field in merge.left if now[field] == merge.left[field]}
    untouched |= {
        f"{name}.{field}"
        for name, sheet in merge.sheets.items()
        for field, left in sheet["left"].items()
        if texts.get(f"{name}.{field}") == left
    }
    back = rules.taken_apart(merge.stood, merge.left, now, merge.absorbed_stood)
    moving.go_back(absorbed, kept, merge.moved)
    Phone.objects.filter(customer=kept, contact_person__customer=absorbed).update(customer=absorbed)
    PeopleMerge.objects.filter(customer=kept, kept__customer=absorbed).update(customer=absorbed)
    sheets.take_apart(kept, merge.sheets)
    said.give_back(merge.pairs)
    set_fields(kept, back)
    keep(kept, before, by=by, at=at, verb="customer.merge_undone", changes={"twin": [absorbed.pk, None]})
    reindex_customer(kept)
    standing = _standing_now(merge, ground, absorbed)
    restore(absorbed, standing, ground, by=by, at=at, verb="customer.taken_apart")
    reindex_customer(absorbed)
    for row in (kept, absorbed):
        emit(events.HangingMoved([row.pk], row.owner_id, by, at))
    emit(events.TakenApart(absorbed.pk, merge.at, by, at))
    moving.give_back(absorbed, passed)
    return untouched


def _again(merge: Merge, untouched: set[str], *, by: Person, at: datetime) -> None:
    """A later merge once more. A field that somebody has changed since is not chosen of the absorbed one again."""
    merge.kept, merge.absorbed = (locked(pk) for pk in (merge.kept_id, merge.absorbed_id))
    merge.chosen = {way: [field for field in merge.chosen[way] if field in untouched] for way in ("taken", BOTH)}
    carry_out(merge, by=by, at=at)


def _standing_now(merge: Merge, ground: Ground, absorbed: Customer) -> dict[str, Any]:
    """Where the absorbed one stands again; in the pool of its unit when its owner has left meanwhile."""
    stood = dict(merge.absorbed_stood)
    if stood["owner_id"] and stood["closed_on"] is None and stood["owner_id"] not in ground.people:
        stood |= {"owner_id": None, "owned_since": None, "pool_id": absorbed.unit.pool.pk}
        stood |= {"due_on": None, "due_why": {}, "planned_on": None, "planned_why": {}, "appointment_at": None}
    return stood
