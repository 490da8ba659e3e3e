"""Making one customer of two or more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core import joining
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers import custom, events
from genjin.customers.merging import moving, rules, said, sheets
from genjin.customers.merging.models import Merge
from genjin.customers.models import Customer
from genjin.customers.search import reindex_customer
from genjin.customers.services.identity import FILE
from genjin.customers.services.records import STANDING, keep, locked, require_deciding, require_open, snapshot
from genjin.customers.services.restoring import set_fields, standing_of
from genjin.customers.services.standing import shut
from genjin.organization.models import Person

UNDOABLE_FOR = timedelta(days=30)  # issue 5
MOST = 10  # at once: what one screen shows side by side (ours)
BOTH = "both"  # chosen of a text: one below the other

Chosen = Mapping[str, int | str]


@transaction.atomic
def merge_customers(
    *, kept: Customer, absorbed: Sequence[Customer], chosen: Chosen | None = None, by: Person, at: datetime
) -> Merge:
    """All of `absorbed` become part of `kept`: their notes, people, phones, promises, appointments, tasks go along,
    contacts are added up, fields that the kept one lacks are filled.

    `chosen` names for a field the key of the customer whose value is taken, or `BOTH` for a text. The absorbed ones
    stay as closed duplicates. Returns the first merge, by which all are undone. Refused unless the person decides about
    all of them.
    """
    require(by, "customers.merge")
    keys = [row.pk for row in absorbed]
    if not keys or kept.pk in keys or len(set(keys)) < len(keys):
        raise Refused("pair_is_one_customer")
    if len(keys) >= MOST:
        raise Refused("too_many_to_merge", most=MOST)
    rows = {pk: locked(pk) for pk in sorted((kept.pk, *keys))}
    for row in rows.values():
        require_deciding(row, by)
    require_open(rows[kept.pk])
    return absorb(rows[kept.pk], [rows[pk] for pk in keys], chosen or {}, by=by, at=at)


def absorb(
    kept: Customer, absorbed: Sequence[Customer], chosen: Chosen, *, by: Person | None, at: datetime, rule: str = ""
) -> Merge:
    """One after the other, in the caller's transaction, all rows locked; `rule` where no person does it."""
    first: Merge | None = None
    for row in absorbed:
        if row.closed_kind == Customer.Closed.DUPLICATE:
            raise Refused("merged_already", name=row.name)
        merge = Merge(kept=kept, absorbed=row, together=first, by=by, rule=rule, at=at)
        merge.chosen = {
            "taken": sorted(field for field, whose in chosen.items() if whose == row.pk),
            BOTH: sorted(field for field, whose in chosen.items() if whose == BOTH),
        }
        carry_out(merge, by=by, at=at)
        first = first or merge
    assert first is not None
    return first


def carry_out(merge: Merge, *, by: Person | None, at: datetime) -> None:
    """The step of one merge, and its journal, by what is `chosen` in it; both rows are locked."""
    kept, absorbed, chosen = merge.kept, merge.absorbed, merge.chosen
    fields = (*FILE, *custom.names_of(kept.custom, absorbed.custom))
    merge.stood, merge.absorbed_stood = standing_of(kept, (*STANDING, *fields)), standing_of(absorbed, STANDING)
    merge.absorbed_file = standing_of(absorbed, fields)
    file = joining.joined(
        merge.stood, merge.absorbed_file, fields, chosen=chosen["taken"], both=both_of(chosen, fields)
    )
    if file["referred_by_id"] in (kept.pk, absorbed.pk):  # one of the two referred the other: nobody refers oneself
        file["referred_by_id"] = None
    texts = sheets.texts_of(kept), sheets.texts_of(absorbed)
    joint = joining.joined(*texts, list(texts[0]), chosen=chosen["taken"], both=both_of(chosen, sheets.long_texts()))
    merge.sheets = sheets.put_together(kept, absorbed, joint)
    whose = moving.whose_of(moving.along(absorbed, kept))
    merge.moved = moving.go_along(absorbed, kept)
    merge.pairs = said.carry_over(absorbed, kept)
    _become(merge, file | rules.merged_standing(merge.stood, merge.absorbed_stood), by=by, at=at)
    _close(absorbed, kept, by=by, at=at)
    emit(events.HangingMoved([kept.pk], kept.owner_id, by, at))
    emit(events.CustomersClosed([absorbed.pk], by, at))
    kept.refresh_from_db()
    merge.left = standing_of(kept, merge.stood)
    merge.passed_on = moving.passed_on(whose, moving.whose_of(merge.moved))
    merge.save()


def both_of(chosen: Mapping[str, Sequence[str]], fields: Any) -> list[str]:
    """The texts of these fields that are to stand one below the other."""
    return [field for field in chosen[BOTH] if field in fields]


def _become(merge: Merge, values: dict[str, Any], *, by: Person | None, at: datetime) -> None:
    kept, absorbed = merge.kept, merge.absorbed
    before = snapshot(kept, tuple(merge.stood))
    set_fields(kept, values)
    # A note that came along was saved under a version of the absorbed one, which this must not meet.
    kept.version = max(kept.version, absorbed.version)
    keep(kept, before, by=by, at=at, verb="customer.merged", changes={"twin": [None, absorbed.pk]})
    reindex_customer(kept)


def _close(absorbed: Customer, kept: Customer, *, by: Person | None, at: datetime) -> None:
    before = snapshot(absorbed)
    shut(absorbed, kind=Customer.Closed.DUPLICATE, reason=kept.name, today=timezone.localdate(at))
    keep(absorbed, before, by=by, at=at, verb="customer.merged_into", changes={"twin": [None, kept.pk]})
    reindex_customer(absorbed)
