"""Who may be the same customer: what shares a phone or a name, or has nearly the same name, by the same measure as the
search of the whole stock. Nothing is merged here.

The whole company is asked, not only what the reader may see: two sellers shall not court one customer unknowingly. Of
what lies outside the reader's scope only name, owner and state are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from genjin.core.linkage.keys import Record
from genjin.core.linkage.scoring import SHORTEST_PART, score, similarity
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.duplicates.records import records_of, typed_record
from genjin.customers.duplicates.searching import as_reasons
from genjin.customers.duplicates.settings import scheme_now
from genjin.customers.models import Customer, Phone
from genjin.customers.trades import own_part

SHOWN = 5
PROPOSED = 60
BESIDE = 20
COMPARED = 30  # of those that begin alike: the nearest
LONGEST_BEGINNING = 3  # characters of an own part; a slip may stand further behind


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A customer that may be the same, how surely (percent), and by what. `is_visible`: the reader may open it."""

    customer: Customer
    percent: int
    reasons: list[dict[str, Any]]
    is_visible: bool


def possible_duplicates(
    actor: Any, *, name: str = "", phones: Iterable[str] = (), limit: int = SHOWN
) -> list[Duplicate]:
    """Customers with one of these phones, the same name key, or nearly the same, the surest first."""
    return _surest(actor, typed_record(name=name, phones=phones), without=(), limit=limit)


def with_same_phone(actor: Any, phones: Iterable[str]) -> list[Duplicate]:
    """The surest kind alone: what saving asks about once more."""
    return possible_duplicates(actor, phones=phones)


def duplicates_of(actor: Any, customer: Customer, *, with_phones: bool = True) -> list[Duplicate]:
    """Who else may be this customer, but for those of whom somebody said that they are two."""
    record = dict(records_of([customer.pk])[customer.pk])
    if not with_phones:
        record |= {"phone": (), "address": ()}
    apart = SuspectedPair.objects.of(customer.pk).filter(apart_at__isnull=False).values_list("one_id", "other_id")
    known = {pk for pair in apart for pk in pair}
    return _surest(actor, record, without=(*known, customer.pk), limit=SHOWN)


def _surest(actor: Any, record: Record, *, without: Iterable[int], limit: int) -> list[Duplicate]:
    key = next(iter(record["company"]), "")
    found = {*_with_phones(record["phone"]), *_named(key), *_near_named(key)}.difference(without)
    if not found:
        return []
    still = Customer.objects.filter(pk__in=found).exclude(closed_kind=Customer.Closed.DUPLICATE)
    records = records_of(list(still.values_list("pk", flat=True)))
    scheme = scheme_now()
    scores = {pk: score(scheme, record, other) for pk, other in records.items()}
    least = scheme.hint or scheme.alert
    best = sorted(
        (pk for pk, each in scores.items() if each.percent >= least), key=lambda pk: (-scores[pk].points, pk)
    )[:limit]
    visible = set(Customer.objects.visible_to(actor).filter(pk__in=best).values_list("pk", flat=True))
    rows = Customer.objects.select_related("owner", "pool").in_bulk(best)
    return [Duplicate(rows[pk], scores[pk].percent, as_reasons(scores[pk]), pk in visible) for pk in best if pk in rows]


def _with_phones(numbers: Iterable[str]) -> list[int]:
    wanted = list(numbers)
    return list(Phone.objects.filter(number__in=wanted).values_list("customer_id", flat=True)[:PROPOSED])


def _named(key: str) -> list[int]:
    if not key:
        return []
    return list(Customer.objects.filter(name_key=key).order_by("pk").values_list("pk", flat=True)[:PROPOSED])


def _near_named(key: str) -> list[int]:
    """The nearest of those whose names stand beside this one in the order of names, or begin with its own part and a
    bit of its trade, or with its own part. Nothing is asked for by its trade alone: thousands have it."""
    own = own_part(key)
    if len(key) < SHORTEST_PART or own == "":
        return []
    begins = own[:LONGEST_BEGINNING] if own else key[: max(2, len(key) // 2)]
    names = Customer.objects.values_list("pk", "name_key")
    found = dict(names.filter(name_key__lte=key).order_by("-name_key")[:BESIDE])
    found |= dict(names.filter(name_key__gte=key).order_by("name_key")[:BESIDE])
    for beginning in dict.fromkeys((key[: len(begins) + 2], begins)):
        # A bound below alone: what begins so comes next, whatever the database's order of other letters.
        found |= dict(names.filter(name_key__gte=beginning).order_by("name_key")[:PROPOSED])
    alike = {pk: similarity("part", (key,), (other,)) or 0 for pk, other in found.items() if other.startswith(begins)}
    return sorted(alike, key=lambda pk: -alike[pk])[:COMPARED]
