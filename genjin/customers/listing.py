"""A list of customers as its address states it: the one way from a person and a query string to rows in an order.

Whoever works on "the whole list" (paging, a verb over all of it, an export) keeps `Listing.query` and reads it again,
in a worker as on a page. Nothing else is known of a list. `me` is whoever reads, and a relative condition ("overdue")
is read with the day that is passed in.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from genjin.core.merging import MOST, Parts
from genjin.core.reasons import Refused
from genjin.core.scoping import Actor, Reader, Scope, Way
from genjin.core.statements import Statement
from genjin.customers import columns, conditions, custom_columns, filters
from genjin.customers.columns import Column
from genjin.customers.models import Customer, CustomerQuerySet, Pool
from genjin.customers.pools.administering import led as led_by
from genjin.customers.saved.models import ListLayout, SavedView
from genjin.customers.search import MOST_IN_LIST, Narrowed, narrowed
from genjin.organization.models import Person

BY_CLASS = ("class_rank", "due_on!", "pk")
ALONG = {
    "team": BY_CLASS,
    "all": BY_CLASS,
    "mine": BY_CLASS,
    "today": ("next_on",),
    "overdue": ("due_on!",),
    "none": ("due_on!",),
    "silent": ("silent_since",),
}
# Orders that stand in an index of each unit, of held customers (False) and of a pool (True).
IN_ORDER_BY_UNIT = {False: {"class", "due"}, True: {"class", "touch"}}
KEYS = ("saved", "view", *filters.SHORT, "where", "join", "columns", "sort")


@dataclass(frozen=True, slots=True)
class Layout:
    """`widths` are pixels by column; a column that is not in it is as wide as it needs."""

    columns: tuple[Column, ...]
    widths: dict[str, int]


@dataclass(frozen=True, slots=True)
class Listing:
    """`query` is the list in its shortest form, the same for two addresses that mean the same names."""

    person: Person
    asked: filters.Asked
    query: str

    @property
    def view(self) -> str:
        """The shipped view it begins with: who leads begins with the team's."""
        return self.asked.view or ("team" if leads(self.person) else "mine")

    @property
    def in_pool(self) -> bool:
        return bool(self.asked.pool) and self.asked.pool != "no"

    @property
    def _of_one_import(self) -> bool:
        return self.asked.run is not None and not self.asked.view

    def rows(self, today: date) -> CustomerQuerySet:
        """What the person may see of it on that day, in no order yet; of a name that very many have the best found."""
        return self.found(today).rows

    def whole(self, today: date) -> CustomerQuerySet:
        """The same for whoever does something with all of it. Refused: name_finds_too_many."""
        found = self.found(today)
        if not found.is_whole:
            raise Refused("name_finds_too_many", most=MOST_IN_LIST)
        return found.rows

    def found(self, today: date) -> Narrowed:
        """The rows, and whether these are all."""
        rows, text = self._rows_seen_by(self.person, today), "".join(self.asked.value("q"))
        return narrowed(rows, text) if text else Narrowed(rows)

    def parts(self, today: date) -> Parts | None:
        """The same rows unit by unit, for a list of several in an order that each unit has an index of; else None.

        Who sees everything reads most orders by an index of all; not a pool by last contact.
        """
        if (
            self.view in filters.RECKONED
            or self.asked.narrows(besides=("pool",))
            or self.asked.sort not in IN_ORDER_BY_UNIT[self.in_pool]
        ):
            return None
        person, scope = self.person, self.person.scope
        units: Set[int] = scope.commons if self.in_pool else scope.units
        if self.in_pool and self.asked.sort == "touch":
            units = self._units_of_pools()
        elif self.asked.pool.isdecimal() or not (self.in_pool or ways_of(self.view, person) == Way.UNIT):
            return None
        if not 0 < len(units) <= MOST:
            return None

        leading = frozenset(units) if scope.everything else scope.units

        def of(unit: int) -> CustomerQuerySet:
            alone = frozenset((unit,))
            led = leading if self.in_pool else alone  # of a pool it says who sees those for chosen people
            return self._rows_seen_by(Reader(person.pk, Scope(person.pk, units=led, commons=alone)), today)

        return Parts(of, sorted(units))

    def _units_of_pools(self) -> Set[int]:
        """The units whose pools it shows; of one pool always the one, whoever sees it."""
        pools = Pool.objects.visible_to(self.person)
        if self.asked.pool.isdecimal():
            pools = pools.filter(pk=int(self.asked.pool))
        elif not self.person.scope.everything:
            return self.person.scope.commons
        return set(pools.values_list("unit_id", flat=True))

    def _rows_seen_by(self, reader: Actor, today: date) -> CustomerQuerySet:
        """All conditions but the name: a search looks through what these leave."""
        asked = self.asked
        if self.in_pool:
            pooled = Customer.objects.visible_to(reader, today, through=Way.COMMON)
            pooled = self._resting(pooled, today) if self.asked.rests else pooled.claimable(today)
            return filters.narrowed(pooled, asked, person=self.person.pk, today=today)
        if self._of_one_import:
            every = Customer.objects.visible_to(reader, today)
            return filters.narrowed(every, asked, person=self.person.pk, today=today)
        rows = Customer.objects.visible_to(reader, today, through=ways_of(self.view, self.person))
        viewed = filters.in_view(rows, self.view, person=self.person.pk, today=today)
        return filters.narrowed(viewed, asked, person=self.person.pk, today=today)

    def _resting(self, rows: CustomerQuerySet, today: date) -> CustomerQuerySet:
        """Those that nobody may claim yet: seen by who leads their unit or deals out of their pool."""
        resting = rows.resting(today)
        return resting if self.person.scope.everything else resting.filter(led_by(self.person))

    def order(self) -> tuple[str, ...]:
        """The columns it goes by, for `web.paging`. Who is held has a due date, so a list of these alone can be read
        by it."""
        if self.view == "closed" and not self.in_pool and self.asked.sort in conditions.OF_OPEN:
            return ("-closed_on!", "-pk")
        order = filters.order_of(self.asked, owned=not self.in_pool)
        if self.in_pool or self.view == "closed" or self._of_one_import:
            return order
        return tuple(f"{name}!" if name.endswith("due_on") else name for name in order)

    @property
    def of(self) -> str:
        """The name under which a person's columns and widths are kept."""
        if self.asked.saved is not None:
            return f"saved-{self.asked.saved}"
        return "pool" if self.in_pool and not self.asked.view else self.view

    def layout(self) -> Layout:
        """What its rows show: the columns of the address, else those that the person chose, else those it came with;
        and how wide they were drawn."""
        own = next(iter(_layout_of(person=self.person.pk, of=self.of)), None)
        widths = own.widths if own else {}
        if own is None and self.asked.saved is not None:
            shared = SavedView.objects.visible_to(self.person).filter(pk=self.asked.saved)
            widths = next(iter(shared.values_list("widths", flat=True)), {})
        chosen = self._named(self.asked.columns) or self._named(own.columns if own else ())
        shown = chosen or self.shipped_columns()
        named = columns.COLUMNS["name"]  # a row without it could not be opened
        return Layout(shown if named in shown else (named, *shown), widths)

    def _named(self, names: Iterable[str]) -> tuple[Column, ...]:
        """Columns by their names, custom ones as far as the person sees them."""
        return custom_columns.named(names, self.person)

    def along(self) -> tuple[str, ...]:
        """An order whose index holds just rows of this list, for `web.paging`; () where no one index does."""
        if self.asked.narrows(besides=("pool",)):
            return ()
        if not self.in_pool:
            return along(self.view, self.person)
        one = self.asked.pool.isdecimal() or self.person.scope.everything
        return ("class_rank", "pk") if one else ("unit_id", "class_rank", "pk")

    def columns(self) -> tuple[Column, ...]:
        return self.layout().columns

    def shipped_columns(self) -> tuple[Column, ...]:
        if self.in_pool and not self.asked.view:
            return columns.named(columns.RESTING if self.asked.rests else columns.POOL)
        owners = ("owner",) if leads(self.person) or self.view == "all" else ()
        return columns.named((columns.LEAVING if self.view == "leaving" else columns.LIST) + owners)

    def showing(self, names: list[str]) -> "Listing":
        """The same list with these columns in its address."""
        return _listing(self.person, replace(self.asked, columns=tuple(names)))

    def kept(self) -> str:
        """The query of a view made from this list: with its columns, without the view it came from."""
        asked = replace(self.asked, saved=None, columns=tuple(column.name for column in self.columns()))
        return _listing(self.person, asked).query

    @property
    def is_shipped(self) -> bool:
        """A view or a pool as it came, in its own order: read by an index however many rows there are."""
        plain = not self.asked.narrows(besides=("pool",)) and self.asked.sort == "class"
        return plain and (self.in_pool or self.view not in filters.RECKONED)

    def costliest(self) -> str:
        """The condition to narrow where it takes too long, in words; "" where it is the order that takes long."""
        every = [condition for condition in self.asked.conditions() if condition.field != "pool"]
        every.sort(key=lambda condition: filters.known(condition.field).cost)
        return conditions.in_words(every[-1], self.person) if every else ""

    def words(self) -> str:
        """What it holds, in the reader's language: 我的客户；类别：5；下次联系：已排."""
        begins = [] if self.in_pool or self._of_one_import else [str(conditions.VIEW_WORDS[self.view])]
        return _("; ").join([*begins, *conditions.sentence(self.asked, self.person)])


@Statement
def _layout_of(person: int, of: str) -> QuerySet:
    return ListLayout.objects.filter(person=person, of=of)


def read(query: QueryDict | str, person: Person, *, default: str = "") -> Listing:
    """The list that an address, or a kept `query`, states; `default` holds for what the address says nothing of.

    What makes no sense is left out.
    """
    given = query if isinstance(query, QueryDict) else QueryDict(query)
    params = QueryDict(default, mutable=True)
    for name in given:
        params.setlist(name, given.getlist(name))
    listing = _listing(person, filters.read(params, person))
    if listing.asked.view or listing.in_pool or listing._of_one_import:
        return listing
    return _listing(person, replace(listing.asked, view=listing.view))


def _listing(person: Person, asked: filters.Asked) -> Listing:
    return Listing(person, asked, filters.written(asked).urlencode(safe=":,()"))


def without_saved(query: str) -> str:
    """A list's query as a kept view has it."""
    return query.partition("&")[2] if query.startswith("saved=") else query


def is_stated(params: QueryDict) -> bool:
    """Whether an address says anything of a list: a customer's page has one to walk through only then."""
    return any(params.get(name) for name in KEYS)


def ways_of(view: str, person: Person) -> Way:
    """What a view is about: one's own, what was lent to one, too, or the customers of one's units."""
    if view == "mine":
        return Way.OWNED
    if leads(person):
        return Way.UNIT
    return Way.OWNED | Way.LENT if view in ("all", "closed") else Way.OWNED


def along(view: str, person: Person) -> tuple[str, ...]:
    """An order whose index holds just the rows of a shipped view, for `web.paging`; () where no one index does.

    PostgreSQL guesses that a third of all rows meet a condition on a derived day, and reads the table: the order leads
    it to the index. Of several units each has its own range, and no order goes through them all, but for those who
    are silent: in pools it is longer since anybody was spoken with than ever with an owner, and the guess misleads.
    """
    if person.scope.everything:
        return ALONG.get(view, ())
    if view == "silent" and leads(person):
        return ("unit_id", *ALONG["silent"])
    return BY_CLASS if view == "mine" else ()


def leads(person: Person) -> bool:
    """Whether the person's lists are about a team rather than about their own customers."""
    return person.scope.everything or bool(person.scope.units)
