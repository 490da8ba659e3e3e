"""Who may be the same customer: one phone, one name, or nearly the same name. Nothing is merged here.

The whole company is asked, not only what the reader may see: two sellers shall not court one customer unknowingly. Of
what lies outside the reader's scope only name, owner and state are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from genjin.core.reasons import Reason
from genjin.core.search import index
from genjin.customers.models import Customer, Phone
from genjin.customers.rules import name_key, near_names, normalised_phone
from genjin.customers.search import KIND
from genjin.customers.trades import own_part

SHOWN = 5
PROPOSED = 60

Match = Literal["phone", "name", "near_name"]
STRENGTH: dict[Match, int] = {"phone": 0, "name": 1, "near_name": 2}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A customer that may be the same. `is_visible`: the reader may open it."""

    customer: Customer
    matched_by: Match
    is_visible: bool


def possible_duplicates(
    actor: Any, *, name: str = "", phones: Iterable[str] = (), exclude: int | None = None, limit: int = SHOWN
) -> list[Duplicate]:
    """Customers with one of these phones, the same name key, or nearly the same, the surest first."""
    found: dict[int, Match] = {}
    key = name_key(name) if len(name.strip()) > 1 else ""
    for pk in _near_named(key):
        found[pk] = "near_name"
    if key:
        found.update(dict.fromkeys(_named(key), "name"))
    found.update(dict.fromkeys(_with_phones(phones), "phone"))
    found.pop(exclude, None)  # type: ignore[arg-type]
    best = sorted(found, key=lambda pk: (STRENGTH[found[pk]], pk))[:limit]
    visible = set(Customer.objects.visible_to(actor).filter(pk__in=best).values_list("pk", flat=True))
    rows = Customer.objects.select_related("owner", "pool").in_bulk(best)
    return [Duplicate(rows[pk], found[pk], pk in visible) for pk in best if pk in rows]


def with_same_phone(actor: Any, phones: Iterable[str], *, exclude: int | None = None) -> list[Duplicate]:
    """The surest kind alone: what saving asks about once more."""
    return possible_duplicates(actor, phones=phones, exclude=exclude)


def _with_phones(phones: Iterable[str]) -> list[int]:
    numbers = [number for typed in phones if not isinstance(number := normalised_phone(typed), Reason)]
    if not numbers:
        return []
    return list(Phone.objects.filter(number__in=numbers).values_list("customer_id", flat=True)[:PROPOSED])


def _named(key: str) -> list[int]:
    return list(Customer.objects.filter(name_key=key).order_by("pk").values_list("pk", flat=True)[:PROPOSED])


def _near_named(key: str) -> list[int]:
    """What the search index proposes for the name, for its own part and for halves, kept when the name keys are near.

    Nothing is asked for by its trade alone: thousands have it.
    """
    own = own_part(key)
    if len(key) < 4 or own == "":
        return []
    whole = own or key
    half = (len(whole) + 1) // 2
    halves = (whole[:half], whole[-half:]) if len(whole) >= 4 else ()
    proposed: set[int] = set()
    for part in dict.fromkeys((key, whole, *halves)):
        hits = index.find(KIND, part, limit=PROPOSED, within=Customer.objects.all(), forgiving=False).hits
        proposed.update(hit.pk for hit in hits)
    keys = Customer.objects.filter(pk__in=proposed).values_list("pk", "name_key")
    return [pk for pk, other in keys if near_names(key, other)]
