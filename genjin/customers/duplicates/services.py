"""What a person says of a pair of customers, and asking for a search of the whole stock."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from genjin.core.audit.services import record
from genjin.core.linkage.scoring import certain_by, score
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.duplicates.models import StockSearch, SuspectedPair
from genjin.customers.duplicates.records import records_of
from genjin.customers.duplicates.searching import as_reasons
from genjin.customers.duplicates.settings import scheme_now
from genjin.customers.models import Customer
from genjin.organization.models import Person


def declare_apart(*, one: Customer, other: Customer, by: Person, at: datetime) -> SuspectedPair:
    """These two are two: nobody is asked about them again. Whoever sees one of them and may work customers says so."""
    require(by, "customers.work")
    if one.pk == other.pk:
        raise Refused("pair_is_one_customer")
    _require_sight(one, other, by)
    low, high = sorted((one.pk, other.pk))
    with transaction.atomic():
        pair, _made = SuspectedPair.objects.select_for_update().get_or_create(
            one_id=low, other_id=high, defaults=_as_found(low, high, at)
        )
        if pair.apart_at is None:
            pair.apart_at, pair.apart_by = at, by
            pair.save(update_fields=["apart_at", "apart_by"])
            _record(pair, by, at, "customer.said_to_be_two")
    return pair


def ask_again(*, pair: SuspectedPair, by: Person, at: datetime) -> None:
    """Take back that they are two."""
    require(by, "customers.work")
    with transaction.atomic():
        pair = SuspectedPair.objects.select_for_update().select_related("one", "other").get(pk=pair.pk)
        _require_sight(pair.one, pair.other, by)
        if pair.apart_at is None:
            return
        pair.apart_at = pair.apart_by = None
        pair.save(update_fields=["apart_at", "apart_by"])
        _record(pair, by, at, "customer.asked_again_whether_two")


def search_stock(*, by: Person, at: datetime) -> StockSearch:
    """Have the whole stock looked through. One that waits already is the one asked for."""
    require(by, "customers.search_duplicates")
    return queue_search(by=by, at=at)


def queue_search(*, by: Person | None, at: datetime) -> StockSearch:
    try:
        with transaction.atomic():
            return StockSearch.objects.create(asked_by=by, asked_at=at, progress_at=at)
    except IntegrityError:
        return StockSearch.objects.get(state=StockSearch.State.WAITING)


def take_on(pk: int, *, silent_since: datetime, at: datetime) -> bool:
    """Whether a search is to be carried out now: it waits, or whoever carried it out has been silent since."""
    free = Q(state=StockSearch.State.WAITING) | Q(state=StockSearch.State.RUNNING, progress_at__lt=silent_since)
    taken = StockSearch.objects.filter(free, pk=pk).update(state=StockSearch.State.RUNNING, progress_at=at)
    return taken == 1


def _as_found(one: int, other: int, at: datetime) -> dict[str, Any]:
    """How likely a pair is that no search has written yet."""
    records = records_of([one, other])
    scheme = scheme_now()
    found = score(scheme, records[one], records[other])
    certain = certain_by(scheme, records[one], records[other])
    return {"percent": found.percent, "reasons": as_reasons(found), "certain": certain, "found_at": at}


def _require_sight(one: Customer, other: Customer, by: Person) -> None:
    if not Customer.objects.visible_to(by).filter(pk__in=[one.pk, other.pk]).exists():
        raise NotPermitted("pair_is_of_others")


def _record(pair: SuspectedPair, by: Person, at: datetime, verb: str) -> None:
    """On both: the trail of each tells of the other."""
    for subject, twin in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id)):
        record(by=by, at=at, verb=verb, kind="customer", subject=subject, changes={"twin": [None, twin]})
