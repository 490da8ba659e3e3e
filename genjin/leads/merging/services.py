"""Making one lead of two or more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from genjin.core import joining
from genjin.core.audit.services import plain
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers import custom
from genjin.leads.events import LeadEnded
from genjin.leads.merging import moving, rules
from genjin.leads.merging.models import LeadMerge
from genjin.leads.models import Arrival, Lead, Outcome
from genjin.leads.queues.models import Queue
from genjin.leads.search import reindex_lead
from genjin.leads.services.pushes import end
from genjin.leads.services.records import (
    FILE,
    STANDING,
    keep,
    locked,
    put_back,
    require_open,
    snapshot,
    standing_of,
)
from genjin.organization.models import Person

UNDOABLE_FOR = timedelta(days=30)  # issue 5
MOST = 10  # at once: what one screen shows side by side (ours)
BOTH = "both"  # chosen of a text: one below the other
LONG = "wants"
TYPED = tuple(field for field in FILE if field != "custom")
ARRIVED = ("arrived_at", "last_arrived_at", "times")
MERGED = (*STANDING, *TYPED, *ARRIVED)
ARRIVALS = "leads.arrival.lead"

Chosen = Mapping[str, int | str]


def decides(lead: Lead, by: Person) -> bool:
    """Whether this person may make it one with others: whose it is, who leads its unit, who could accept it."""
    if not by.may("leads.merge"):
        return False
    if lead.owner_id == by.pk or by.scope.leads(lead.unit_id):
        return True
    return lead.owner_id is None and Queue.objects.visible_to(by).filter(pk=lead.queue_id).exists()


@transaction.atomic
def merge_leads(
    *, kept: Lead, absorbed: Sequence[Lead], chosen: Chosen | None = None, by: Person, at: datetime
) -> LeadMerge:
    """All of `absorbed` become part of `kept`: their pushes and arrivals go along, attempts are added up, fields that
    the kept one lacks are filled.

    `chosen` names for a field the key of the lead whose value is taken, or `BOTH` for a text. The absorbed ones end as
    duplicates. Returns the first merge, by which all are undone. Refused for one that became a customer.
    """
    require(by, "leads.merge")
    keys = [row.pk for row in absorbed]
    if not keys or kept.pk in keys or len(set(keys)) < len(keys):
        raise Refused("lead_pair_is_one")
    if len(keys) >= MOST:
        raise Refused("too_many_leads_to_merge", most=MOST)
    rows = {pk: locked(pk) for pk in sorted((kept.pk, *keys))}
    for row in rows.values():
        require_deciding(row, by)
    require_open(rows[kept.pk])
    first: LeadMerge | None = None
    for pk in keys:
        row = rows[pk]
        if row.outcome in (Outcome.DUPLICATE, Outcome.CONVERTED):
            raise Refused("lead_is_no_more_to_merge", name=row.called)
        merge = LeadMerge(kept=rows[kept.pk], absorbed=row, together=first, by=by, at=at)
        merge.chosen = {
            "taken": sorted(field for field, whose in (chosen or {}).items() if whose == pk),
            BOTH: [LONG] if (chosen or {}).get(LONG) == BOTH else [],
        }
        carry_out(merge, by=by, at=at)
        first = first or merge
    assert first is not None
    return first


def require_deciding(lead: Lead, by: Person) -> None:
    if not decides(lead, by):
        raise NotPermitted("lead_belongs_to_another", name=lead.called)


def carry_out(merge: LeadMerge, *, by: Person, at: datetime) -> None:
    """One merge and its journal, by what is `chosen` in it; both rows are locked."""
    kept, absorbed, chosen = merge.kept, merge.absorbed, merge.chosen
    fields = (*TYPED, *custom.names_of(kept.custom, absorbed.custom))
    merge.stood = whole_of(kept, fields)
    merge.absorbed_stood = standing_of(absorbed) | {field: plain(getattr(absorbed, field)) for field in ARRIVED}
    merge.absorbed_file = {field: plain(getattr(absorbed, field)) for field in TYPED}
    merge.absorbed_file |= own_values(absorbed, fields)
    file = joining.joined(merge.stood, merge.absorbed_file, fields, chosen=chosen["taken"], both=chosen[BOTH])
    file[LONG] = file[LONG][:5000]
    merge.moved = moving.go_along(absorbed, kept)
    merge.counted = counted(merge, kept)
    before = snapshot(kept, (*MERGED, "custom"))
    write(kept, file | rules.merged_standing(merge.stood, merge.absorbed_stood))
    # A push that came along was saved under a version of the absorbed one, which this must not meet.
    kept.version = max(kept.version, absorbed.version)
    keep(kept, before, by=by, at=at, verb="lead.merged", changes={"twin": [None, absorbed.pk]})
    reindex_lead(kept)
    before = snapshot(absorbed)
    end(absorbed, Outcome.DUPLICATE, at=at, reason=kept.called)
    keep(absorbed, before, by=by, at=at, verb="lead.merged_into", changes={"twin": [None, kept.pk]})
    emit(LeadEnded(absorbed, by, at))
    kept.refresh_from_db()
    merge.left = whole_of(kept, fields)
    merge.save()


def whole_of(lead: Lead, fields: Collection[str]) -> dict[str, Any]:
    """Standing and file as the audit record keeps them, with those of these fields that are custom ones."""
    return {field: plain(getattr(lead, field)) for field in MERGED} | own_values(lead, fields)


def own_values(lead: Lead, fields: Collection[str]) -> dict[str, Any]:
    """The values of those of these fields that are custom ones; None where the lead has none."""
    return {field: custom.value_of(lead, field) for field in fields if custom.is_custom(field)}


def write(lead: Lead, values: Mapping[str, Any]) -> None:
    """Set columns and custom fields. Saves nothing."""
    put_back(lead, {field: value for field, value in values.items() if not custom.is_custom(field)})
    custom.set_values(lead, values)


def counted(merge: LeadMerge, lead: Lead) -> int:
    """How often what went along has arrived by now, of what hangs on this lead."""
    rows = Arrival.objects.filter(pk__in=merge.moved.get(ARRIVALS, ()), lead=lead)
    return rows.aggregate(times=Sum("times"))["times"] or 0
