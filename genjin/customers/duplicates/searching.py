"""The whole stock looked through for customers that are there twice. Run again, it comes to the same."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from genjin.core.linkage.blocking import blocks
from genjin.core.linkage.schemes import Scheme
from genjin.core.linkage.scoring import Score, certain_by, score
from genjin.customers.duplicates.models import StockSearch, SuspectedPair
from genjin.customers.duplicates.records import all_records, records_of
from genjin.customers.duplicates.settings import alert, scheme_now

PAIRS_AT_ONCE = 2000

Pair = tuple[int, int]


def carry_out(search: StockSearch, clock: Callable[[], datetime] = timezone.now) -> StockSearch:
    """Find all pairs, write what is likely, and let go what no longer is. What somebody said of a pair stays.

    Cut off at any moment it begins again: a pair is written once, and only a search that came to its end lets go.
    """
    search.state, search.compared, search.found = StockSearch.State.RUNNING, 0, 0
    _note(search, clock())
    scheme = scheme_now()
    found = blocks(_told(search, clock), scheme)
    search.passed_over = found.passed_over
    least = alert()
    while some := list(islice(found.pairs, PAIRS_AT_ONCE)):
        with transaction.atomic():
            search.found += _write(search, _likely(some, scheme, least), at=clock())
            search.compared += len(some)
            _note(search, clock())
    with transaction.atomic():
        SuspectedPair.objects.asked().exclude(search=search.pk).filter(found_at__lt=search.asked_at).delete()
        search.state, search.ended_at = StockSearch.State.DONE, clock()
        _note(search, search.ended_at)
    return search


def _told(search: StockSearch, clock: Callable[[], datetime]) -> Iterator:
    """Every record; a sign of life for each ten thousand."""
    for number, record in enumerate(all_records()):
        if number % 10_000 == 0:
            _note(search, clock())
        yield record


def _note(search: StockSearch, at: datetime) -> None:
    search.progress_at = at
    search.save()


def _likely(pairs: list[Pair], scheme: Scheme, least: int) -> Iterator[tuple[Pair, Score, str]]:
    records = records_of({pk for pair in pairs for pk in pair})
    for one, other in pairs:
        if one in records and other in records:  # removed meanwhile
            found = score(scheme, records[one], records[other])
            certain = certain_by(scheme, records[one], records[other])
            if found.percent >= least or certain:
                yield (one, other), found, certain


def _write(search: StockSearch, likely: Iterable[tuple[Pair, Score, str]], *, at: datetime) -> int:
    rows = [
        SuspectedPair(
            one_id=one,
            other_id=other,
            percent=each.percent,
            reasons=as_reasons(each),
            certain=certain,
            found_at=at,
            search=search.pk,
        )
        for (one, other), each, certain in likely
    ]
    SuspectedPair.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["one", "other"],
        update_fields=["percent", "reasons", "certain", "search"],
    )
    return len(rows)


def as_reasons(found: Score) -> list[dict[str, object]]:
    """What speaks for it, as it is kept: the field and how alike it is, in percent."""
    return [{"field": one.field, "alike": round(one.alike * 100)} for one in found.reasons]
