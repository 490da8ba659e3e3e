"""Two leads again, or more. Nothing that was done since is lost: it stays with the one it was done to.

Merges may be taken back in any order. Those that came later and rest on the one that is taken back are taken back
before it and carried out again after it, so that what stands is what would stand had it never been.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.leads.merging import moving, rules
from genjin.leads.merging.models import LeadMerge
from genjin.leads.merging.services import (
    ARRIVED,
    BOTH,
    MERGED,
    UNDOABLE_FOR,
    carry_out,
    counted,
    require_deciding,
    whole_of,
    write,
)
from genjin.leads.models import Arrival, Lead
from genjin.leads.queues.models import Queue
from genjin.leads.search import reindex_lead
from genjin.leads.services.placing import lie_in
from genjin.leads.services.records import STANDING, keep, locked, put_back, snapshot
from genjin.organization.models import Person


@transaction.atomic
def undo_lead_merge(*, merge: LeadMerge, by: Person, at: datetime) -> LeadMerge:
    """As many leads again, for thirty days; all that were merged in one go. What was done to the kept one since stays
    with it; what the merge brought goes back.

    Raises Refused when it is too old, NotPermitted unless the person decides about whom it stands in now.
    """
    require(by, "leads.merge")
    first = merge.together or merge
    here = [first, *first.others.standing().order_by("pk")] if first.undone_at is None else []
    later = resting_on(here)
    every = [*here, *later]
    rows = {pk: locked(pk) for pk in sorted({pk for each in every for pk in (each.kept_id, each.absorbed_id)})}
    list(LeadMerge.objects.filter(pk__in=[each.pk for each in every]).select_for_update(of=("self",)).order_by("pk"))
    merge.refresh_from_db()
    if merge.undone_at is not None:
        return merge
    for each in every:
        require_deciding(rows[each.kept_id], by)
    if at - merge.at > UNDOABLE_FOR:
        raise Refused("lead_merge_is_too_old", days=UNDOABLE_FOR.days)
    untouched = [_taken_back(each, by=by, at=at) for each in reversed(every)]
    for each in here:
        each.undone_at, each.undone_by = at, by
        each.save(update_fields=["undone_at", "undone_by"])
    for each, fields in zip(later, reversed(untouched[: len(later)]), strict=True):
        _again(each, fields, by=by, at=at)
    merge.refresh_from_db()
    return merge


def resting_on(merges: Sequence[LeadMerge]) -> list[LeadMerge]:
    """Standing merges that came after these and touch what they made, the earliest first."""
    if not merges:
        return []
    touched = {pk for each in merges for pk in (each.kept_id, each.absorbed_id)}
    found = []
    for each in LeadMerge.objects.standing().filter(pk__gt=max(each.pk for each in merges)).order_by("pk"):
        if touched & {each.kept_id, each.absorbed_id}:
            touched |= {each.kept_id, each.absorbed_id}
            found.append(each)
    return found


def _taken_back(merge: LeadMerge, *, by: Person, at: datetime) -> set[str]:
    """One step back. The fields that nobody has changed since."""
    kept, absorbed = locked(merge.kept_id), locked(merge.absorbed_id)
    before, now = snapshot(kept, (*MERGED, "custom")), whole_of(kept, merge.stood)
    untouched = {field for field in merge.left if now[field] == merge.left[field]}
    since = counted(merge, kept) - merge.counted
    back = rules.taken_apart(merge.stood, merge.left, now, merge.absorbed_stood | {
        "times": merge.absorbed_stood["times"] + since
    })  # fmt: skip
    moving.go_back(absorbed, kept, merge.moved)
    write(kept, back)
    keep(kept, before, by=by, at=at, verb="lead.merge_undone", changes={"twin": [absorbed.pk, None]})
    reindex_lead(kept)
    _stand_again(absorbed, merge, since, by=by, at=at)
    return untouched


def _stand_again(absorbed: Lead, merge: LeadMerge, since: int, *, by: Person, at: datetime) -> None:
    """Where the absorbed one stood, with what came of it meanwhile; in its unit's queue when its owner has left, or its
    queue was closed."""
    before = snapshot(absorbed, (*STANDING, *ARRIVED))
    put_back(absorbed, merge.absorbed_stood)
    absorbed.times += since
    if since:
        last = Arrival.objects.filter(lead=absorbed).aggregate(last=Max("last_at"))["last"]
        absorbed.last_arrived_at = max(absorbed.last_arrived_at, last or absorbed.last_arrived_at)
    owner = Person.objects.active().filter(pk=absorbed.owner_id).select_related("unit").first()
    if owner is not None:
        absorbed.unit = owner.unit
    elif absorbed.is_open and not Queue.objects.open().filter(pk=absorbed.queue_id).exists():
        home = Queue.objects.select_related("unit").get(home_of=absorbed.unit_id)
        lie_in(absorbed, home, why=Reason("lead_taken_apart"))
    keep(absorbed, before, by=by, at=at, verb="lead.taken_apart", changes={"twin": [merge.kept_id, None]})
    reindex_lead(absorbed)


def _again(merge: LeadMerge, untouched: set[str], *, by: Person, at: datetime) -> None:
    """A later merge once more. A field that somebody has changed since is not chosen of the absorbed one again."""
    merge.kept, merge.absorbed = (locked(pk) for pk in (merge.kept_id, merge.absorbed_id))
    merge.chosen = {way: [field for field in merge.chosen[way] if field in untouched] for way in ("taken", BOTH)}
    carry_out(merge, by=by, at=at)
