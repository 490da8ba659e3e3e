"""Rows of an exported list, read by the thousand as plain values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from django.utils import timezone

from genjin.core.many_rows import among
from genjin.core.transfer.models import ExportRun, ImportRun
from genjin.core.transfer.sheets import Cells
from genjin.customers import listing
from genjin.customers.columns import COLUMNS, Column, with_columns
from genjin.customers.exporting.columns import Cell, ExportColumn, heading, in_words, of_list, whole
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
ABOUT_PEOPLE = frozenset({"people", "phones"})
YES = "是"  # of a key person

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
        self._people: dict[int, dict[int, dict[str, str]]] = {}  # by their number, then by customer
        self._phones: dict[str, dict[int, list[str]]] = {}  # by whose they are, then by customer
        self._tags: dict[int, list[str]] = {}

    def read(self, keys: Sequence[int]) -> None:
        chosen = among(keys)
        number_of: dict[int, str] = {}
        hidden = set() if self.sees_pooled_numbers or self.asks.isdisjoint(ABOUT_PEOPLE) else masked_in_pools(keys)
        if not self.asks.isdisjoint(ABOUT_PEOPLE):
            self._people, met = defaultdict(dict), Counter[int]()
            people = ContactPerson.objects.filter(customer__in=chosen).order_by("-is_key_person", "position", "pk")
            parts = ("name", "title", "wechat", "email")
            for customer, pk, is_key, *about in people.values_list("customer_id", "pk", "is_key_person", *parts):
                met[customer] += 1
                number_of[pk] = str(met[customer])
                said = dict(zip(parts, about, strict=True), key=YES if is_key else "")
                if customer in hidden:
                    said |= dict.fromkeys(REACHABLE_BY & said.keys(), "")
                self._people[met[customer]][customer] = said
        if "phones" in self.asks:
            # Whoever has no column of their own leaves their numbers to the customer.
            columns = {str(number) for number in range(1, MOST + 1)}
            self._phones = defaultdict(lambda: defaultdict(list))
            phones = Phone.objects.filter(customer__in=chosen).order_by("position", "pk")
            for key, number, person in phones.values_list("customer_id", "number", "contact_person_id"):
                number = masked(number) if key in hidden else number
                of = number_of.get(person, "own") if person is not None else "own"
                self._phones[of if of in columns else "own"][key].append(number)
                self._phones["every"][key].append(number)
        if "tags" in self.asks:
            self._tags = defaultdict(list)
            tagged = Tag.objects.filter(customers__in=chosen).order_by("name")
            for key, name in tagged.values_list("customers", "name"):
                self._tags[key].append(name)

    def names(self, what: str) -> Mapping[int, str]:
        return self._names(what)

    def people(self, number: int) -> Mapping[int, Mapping[str, str]]:
        """The first, second … contact person of each customer that has one."""
        return self._people.get(number, {})

    def phones(self, of: str) -> Mapping[int, list[str]]:
        """Numbers of the customer ("own"), of all there ("every"), or of one person ("1"), where there are any."""
        return self._phones.get(of, {})

    def tags(self) -> Mapping[int, list[str]]:
        return self._tags


class CustomerExporter:
    """One list of customers; see `core.transfer.exports.Exporter`.

    A pool's numbers are masked as on the screen, but for who sees everything: the company's list is theirs to keep.
    """

    def __init__(self, run: ExportRun) -> None:
        self.listing = listing.read(run.query, run.by)
        self.today: date = timezone.localdate(run.made_at)
        is_whole = run.options.get("columns") == WHOLE_LIST
        self.columns = whole(run.by) if is_whole else of_list(self.listing.columns(), run.by)
        self.header = [heading(column) for column in self.columns]
        self.worked_out = [column for column in self.columns if isinstance(column, Column)]
        quick = [column for column in self.columns if isinstance(column, ExportColumn)]
        self.fields, self.quick = _bound(quick)
        asks = {column.asks for column in quick}
        self.beside = Neighbours(asks, sees_pooled_numbers=run.by.scope.everything)

    def keys(self) -> Iterator[int]:
        """Read at once and not page by page: while an export runs, rows that move within the order are neither
        missed nor written twice."""
        rows = in_order(self.listing.whole(self.today), self.listing.order())
        return rows.values_list("pk", flat=True).iterator(chunk_size=5000)

    def rows(self, keys: Sequence[int]) -> Iterator[Cells]:
        keys = list(keys)
        seen = self.listing.rows(self.today).filter(pk__in=among(keys)).order_by()
        found = {row[0]: row for row in seen.values_list("pk", *self.fields)}
        self.beside.read(keys)
        there = [found[key] for key in keys if key in found]
        quick = [column.cells(there, at, self.beside) for column, at in self.quick]
        if not self.worked_out:
            yield from zip(*quick, strict=True)
            return
        shown = self._worked_out([row[0] for row in there])
        for place, row in enumerate(there):
            yield self._together([cells[place] for cells in quick], shown[row[0]])

    def _worked_out(self, keys: Sequence[int]) -> dict[int, list[Cell]]:
        """What only whole customers tell, as the list works it out."""
        whole = with_columns(Customer.objects.filter(pk__in=keys), self.worked_out)
        found = lines(whole, self.today, pooled=COLUMNS["pooled"] in self.worked_out)
        return {line.customer.pk: [in_words(column.value(line)) for column in self.worked_out] for line in found}

    def _together(self, quick: list[Cell], worked_out: list[Cell]) -> list[Cell]:
        of_quick, of_others = iter(quick), iter(worked_out)
        return [next(of_others if isinstance(column, Column) else of_quick) for column in self.columns]


def _bound(columns: Sequence[ExportColumn]) -> tuple[list[str], list[tuple[ExportColumn, int]]]:
    """The fields to read, and every column with the place of its first field in a row."""
    fields: list[str] = []
    placed = []
    for column in columns:
        placed.append((column, 1 + len(fields)))
        fields += column.needs
    return fields, placed
