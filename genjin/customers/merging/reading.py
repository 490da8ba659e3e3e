"""What a page shows before two customers are made one, and after."""

from dataclasses import dataclass
from datetime import datetime

from genjin.customers.history_values import names_in, worded
from genjin.customers.history_words import FIELDS
from genjin.customers.merging import rules
from genjin.customers.merging.moving import along, going, label
from genjin.customers.merging.services import UNDOABLE_FOR
from genjin.customers.models import Customer, Merge
from genjin.customers.services.identity import FILE
from genjin.customers.services.restoring import standing_of


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both, in words. `differs`: both have a value, and not the same."""

    field: str
    label: str
    kept: str
    absorbed: str
    differs: bool


def compared(kept: Customer, absorbed: Customer) -> list[Line]:
    """The fields of which one has a value at least."""
    both = standing_of(kept, FILE), standing_of(absorbed, FILE)
    differing = rules.differing(both[0], both[1], FILE)
    names = names_in([{field: (both[0][field], both[1][field]) for field in FILE}])
    lines = []
    for field in FILE:
        mine, its = (worded(field, each[field], names, row) for each, row in zip(both, (kept, absorbed), strict=True))
        if mine or its:
            lines.append(Line(field, str(FIELDS[field]), mine, its, field in differing))
    return lines


def going_along(kept: Customer, absorbed: Customer) -> list[str]:
    """What would go along, in words; what has no word (tags, lendings) is not told."""
    moved = along(absorbed, kept)
    return [one.told(len(keys)) for one in going() if one.told and (keys := moved.get(label(one)))]


def merge_of(customer: Customer, at: datetime) -> tuple[Merge, bool] | None:
    """The merge by which this one became part of another, and whether it can be taken back still."""
    if customer.closed_kind != Customer.Closed.DUPLICATE:
        return None
    merge = Merge.objects.filter(absorbed=customer, undone_at=None).select_related("kept", "by").first()
    return None if merge is None else (merge, at - merge.at <= UNDOABLE_FOR)
