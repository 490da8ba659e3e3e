"""The index on SQLite: a contentless FTS5 table of words, beside the plain table of documents.

A contentless table keeps no text, so whoever takes a document out has to hand over the words that went in: they follow
from the plain table's texts. `detail=none` and `columnsize=0` keep only which document has a word.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import xor
from typing import Any

from genjin.core.many_rows import insert_many
from genjin.core.search.queries import Plan
from genjin.core.search.relisting import BATCH, listed_anew
from genjin.core.search.rules import Document, Kept, Ready, grams, listed

MAKE = """
CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')
"""
UNMAKE = "DROP TABLE IF EXISTS search_grams"
EMPTY = "INSERT INTO search_grams (search_grams) VALUES ('delete-all')"

_MASK = 2**64 - 1
_LIST = "INSERT INTO search_grams (rowid, grams) VALUES (%s, %s)"
_UNLIST = "INSERT INTO search_grams (search_grams, rowid, grams) VALUES ('delete', %s, %s)"
_COLUMNS = ", ".join(Kept._fields)
_CHANGE = f"UPDATE search_document SET {', '.join(f'{name} = %s' for name in Kept._fields)} WHERE id = %s"  # noqa: S608


def _text(document: Kept) -> str:
    return " ".join(grams(document))


def ready(document: Document) -> Ready:
    texts, words = listed(document)
    return document.kind, tuple(texts), " ".join(words)


def add(cursor: Any, documents: Sequence[tuple[int, Ready]]) -> None:
    """Write documents that are not in the table yet. Ids go on from the highest: there is one writer at a time."""
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM search_document")
    start = cursor.fetchone()[0] + 1
    rows = [(at, kind, pk, *texts) for at, (pk, (kind, texts, _words)) in enumerate(documents, start)]
    insert_many(f"search_document (id, kind, subject, {_COLUMNS})", 3 + len(Kept._fields), rows)
    insert_many("search_grams (rowid, grams)", 2, [(at, one[-1]) for at, (_, one) in enumerate(documents, start)])


def remake(cursor: Any) -> None:
    """List all documents anew from their texts, the rules having changed: what a migration does."""
    cursor.execute(UNMAKE)
    cursor.execute(MAKE)
    for rows in listed_anew(cursor):
        cursor.executemany(_CHANGE, [(*entry.texts, pk) for pk, entry in rows])
        cursor.executemany(_LIST, [(pk, " ".join(entry.words)) for pk, entry in rows])


def put(cursor: Any, kind: str, documents: Sequence[Document]) -> None:
    """Write documents of one kind, new or changed."""
    standing = _standing(cursor, kind, [document.pk for document in documents])
    new = [document for document in documents if document.pk not in standing]
    if new:
        add(cursor, [(document.pk, ready(document)) for document in new])
    changed = [
        (pk, before, texts)
        for document in documents
        if document.pk in standing
        for pk, before, texts in [(*standing[document.pk], listed(document).texts)]
        if texts != before
    ]
    cursor.executemany(_UNLIST, [(pk, _text(before)) for pk, before, _ in changed])
    cursor.executemany(_CHANGE, [(*texts, pk) for pk, _, texts in changed])
    cursor.executemany(_LIST, [(pk, _text(texts)) for pk, _, texts in changed])


def take_out(cursor: Any, kind: str, pks: Sequence[int]) -> None:
    gone = _standing(cursor, kind, pks)
    cursor.executemany(_UNLIST, [(pk, _text(before)) for pk, before in gone.values()])
    cursor.executemany("DELETE FROM search_document WHERE id = %s", [(pk,) for pk, _ in gone.values()])


def candidates(cursor: Any, kind: str, plan: Plan, limit: int) -> list[tuple[int, Kept]]:
    """Up to `limit` documents that a plan proposes: (primary key at the source, texts)."""
    cursor.execute(
        f"SELECT d.subject, {_COLUMNS} FROM search_grams g"  # noqa: S608  only names of columns are put in
        " CROSS JOIN search_document d ON d.id = g.rowid WHERE g.search_grams MATCH %s AND d.kind = %s LIMIT %s",
        [_asked(plan), kind, limit],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def _asked(plan: Plan) -> str:
    """A plan in the language of FTS5. The words are letters and digits, so nothing in them can end a quote."""
    options = " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + ")" for words in plan.options)
    return " AND ".join([*(f'"{word}"' for word in plan.words), *([f"({options})"] if options else [])])


def among(cursor: Any, kind: str, pks: Sequence[int], parts: Sequence[Sequence[str]]) -> list[tuple[int, Kept]]:
    """The documents of these rows in which one of every group of parts stands somewhere."""
    somewhere = " OR ".join(f"instr({name}, %s)" for name in Kept._fields)
    said = " AND ".join(f"({' OR '.join([somewhere] * len(group))})" for group in parts)
    cursor.execute(
        f"SELECT subject, {_COLUMNS} FROM search_document"  # noqa: S608  only placeholders are put in
        f" WHERE kind = %s AND subject IN (SELECT value FROM json_each(%s)) AND {said}",
        [kind, json.dumps(list(pks)), *(part for group in parts for part in group for _ in Kept._fields)],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def _standing(cursor: Any, kind: str, pks: Iterable[int]) -> dict[int, tuple[int, Kept]]:
    """What stands for these rows now: primary key at the source → (id, texts)."""
    cursor.execute(
        f"SELECT subject, id, {_COLUMNS} FROM search_document"  # noqa: S608
        " WHERE kind = %s AND subject IN (SELECT value FROM json_each(%s))",
        [kind, json.dumps(list(pks))],
    )
    return {row[0]: (row[1], Kept(*row[2:])) for row in cursor.fetchall()}


def untrue(cursor: Any) -> Iterator[tuple[str, int]]:
    """Documents (kind, primary key) whose words in the index are not those of their texts; kind "" stands for what the
    index lists and no document has, by its number there.

    The index can be read word by word only, so of each document's words a sum is kept: 8 bytes a document.
    """
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM search_document")
    sums, strays = array("Q", bytes(8 * (cursor.fetchone()[0] + 1))), set()
    for term, number in _listed(cursor):
        if number < len(sums):
            sums[number] ^= hash(term) & _MASK
        else:
            strays.add(number)
    for number, kind, subject, texts in _all(cursor):
        if sums[number] != reduce(xor, (hash(word) & _MASK for word in grams(texts)), 0):
            yield kind, subject
        sums[number] = 0
    yield from (("", number) for number in sorted(strays | {at for at, left in enumerate(sums) if left}))


def _listed(cursor: Any) -> Iterator[tuple[str, int]]:
    """Every word of the index with the number of a document that has it."""
    # Past Django's cursor, which would take the turn to write for it: nothing of the database itself is written.
    with cursor.db.wrap_database_errors:
        cursor.db.connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search_grams', 'instance')"
        )
    cursor.execute("SELECT term, doc FROM search_words")
    while rows := cursor.fetchmany(BATCH):
        yield from rows
    with cursor.db.wrap_database_errors:
        cursor.db.connection.execute("DROP TABLE temp.search_words")


def _all(cursor: Any) -> Iterator[tuple[int, str, int, Kept]]:
    last = 0
    while True:
        cursor.execute(
            f"SELECT id, kind, subject, {_COLUMNS} FROM search_document WHERE id > %s ORDER BY id LIMIT %s",  # noqa: S608
            [last, BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return
        yield from ((number, kind, subject, Kept(*texts)) for number, kind, subject, *texts in rows)
        last = rows[-1][0]


def mend(cursor: Any, wrong: Sequence[tuple[str, int]]) -> None:
    """List these documents by the words of their texts, and what belongs to no document (kind "") not at all."""
    right: dict[int, Kept] = {number: Kept("", "", "") for kind, number in wrong if not kind}
    for kind in {kind for kind, _ in wrong if kind}:
        standing = _standing(cursor, kind, [pk for of, pk in wrong if of == kind])
        right.update(standing.values())
    found: dict[int, list[str]] = {number: [] for number in right}
    for term, number in _listed(cursor):
        if number in found:
            found[number].append(term)
    cursor.executemany(_UNLIST, [(number, " ".join(words)) for number, words in found.items() if words])
    cursor.executemany(_LIST, [(number, words) for number, texts in right.items() if (words := _text(texts))])
