"""Keeping the side table true, and asking it. The same calls on both databases; no sales word is known here.

A service that changes what a row is found by calls `index` in the transaction of the change; an import calls
`index_rows` for rows it has just made. `find` answers with primary keys in the reader's scope and how they were found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from types import ModuleType
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from genjin.core.search import postgresql, sqlite
from genjin.core.search.matching import match_of, rank
from genjin.core.search.models import SearchDocument
from genjin.core.search.queries import Kind, Plan, Query, parse
from genjin.core.search.rules import Document, Kept, Ready

BATCH = 5000
CANDIDATES = 500  # more hits than this are no answer to a person: the page says so and asks for more letters
NEAR_CANDIDATES = 1500  # half a name proposes many of which few are nearly the whole
OWN_WALKED = 5000  # of one's own rows so many are looked through when a term has too many hits,
OTHERS_WALKED = 2000  # and so many of the others in one's scope
CHUNK = 100
FORGIVING = {"sound", "near"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found: its primary key, how (`matching.matched_by`), and how each term was."""

    pk: int
    matched_by: str
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits; `is_complete` says that there are no others in the reader's scope."""

    hits: list[Hit]
    is_complete: bool


def database(vendor: str | None = None) -> ModuleType:
    """How this database keeps the index."""
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor or connection.vendor]


def batches(rows: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Rows by the thousand."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def index(documents: Iterable[Document]) -> None:
    """Write what rows are found by, whether they are new or changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        for batch in batches(documents):
            for kind, some in groupby(sorted(batch, key=attrgetter("kind")), key=attrgetter("kind")):
                database().put(cursor, kind, list(some))


def index_rows(cursor: Any, documents: Iterable[Document]) -> None:
    """Write documents of rows that were just made, and so are in no index yet, by the fastest way there is.

    `cursor` is Django's, in the transaction that makes the rows.
    """
    for batch in batches(documents):
        index_ready(cursor, list(zip([document.pk for document in batch], made_ready(batch), strict=True)))


def made_ready(documents: Iterable[Document]) -> list[Ready]:
    """What is written for documents, whatever their primary keys: made before the transaction that writes it."""
    return list(map(database().ready, documents))


def index_ready(cursor: Any, documents: Sequence[tuple[int, Ready]]) -> None:
    """Write documents of rows that were just made, each with its primary key; `cursor` as for `index_rows`."""
    database(cursor.db.vendor).add(cursor, documents)


def remove(kind: str, pks: Iterable[int]) -> None:
    """Forget rows that are gone."""
    with transaction.atomic(), connection.cursor() as cursor:
        database().take_out(cursor, kind, list(pks))


def reindex(kind: str, documents: Iterable[Document]) -> None:
    """Make the table of one kind anew from its source."""
    with transaction.atomic(), connection.cursor() as cursor:
        while pks := list(SearchDocument.objects.filter(kind=kind).values_list("subject", flat=True)[:BATCH]):
            database().take_out(cursor, kind, pks)
        index_rows(cursor, documents)


def find(
    kind: str,
    query: str | Query,
    *,
    limit: int,
    within: QuerySet,
    first: QuerySet | None = None,
    rest: QuerySet | None = None,
    forgiving: bool = True,
) -> Found:
    """The best rows of `kind` for a query among `within`; those of `first` (a reader's own, a part of it) lead.

    `within` is always `visible_to(actor)`: what it does not have is not found. A word that thousands of rows have is
    answered from one's own rows, then from a capped part of the others: of `rest`, where that is quicker to walk
    through than all of `within`. Homophones and typing mistakes are looked for when nobody has what was typed, and
    only where `forgiving`.
    """
    asked = parse(query) if isinstance(query, str) else query
    search = _Search(kind, asked, limit + 1, within, first, rest)
    for plan in asked.plans:
        if search.is_full or (plan.kind in FORGIVING and (search.hits or not forgiving)):
            break
        search.follow(plan)
    return Found(search.hits[:limit], search.is_complete and len(search.hits) <= limit)


class _Search:
    """One question on its way: the hits so far, first one's own."""

    def __init__(
        self, kind: str, query: Query, limit: int, within: QuerySet, first: QuerySet | None, rest: QuerySet | None
    ) -> None:
        self.kind, self.query, self.limit = kind, query, limit
        self.within, self.first = within.order_by(), first.order_by() if first is not None else None
        self.rest = rest.order_by() if rest is not None else self.within
        self.own: dict[int, Hit] = {}
        self.others: dict[int, Hit] = {}
        self.is_complete = True

    @property
    def hits(self) -> list[Hit]:
        return [*self.own.values(), *self.others.values()]

    @property
    def is_full(self) -> bool:
        return len(self.own) + len(self.others) >= self.limit

    def follow(self, plan: Plan) -> None:
        """One plan: what the index proposes, checked, ranked and brought into scope."""
        most = NEAR_CANDIDATES if plan.kind == "near" else CANDIDATES
        with connection.cursor() as cursor:
            proposed = database().candidates(cursor, self.kind, plan, most + 1)
        too_many = len(proposed) > most
        matches = self._checked(proposed, plan.kind)
        if self.first is not None:
            own = self._walked(self.first, OWN_WALKED, plan)[0] if too_many else self._kept_by(self.first, matches)
            self.own.update({hit.pk: hit for hit in own if hit.pk not in self.own})
        if not self.is_full:
            self._take(self._kept_by(self.within, matches))
        if too_many:
            others: list[Hit] = []
            is_whole = False
            # What may be a mistake in one of many names is not worth looking through strangers for.
            if not self.is_full and plan.kind != "near":
                others, is_whole = self._walked(self.rest, OTHERS_WALKED, plan)
            self.is_complete = self.is_complete and is_whole and self.rest is self.within
            self._take(others)

    def _take(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            if self.is_full:
                return
            if hit.pk not in self.own and hit.pk not in self.others:
                self.others[hit.pk] = hit

    def _checked(self, proposed: Iterable[tuple[int, Kept]], kind: Kind) -> list[Hit]:
        """Those that really match, best first."""
        matches = [
            (rank(match, texts), pk, match)
            for pk, texts in proposed
            if (match := match_of(self.query, texts, kind)) is not None
        ]
        return [Hit(pk, match.how, match.ways) for _, pk, match in sorted(matches)]

    def _kept_by(self, rows: QuerySet, matches: Sequence[Hit]) -> Iterator[Hit]:
        """The matches that are among these rows, in their order; asked for in chunks, for the first may be enough."""
        start, size = 0, CHUNK
        while start < len(matches):
            chunk = matches[start : start + size]
            seen = set(rows.filter(pk__in=[hit.pk for hit in chunk]).values_list("pk", flat=True))
            yield from (hit for hit in chunk if hit.pk in seen)
            start, size = start + size, CANDIDATES

    def _walked(self, rows: QuerySet, most: int, plan: Plan) -> tuple[list[Hit], bool]:
        """The matches among the first rows of a queryset, found by looking at each; and whether these are all rows."""
        pks = list(rows.values_list("pk", flat=True)[: most + 1])
        with connection.cursor() as cursor:
            found = self._checked(database().among(cursor, self.kind, pks[:most], plan.parts), plan.kind)
        return found, len(pks) <= most
