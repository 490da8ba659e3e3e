"""Pairs as a page shows them: both customers side by side, in the words that their reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genjin.customers.classes import Rung, rung_of
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.merging.automatic import by_standing
from genjin.customers.models import Customer
from genjin.customers.pools.masking import masked_among
from genjin.customers.reading import People, people_of
from genjin.customers.services.records import may_decide
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Side:
    """One customer of a pair. Of one the reader may not open only name, owner and state are told: `people` is None,
    as it is where they are masked."""

    customer: Customer
    rung: Rung
    is_visible: bool
    people: People | None


@dataclass(frozen=True, slots=True)
class ShownPair:
    pair: SuspectedPair
    sides: tuple[Side, Side]
    reasons: list[dict[str, Any]]
    first: tuple[int, int] | None
    """Whom the actor may merge: the one to be kept, proposed by owner and contacts, and the other."""


def two_of_whom_one_is_seen(actor: Person, one: int, other: int) -> tuple[Customer, Customer] | None:
    """Two customers of whom the actor may see one at least; None for strangers' and for keys of nobody."""
    if not Customer.objects.visible_to(actor).filter(pk__in=[one, other]).exists():
        return None
    rows = Customer.objects.in_bulk([one, other])
    return (rows[one], rows[other]) if one in rows and other in rows else None


def shown(pairs: Sequence[SuspectedPair], actor: Person) -> list[ShownPair]:
    """A page of pairs. Of the half that the actor may not see no phone and no address is told."""
    keys = {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    rows = Customer.objects.select_related("owner", "pool", "unit").in_bulk(keys)
    visible = set(Customer.objects.visible_to(actor).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    masked = masked_among(rows.values())
    people = people_of(visible - masked)

    def side(pk: int) -> Side:
        row = rows[pk]
        known = people.get(pk, People()) if pk in visible and pk not in masked else None
        return Side(row, rung_of(row.playbook, row.class_code), pk in visible, known)

    def first(one: Customer, other: Customer) -> tuple[int, int] | None:
        if not (actor.may("customers.merge") and may_decide(one, actor) and may_decide(other, actor)):
            return None
        kept, absorbed = by_standing(one, other)
        return (kept.pk, absorbed.pk) if kept.is_open else None

    return [
        ShownPair(
            pair, (side(pair.one_id), side(pair.other_id)), pair.reasons, first(rows[pair.one_id], rows[pair.other_id])
        )
        for pair in pairs
    ]
