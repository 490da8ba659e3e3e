"""Proving the search table against the rows it speaks of, and the index against the table; putting right what is not.

Both are read in the order of their keys, a batch at a time: a million rows take a few minutes and little memory.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from genjin.core.databases.one_view import one_view
from genjin.core.search import index
from genjin.core.search.models import SearchDocument
from genjin.core.search.registry import Source
from genjin.core.search.rules import Document, Kept, kept

BATCH = 2000
MANY = 5000  # so many documents with wrong words: the index is made anew


@dataclass(frozen=True, slots=True)
class Difference:
    """What search does not have right. `what`: a row is missing, its document is stale (other texts) or an orphan (no
    such row); it is unlisted (other words in the index than its texts have); the index is unreadable. A word that
    leads to no document is an orphan without a kind."""

    kind: str
    pk: int
    what: str


def differences(kind: str, documents: Iterable[Document]) -> Iterator[Difference]:
    """Where the table of one kind is not what its source says, and where the index is not what the table says.

    `documents` come in the order of their keys.
    """
    yield from row_differences(kind, documents)
    yield from (row for row in word_differences() if row.kind == kind)


def row_differences(kind: str, documents: Iterable[Document]) -> Iterator[Difference]:
    """The first half: the table against the rows."""
    table = _standing(kind)
    pk, texts = next(table, (None, None))
    for document in documents:
        while pk is not None and pk < document.pk:
            yield Difference(kind, pk, "orphan")
            pk, texts = next(table, (None, None))
        if pk != document.pk:
            yield Difference(kind, document.pk, "missing")
            continue
        if texts != kept(document):
            yield Difference(kind, document.pk, "stale")
        pk, texts = next(table, (None, None))
    while pk is not None:
        yield Difference(kind, pk, "orphan")
        pk, texts = next(table, (None, None))


def _standing(kind: str) -> Iterator[tuple[int, Kept]]:
    after = None
    rows = SearchDocument.objects.filter(kind=kind).order_by("subject").values_list("subject", *Kept._fields)
    while batch := list((rows if after is None else rows.filter(subject__gt=after))[:BATCH]):
        yield from ((pk, Kept(*texts)) for pk, *texts in batch)
        after = batch[-1][0]


def word_differences() -> Iterator[Difference]:
    """The second half: the index against the table, as both stood at one moment."""
    try:
        with one_view(), connection.cursor() as cursor:
            for kind, pk in index.database().untrue(cursor):
                yield Difference(kind, pk, "unlisted" if kind else "orphan")
    except DatabaseError:
        yield Difference("", 0, "unreadable")


def repair(sources: Sequence[Source]) -> Iterator[Difference]:
    """Put right what is wrong, batch by batch, each in a transaction of its own; what was put right."""
    for source in sources:
        wrong = row_differences(source.kind, source.documents())
        for batch in index.batches(wrong, BATCH // 4):
            yield from _put_right(source, [row.pk for row in batch])
    wrong_words = _Many(word_differences())
    if wrong_words:
        _list_anew(wrong_words)
        yield from wrong_words


class _Many:
    """Differences kept small: in an index that is wholly wrong there is one for every row."""

    def __init__(self, found: Iterable[Difference]) -> None:
        self._keys: dict[tuple[str, str], array[int]] = {}
        for row in found:
            self._keys.setdefault((row.kind, row.what), array("q")).append(row.pk)

    def __len__(self) -> int:
        return sum(map(len, self._keys.values()))

    def __iter__(self) -> Iterator[Difference]:
        return (Difference(kind, pk, what) for (kind, what), pks in self._keys.items() for pk in pks)


@transaction.atomic
def _put_right(source: Source, pks: Sequence[int]) -> list[Difference]:
    """The rows may have changed since they were compared: they are asked once more, and what is right stays."""
    fresh = {document.pk: document for document in source.documents(pks)}
    rows = SearchDocument.objects.filter(kind=source.kind, subject__in=pks).values_list("subject", *Kept._fields)
    standing = {pk: Kept(*texts) for pk, *texts in rows}
    wrong = [
        Difference(source.kind, pk, "orphan" if pk not in fresh else "stale" if pk in standing else "missing")
        for pk in pks
        if (pk in fresh or pk in standing) and (kept(fresh[pk]) if pk in fresh else None) != standing.get(pk)
    ]
    index.index(fresh[row.pk] for row in wrong if row.pk in fresh)
    index.remove(source.kind, [row.pk for row in wrong if row.what == "orphan"])
    return wrong


@transaction.atomic
def _list_anew(wrong: _Many) -> None:
    with connection.cursor() as cursor:
        if len(wrong) > MANY or any(row.what == "unreadable" for row in wrong):
            index.database().remake(cursor)
        else:
            index.database().mend(cursor, [(row.kind, row.pk) for row in wrong])
