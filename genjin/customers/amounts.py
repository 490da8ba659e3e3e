"""How many customers stand behind the tabs above a list, counted no further than the cap.

Seven tabs are seven questions on every page, so each is worded once for everybody who sees alike; what somebody sees
is decided by `visible_to` as everywhere.
"""

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from genjin.core.scoping import Reader, Scope, Way
from genjin.core.statements import Amount
from genjin.customers import filters
from genjin.customers.models import Collaboration, Customer, Pool
from genjin.customers.pools.administering import led
from genjin.organization.models import Person
from genjin.web.paging import COUNT_CAP, count_up_to_cap, walked

# Questions kept: two handfuls for each sort of reader. One that is gone is worded anew.
KEPT = 512
BY_RANK = ("class_rank", "pk")


def in_view(view: str, person: Person, today: date, ways: Way, along: tuple[str, ...]) -> str:
    """The figure of a shipped view, seen in these ways: 310, or 1000+. `along` as in `web.paging`."""
    scope = person.scope
    if view in filters.RECKONED:
        rows = Customer.objects.visible_to(person, today, through=ways)
        return _shown(count_up_to_cap(filters.in_view(rows, view, person=person.pk, today=today)))
    if Way.LENT in ways:
        if _lent(person=person.pk, today=today):
            rows = Customer.objects.visible_to(person, today, through=ways)
            return _shown(count_up_to_cap(filters.in_view(rows, view, person=person.pk, today=today)))
        ways ^= Way.LENT
    ask = _of_view(view, ways, along, scope.everything, scope.units, scope.commons)
    return _shown(ask(person=person.pk, today=today))


def in_pool(pool: Pool, today: date) -> str:
    """The figure of a pool that the reader sees, of what can be claimed: who sees it sees what lies in it.

    It is asked of the pool alone, for PostgreSQL takes unit and pool for independent and expects few rows of both.
    """
    return _shown(_of_pool(pool=pool.pk, today=today))


def resting(person: Person, today: date) -> str:
    """How many in the pools that this person decides about nobody may claim yet."""
    rows = Customer.objects.resting(today)
    return _shown(count_up_to_cap(rows if person.scope.everything else rows.filter(led(person))))


@lru_cache(KEPT)
def _of_view(
    view: str, ways: Way, along: tuple[str, ...], everything: bool, units: frozenset[int], commons: frozenset[int]
) -> Amount:
    def rows(person: int, today: date) -> QuerySet:
        reader = Reader(person, Scope(person, everything, units, commons))
        seen = Customer.objects.visible_to(reader, today, through=ways)
        return _capped(filters.in_view(seen, view, person=person, today=today), along)

    return Amount(rows, may_ignore=True)


@Amount
def _of_pool(pool: int, today: date) -> QuerySet:
    return _capped(Customer.objects.claimable(today).filter(pool=pool), BY_RANK)


@Amount
def _lent(person: int, today: date) -> QuerySet:
    lent = Collaboration.objects.filter(person=person).exclude(ends_on__lt=today)
    return lent.values_list("pk")[:1]


def _capped(rows: QuerySet, along: tuple[str, ...]) -> QuerySet:
    return walked(rows, along).values_list("pk")[: COUNT_CAP + 1]


def _shown(count: int) -> str:
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)
