"""The index on PostgreSQL: the words as text[] beside the texts, under a GIN index without a pending list.

It stands in a table of its own: on the customers' table the index would be written again at every change of an owner.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from genjin.core.search.rules import Document, Kept, grams, kept

MAKE = """
ALTER TABLE search_document ADD COLUMN grams text[] NOT NULL DEFAULT '{}';
CREATE INDEX search_document_grams ON search_document USING gin (grams) WITH (fastupdate = off)
"""
UNMAKE = "ALTER TABLE search_document DROP COLUMN grams"

_PUT = """
INSERT INTO search_document AS d (kind, subject, names, initials, phones, grams) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, subject) DO UPDATE
SET names = excluded.names, initials = excluded.initials, phones = excluded.phones, grams = excluded.grams
WHERE (d.names, d.initials, d.phones) IS DISTINCT FROM (excluded.names, excluded.initials, excluded.phones)
"""


def _row(document: Document) -> tuple[Any, ...]:
    texts = kept(document)
    return (document.kind, document.pk, *texts, list(grams(texts)))


def add(cursor: Any, documents: Sequence[Document]) -> None:
    """Write documents that are not in the table yet, by COPY."""
    with cursor.copy("COPY search_document (kind, subject, names, initials, phones, grams) FROM STDIN") as copy:
        for document in documents:
            copy.write_row(_row(document))


def put(cursor: Any, kind: str, documents: Sequence[Document]) -> None:
    """Write documents of one kind, new or changed; in the order of their keys, so that two writers cannot deadlock."""
    cursor.executemany(_PUT, [_row(document) for document in sorted(documents, key=lambda one: one.pk)])


def take_out(cursor: Any, kind: str, pks: Sequence[int]) -> None:
    cursor.execute("DELETE FROM search_document WHERE kind = %s AND subject = ANY(%s)", [kind, list(pks)])


def candidates(cursor: Any, kind: str, words: Sequence[str], limit: int) -> list[tuple[int, Kept]]:
    """Up to `limit` documents with all the words: (primary key at the source, texts). No order is asked for: with one
    PostgreSQL walks the primary key until it has found enough."""
    cursor.execute(
        "WITH found AS MATERIALIZED (SELECT subject, names, initials, phones FROM search_document"
        " WHERE grams @> %s AND kind = %s LIMIT %s) SELECT * FROM found",
        [list(words), kind, limit],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def among(cursor: Any, kind: str, pks: Sequence[int], terms: Sequence[str]) -> list[tuple[int, Kept]]:
    """The documents of these rows in which every term stands somewhere."""
    said = " AND ".join("(strpos(names, %s) > 0 OR strpos(initials, %s) > 0 OR strpos(phones, %s) > 0)" for _ in terms)
    cursor.execute(
        "WITH mine AS MATERIALIZED (SELECT subject, names, initials, phones FROM search_document"  # noqa: S608
        f" WHERE kind = %s AND subject = ANY(%s)) SELECT * FROM mine WHERE {said}",
        [kind, list(pks), *(term for term in terms for _ in range(3))],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def untrue(cursor: Any) -> Iterator[tuple[str, int]]:
    """Documents (kind, primary key) whose words in the index are not those of their texts."""
    cursor.execute("SELECT kind, subject, names, initials, phones, grams FROM search_document")
    for kind, subject, names, initials, phones, words in cursor.fetchall():
        if grams(Kept(names, initials, phones)) != set(words):
            yield kind, subject
