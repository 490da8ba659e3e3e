"""Customers as records that can be compared (`core/linkage`): what of a customer is comparable, and reading many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from genjin.core.linkage.keys import Record
from genjin.core.linkage.schemes import Scheme, read_scheme
from genjin.core.reasons import Reason
from genjin.core.search.folding import fold
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.rules import name_key, normalised_phone
from genjin.customers.trades import own_part

BATCH = 5000
CUSTOM = "custom_"  # and its code: a custom field of a record
_VALUES = ("pk", "kind", "name", "name_key", "city", "address", "external_id", "custom")


@cache
def scheme() -> Scheme:
    """How two customers are compared."""
    return read_scheme(Path(__file__).with_name("scheme.yaml").read_text("utf-8"))


def typed_record(*, name: str = "", phones: Iterable[str] = ()) -> Record:
    """What somebody types, as a record. A number that is none is left out."""
    numbers = [number for text in phones if not isinstance(number := normalised_phone(text), Reason)]
    key = name_key(name) if len(name.strip()) > 1 else ""
    return _record(Customer.Kind.ORGANISATION, name, key, phones=numbers)


def records_of(pks: Collection[int]) -> dict[int, Record]:
    """These customers as records. Three questions for any number."""
    people: dict[int, list[str]] = defaultdict(list)
    addresses: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    for customer, *known in ContactPerson.objects.filter(customer__in=pks).values_list(
        "customer_id", "name", "wechat", "email"
    ):
        people[customer].append(known[0])
        addresses[customer] += known[1:]
    for customer, number in Phone.objects.filter(customer__in=pks).values_list("customer_id", "number"):
        phones[customer].append(number)
    return {
        pk: _record(kind, name, key, people[pk], phones[pk], addresses[pk], *place)
        for pk, kind, name, key, *place in Customer.objects.filter(pk__in=pks).values_list(*_VALUES)
    }


def all_records() -> Iterator[tuple[int, Record]]:
    """Every customer but those that were closed as somebody else's double, in the order of their keys."""
    last = 0
    while pks := _next_keys(last):
        records = records_of(pks)
        yield from ((pk, records[pk]) for pk in pks if pk in records)
        last = pks[-1]


def _next_keys(after: int) -> Sequence[int]:
    rows = Customer.objects.filter(pk__gt=after).exclude(closed_kind=Customer.Closed.DUPLICATE)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _record(
    kind: str,
    name: str,
    key: str,
    people: Iterable[str] = (),
    phones: Iterable[str] = (),
    addresses: Iterable[str] = (),
    city: str = "",
    address: str = "",
    external_id: str = "",
    custom: Mapping[str, Any] | None = None,
) -> Record:
    is_firm = kind == Customer.Kind.ORGANISATION
    own = own_part(key) if is_firm else None
    return {
        "company": _some(key) if is_firm and own != "" else (),
        "brand": _some(own or ""),
        "people": tuple({_in_any_order(one) for one in (people if is_firm else (*people, name)) if one}),
        "phone": tuple(dict.fromkeys(phones)),
        "address": tuple({fold(one) for one in addresses if one}),
        "external_id": _some(external_id),
        "city": _some(city.removesuffix("市")),
        "street": _some(fold(address).replace(" ", "")),
        **{f"{CUSTOM}{code}": (fold(str(value)),) for code, value in (custom or {}).items()},
    }


def _in_any_order(name: str) -> str:
    """A person's name; of several words in the order of the alphabet, since family names stand first or last."""
    return " ".join(sorted(fold(word) for word in name.split()))


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
