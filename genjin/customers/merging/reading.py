"""What a page shows before customers are made one, and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genjin.core.joining import EMPTY
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.history_values import names_in, worded
from genjin.customers.history_words import FIELDS
from genjin.customers.merging import sheets
from genjin.customers.merging.moving import along, going, label
from genjin.customers.merging.services import BOTH, MOST, UNDOABLE_FOR, Chosen
from genjin.customers.models import Customer, Merge
from genjin.customers.services.identity import FILE
from genjin.customers.services.records import may_decide
from genjin.customers.services.restoring import standing_of
from genjin.organization.models import Person

LONG = frozenset({"remarks"})  # texts of the file of which two can stand one below the other


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all, in words, the kept one's first. `differs`: two have a value at least, and not the same;
    `is_long`: a text of which all can be kept; `taken`: whose is taken, a customer's key or `BOTH`."""

    field: str
    label: str
    values: tuple[str, ...]
    differs: bool
    is_long: bool
    taken: int | str


def compared(rows: Sequence[Customer], chosen: Chosen) -> list[Line]:
    """The fields of which one has a value at least; the first of the customers is the kept one."""
    files = [standing_of(row, FILE) for row in rows]
    texts = [sheets.texts_of(row) for row in rows]
    names = names_in({field: [file[field] for file in files]} for field in FILE)
    labels, long = sheets.words(), sheets.long_texts()
    lines = []
    for field in FILE:
        values = tuple(worded(field, file[field], names, row) for file, row in zip(files, rows, strict=True))
        lines.append(_line(rows, field, FIELDS[field], values, [file[field] for file in files], field in LONG, chosen))
    for field, named in labels.items():
        values = tuple(each[field] for each in texts)
        lines.append(_line(rows, field, named, values, values, field in long, chosen))
    return [line for line in lines if any(line.values)]


def _line(
    rows: Sequence[Customer], field: str, named: Any, words: tuple[str, ...], values: Sequence[Any], is_long: bool,
    chosen: Chosen,
) -> Line:  # fmt: skip
    there = [value for value in values if value not in EMPTY]
    differs = any(value != there[0] for value in there)
    first = next((row.pk for row, value in zip(rows, values, strict=True) if value not in EMPTY), rows[0].pk)
    taken = chosen.get(field, BOTH if is_long and differs else first)
    return Line(field, str(named), words, differs, is_long, taken)


def read_choice(posted: Mapping[str, Any], rows: Sequence[Customer]) -> dict[str, int | str]:
    """What a form chose, `take-` and the field for each; anything else is left out."""
    keys = {str(row.pk): row.pk for row in rows}
    long = LONG | sheets.long_texts()
    chosen: dict[str, int | str] = {}
    for field in (*FILE, *sheets.words()):
        said = posted.get(f"take-{field}", "")
        if said in keys:
            chosen[field] = keys[said]
        elif said == BOTH and field in long:
            chosen[field] = BOTH
    return chosen


def going_along(kept: Customer, absorbed: Sequence[Customer]) -> list[str]:
    """What would go along, in words; what has no word (tags, lendings) is not told."""
    counts: dict[str, int] = {}
    for row in absorbed:
        for table, keys in along(row, kept).items():
            counts[table] = counts.get(table, 0) + len(keys)
    return [one.told(counts[label(one)]) for one in going() if one.told and label(one) in counts]


def maybe_too(rows: Sequence[Customer], actor: Person) -> list[Customer]:
    """Who else may be one with these, as far as the actor decides about them."""
    if len(rows) >= MOST:
        return []
    mine = {row.pk for row in rows}
    pairs = SuspectedPair.objects.asked()
    asked = [pairs.filter(**{f"{side}__in": mine}) for side in ("one", "other")]
    keys = {pk for side in asked for pair in side[:MOST] for pk in (pair.one_id, pair.other_id)} - mine
    found = Customer.objects.visible_to(actor).filter(pk__in=keys).select_related("owner", "pool")
    return [row for row in found.order_by("pk") if may_decide(row, actor) and row.closed_kind != row.Closed.DUPLICATE]


def merge_of(customer: Customer, at: datetime) -> tuple[Merge, bool] | None:
    """The merge by which this one became part of another, and whether it can be taken back still."""
    if customer.closed_kind != Customer.Closed.DUPLICATE:
        return None
    merge = Merge.objects.standing().filter(absorbed=customer).select_related("kept", "by").first()
    return None if merge is None else (merge, at - merge.at <= UNDOABLE_FOR)


@dataclass(frozen=True, slots=True)
class Part:
    """A customer that became part of another. `can_be_undone`: by the reader, still."""

    merge: Merge
    can_be_undone: bool


def parts_of(customer: Customer, actor: Person, at: datetime) -> list[Part]:
    """Who became part of this customer, and part of those parts; the latest first."""
    found: list[Merge] = []
    wanted = [customer.pk]
    while wanted:
        rows = Merge.objects.standing().filter(kept__in=wanted).select_related("absorbed", "by", "kept")
        wanted = [merge.absorbed_id for merge in rows]
        found.extend(rows)
    found.sort(key=lambda merge: merge.pk, reverse=True)
    decides = actor.may("customers.merge") and may_decide(customer, actor)
    return [Part(merge, decides and at - merge.at <= UNDOABLE_FOR) for merge in found]
