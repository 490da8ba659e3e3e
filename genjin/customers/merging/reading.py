"""What a page shows before customers are made one, and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.merging.moving import along, going, label
from genjin.customers.merging.services import MOST, UNDOABLE_FOR
from genjin.customers.models import Customer, Merge, PeopleMerge
from genjin.customers.services.records import may_decide
from genjin.organization.models import Person


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


def with_undoing(merges: Sequence[Merge], actor: Person, at: datetime) -> list[Part]:
    """Merges of a list, each with whether the actor can still take it back."""
    may = actor.may("customers.merge")
    return [
        Part(
            merge,
            may and merge.undone_at is None and at - merge.at <= UNDOABLE_FOR and may_decide(merge.kept, actor),
        )
        for merge in merges
    ]


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


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Contact people who are one since: whose names they had, and who they are."""

    merge: PeopleMerge
    names: tuple[str, ...]
    can_be_undone: bool


def people_made_one(customer: Customer, may_work: bool, at: datetime) -> list[OnePerson]:
    """Of this customer's contact people, the latest first, as long as it can be taken back."""
    rows = PeopleMerge.objects.standing().filter(customer=customer, kept__isnull=False, at__gte=at - UNDOABLE_FOR)
    return [
        OnePerson(merge, tuple(row["name"] for row in merge.gone), may_work)
        for merge in rows.select_related("kept", "by").order_by("-pk")
    ]
