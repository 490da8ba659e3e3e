"""Rows of an exported list, read by the thousand as plain values."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from genjin.core.transfer.models import ExportRun, ImportRun
from genjin.core.transfer.sheets import Cells
from genjin.customers import listing
from genjin.customers.columns import COLUMNS, Column, with_columns
from genjin.customers.exporting.columns import WHOLE, Cell, ExportColumn, heading, in_words, of_list
from genjin.customers.history_words import REACHABLE_BY
from genjin.customers.importing.people import MOST
from genjin.customers.models import ContactPerson, Customer, Phone, Pool, SourceChannel, Tag
from genjin.customers.pools.masking import masked_in_pools
from genjin.customers.shown import lines
from genjin.organization.models import Person, Unit
from genjin.web.formats import masked
from genjin.web.paging import in_order

WHOLE_LIST = "whole"  # the choice of columns: everything an import reads, or what the list shows
AS_SHOWN = "shown"
YES = "是"  # of a key person
BETWEEN = "、"  # several phones or tags in one cell

_NAMES: dict[str, Callable[[], dict[int, str]]] = {
    "owner": lambda: dict(Person.objects.values_list("pk", "sign_in")),
    "person": lambda: dict(Person.objects.values_list("pk", "name")),
    "pool": lambda: dict(Pool.objects.values_list("pk", "name")),
    "unit": lambda: dict(Unit.objects.values_list("pk", "name")),
    "source": lambda: dict(SourceChannel.objects.values_list("pk", "name")),
    "import": lambda: dict(ImportRun.objects.values_list("pk", "file_name")),
}


class Neighbours:
    """What other tables say of a batch (`columns.Beside`): names are read once, the rest with every batch."""

    def __init__(self, asks: set[str], *, sees_pooled_numbers: bool) -> None:
        self.asks, self.sees_pooled_numbers = asks, sees_pooled_numbers
        self._names = cache(lambda what: _NAMES[what]())
        self._people: dict[int, list[dict[str, Any]]] = {}
        self._phones: dict[int, list[tuple[str, int | None]]] = {}
        self._tags: dict[int, list[str]] = {}
        self._hidden: set[int] = set()

    def read(self, keys: Sequence[int]) -> None:
        if "people" in self.asks or "phones" in self.asks:
            self._hidden = set() if self.sees_pooled_numbers else masked_in_pools(keys)
            self._people = defaultdict(list)
            people = ContactPerson.objects.filter(customer__in=keys).order_by("-is_key_person", "position", "pk")
            parts = ("name", "title", "wechat", "email")
            for customer, pk, is_key, *about in people.values_list("customer_id", "pk", "is_key_person", *parts):
                known = dict(zip(parts, about, strict=True))
                self._people[customer].append({**known, "pk": pk, "key": YES if is_key else ""})
        if "phones" in self.asks:
            self._phones = defaultdict(list)
            phones = Phone.objects.filter(customer__in=keys).order_by("position", "pk")
            for key, number, person in phones.values_list("customer_id", "number", "contact_person_id"):
                self._phones[key].append((number, person))
        if "tags" in self.asks:
            self._tags = defaultdict(list)
            tagged = Tag.objects.filter(customers__in=keys).order_by("name")
            for key, name in tagged.values_list("customers", "name"):
                self._tags[key].append(name)

    def named(self, what: str, key: int | None) -> str:
        return self._names(what).get(key, "") if key is not None else ""

    def person(self, customer: int, number: int, part: str) -> str:
        found = self._people.get(customer, ())
        if part in REACHABLE_BY and customer in self._hidden:
            return ""
        return str(found[number - 1][part]) if len(found) >= number else ""

    def phones(self, customer: int, of: str) -> str:
        known = self._phones.get(customer)
        if not known:
            return ""
        numbers = [number for number, person in known if self._is_of(of, customer, person)]
        if customer in self._hidden:
            numbers = [masked(number) for number in numbers]
        return BETWEEN.join(dict.fromkeys(numbers))

    def _is_of(self, of: str, customer: int, person: int | None) -> bool:
        """Whoever has no column of their own leaves their numbers to the customer."""
        if of == "every":
            return True
        places = {row["pk"]: str(place) for place, row in enumerate(self._people.get(customer, ())[:MOST], start=1)}
        return places.get(person, "own") == of

    def tags(self, customer: int) -> str:
        found = self._tags.get(customer)
        return BETWEEN.join(found) if found else ""


class CustomerExporter:
    """One list of customers; see `core.transfer.exports.Exporter`.

    A pool's numbers are masked as on the screen, but for who sees everything: the company's list is theirs to keep.
    """

    def __init__(self, run: ExportRun) -> None:
        self.listing = listing.read(run.query, run.by)
        self.today: date = timezone.localdate(run.made_at)
        self.columns = list(WHOLE) if run.options.get("columns") == WHOLE_LIST else of_list(self.listing.columns())
        self.header = [heading(column) for column in self.columns]
        self.worked_out = [column for column in self.columns if isinstance(column, Column)]
        quick = [column for column in self.columns if isinstance(column, ExportColumn)]
        self.fields, self.values = _bound(quick)
        asks = {column.asks for column in quick}
        self.beside = Neighbours(asks, sees_pooled_numbers=run.by.scope.everything)

    def keys(self) -> Iterator[int]:
        """Read at once and not page by page: while an export runs, rows that move within the order are neither
        missed nor written twice."""
        rows = in_order(self.listing.whole(self.today), self.listing.order())
        return rows.values_list("pk", flat=True).iterator(chunk_size=5000)

    def rows(self, keys: Sequence[int]) -> Iterator[Cells]:
        keys = list(keys)
        seen = self.listing.rows(self.today).filter(pk__in=keys).order_by()
        found = {row[0]: row for row in seen.values_list("pk", *self.fields)}
        self.beside.read(keys)
        beside, values = self.beside, self.values
        shown = self._worked_out([key for key in keys if key in found])
        for key in keys:
            row = found.get(key)
            if row is None:
                continue
            cells = [value(row, at, beside) for value, at in values]
            yield self._together(cells, shown[key]) if shown else cells

    def _worked_out(self, keys: Sequence[int]) -> dict[int, list[Cell]]:
        """What only whole customers tell, as the list works it out."""
        if not self.worked_out:
            return {}
        whole = with_columns(Customer.objects.filter(pk__in=keys), self.worked_out)
        found = lines(whole, self.today, pooled=COLUMNS["pooled"] in self.worked_out)
        return {line.customer.pk: [in_words(column.value(line)) for column in self.worked_out] for line in found}

    def _together(self, quick: list[Cell], worked_out: list[Cell]) -> list[Cell]:
        of_quick, of_others = iter(quick), iter(worked_out)
        return [next(of_others if isinstance(column, Column) else of_quick) for column in self.columns]


def _bound(columns: Sequence[ExportColumn]) -> tuple[list[str], list[tuple[Any, int]]]:
    """The fields to read, and every column's value with the place of its first field in a row."""
    fields: list[str] = []
    values = []
    for column in columns:
        values.append((column.value, 1 + len(fields)))
        fields += column.needs
    return fields, values
