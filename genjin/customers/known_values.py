"""What stands in a field already, for the box somebody types a condition into: the places of the country, and what the
customers one sees have there."""

from collections import Counter

from genjin.customers import listing
from genjin.customers.models import Customer
from genjin.customers.places import CITIES, PROVINCES
from genjin.organization.models import Person

SHIPPED: dict[str, tuple[str, ...]] = {"province": PROVINCES, "city": CITIES, "district": (), "industry": ()}
OFFERED = 12
LOOKED_AT = 2000  # customers (ours): enough to meet what is frequent, few enough to ask while somebody types
SEVERAL = "、"


def is_known(field: str) -> bool:
    """Whether values of this field are offered."""
    return field in SHIPPED


def offered(field: str, typed: str, person: Person) -> list[str]:
    """Values that have what was typed in them; of several values the last.

    Those that begin with it stand first, among them what customers have before what they might.
    """
    before, several, text = typed.rpartition(SEVERAL)
    text = text.strip().casefold()
    counts = Counter(_of_customers(field, person))
    known = [value for value, _count in counts.most_common()]
    found = [value for value in dict.fromkeys((*known, *SHIPPED[field])) if text in value.casefold()]
    found.sort(key=lambda value: not value.casefold().startswith(text))
    return [f"{before}{several}{value}" for value in found[:OFFERED]]


def _of_customers(field: str, person: Person) -> list[str]:
    view = "team" if listing.leads(person) else "mine"
    seen = Customer.objects.visible_to(person, through=listing.ways_of(view, person)).exclude(**{field: ""})
    return list(seen.order_by().values_list(field, flat=True)[:LOOKED_AT])
