"""The index on PostgreSQL: the words as text[] beside the texts, under a GIN index without a pending list.

It stands in a table of its own: on the customers' table the index would be written again at every change of an owner.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import DatabaseError

from genjin.core.search.queries import Plan
from genjin.core.search.relisting import BATCH, listed_anew
from genjin.core.search.rules import Document, Kept, Ready, grams, listed

MAKE = """
ALTER TABLE search_document ADD COLUMN grams text[] NOT NULL DEFAULT '{}';
CREATE INDEX search_document_grams ON search_document USING gin (grams) WITH (fastupdate = off)
"""
_, MAKE_INDEX = MAKE.split(";")
UNMAKE = "ALTER TABLE search_document DROP COLUMN grams"

_COLUMNS = ", ".join(Kept._fields)
_STANDING = ", ".join(f"d.{name}" for name in Kept._fields)
_NEW = ", ".join(f"excluded.{name}" for name in Kept._fields)
_PUT = f"""
INSERT INTO search_document AS d (kind, subject, {_COLUMNS}, grams) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, subject) DO UPDATE SET ({_COLUMNS}, grams) = ({_NEW}, excluded.grams)
WHERE ({_STANDING}) IS DISTINCT FROM ({_NEW})
"""  # noqa: S608  only names of columns are put in


def _row(document: Document) -> tuple[Any, ...]:
    texts, words = listed(document)
    return (document.kind, document.pk, *texts, list(dict.fromkeys(words)))


def ready(document: Document) -> Ready:
    """The words as COPY takes an array; none of them holds a quote or a backslash."""
    texts, words = listed(document)
    return document.kind, tuple(texts), '{"' + '","'.join(dict.fromkeys(words)) + '"}' if words else "{}"


def add(cursor: Any, documents: Sequence[tuple[int, Ready]]) -> None:
    """Write documents that are not in the table yet, by COPY."""
    with cursor.copy(f"COPY search_document (kind, subject, {_COLUMNS}, grams) FROM STDIN") as copy:
        for pk, (kind, texts, words) in documents:
            copy.write_row((kind, pk, *texts, words))


def remake(cursor: Any) -> None:
    """List all documents anew from their texts, the rules having changed: what a migration does."""
    cursor.execute("DROP INDEX IF EXISTS search_document_grams")
    columns = ", ".join(f"{name} = %s" for name in Kept._fields)
    for rows in listed_anew(cursor):
        cursor.executemany(
            f"UPDATE search_document SET {columns}, grams = %s WHERE id = %s",  # noqa: S608
            [(*entry.texts, list(dict.fromkeys(entry.words)), pk) for pk, entry in rows],
        )
    cursor.execute(MAKE_INDEX)


def put(cursor: Any, kind: str, documents: Sequence[Document]) -> None:
    """Write documents of one kind, new or changed; in the order of their keys, so that two writers cannot deadlock."""
    cursor.executemany(_PUT, [_row(document) for document in sorted(documents, key=lambda one: one.pk)])


def take_out(cursor: Any, kind: str, pks: Sequence[int]) -> None:
    cursor.execute("DELETE FROM search_document WHERE kind = %s AND subject = ANY(%s)", [kind, list(pks)])


def candidates(cursor: Any, kind: str, plan: Plan, limit: int) -> list[tuple[int, Kept]]:
    """Up to `limit` documents that a plan proposes: (primary key at the source, texts). No order is asked for: with one
    PostgreSQL walks the primary key until it has found enough."""
    said, asked = _asked(plan)
    cursor.execute(
        f"WITH found AS MATERIALIZED (SELECT subject, {_COLUMNS} FROM search_document"  # noqa: S608
        f" WHERE {said} AND kind = %s LIMIT %s) SELECT * FROM found",
        [*asked, kind, limit],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def _asked(plan: Plan) -> tuple[str, list[list[str]]]:
    """A plan as a condition on the words, and what it is given."""
    conditions, given = [], []
    if plan.words:
        conditions.append("grams @> %s")
        given.append(list(plan.words))
    if plan.options and all(len(words) == 1 for words in plan.options):
        conditions.append("grams && %s")
        given.append([word for words in plan.options for word in words])
    elif plan.options:
        conditions.append(f"({' OR '.join(['grams @> %s'] * len(plan.options))})")
        given.extend(list(words) for words in plan.options)
    return " AND ".join(conditions), given


def among(cursor: Any, kind: str, pks: Sequence[int], parts: Sequence[Sequence[str]]) -> list[tuple[int, Kept]]:
    """The documents of these rows in which one of every group of parts stands somewhere."""
    somewhere = " OR ".join(f"strpos({name}, %s) > 0" for name in Kept._fields)
    said = " AND ".join(f"({' OR '.join([somewhere] * len(group))})" for group in parts)
    cursor.execute(
        f"WITH mine AS MATERIALIZED (SELECT subject, {_COLUMNS} FROM search_document"  # noqa: S608
        f" WHERE kind = %s AND subject = ANY(%s)) SELECT * FROM mine WHERE {said}",
        [kind, list(pks), *(part for group in parts for part in group for _ in Kept._fields)],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def untrue(cursor: Any) -> Iterator[tuple[str, int]]:
    """Documents (kind, primary key) whose words in the index are not those of their texts."""
    cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'search_document_grams'::regclass")
    if cursor.fetchone() != (True,):
        raise DatabaseError("search_document_grams is not valid")
    last = 0
    while True:
        cursor.execute(
            f"SELECT id, kind, subject, grams, {_COLUMNS} FROM search_document WHERE id > %s ORDER BY id LIMIT %s",  # noqa: S608
            [last, BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return
        for _, kind, subject, words, *texts in rows:
            if grams(Kept(*texts)) != set(words):
                yield kind, subject
        last = rows[-1][0]


def mend(cursor: Any, wrong: Sequence[tuple[str, int]]) -> None:
    """List these documents by the words of their texts."""
    for kind in {kind for kind, _ in wrong}:
        pks = [pk for of, pk in wrong if of == kind]
        cursor.execute(
            f"SELECT id, {_COLUMNS} FROM search_document WHERE kind = %s AND subject = ANY(%s)",  # noqa: S608
            [kind, pks],
        )
        rows = [(list(grams(Kept(*texts))), number) for number, *texts in cursor.fetchall()]
        cursor.executemany("UPDATE search_document SET grams = %s WHERE id = %s", rows)
