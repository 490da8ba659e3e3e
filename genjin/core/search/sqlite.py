"""The index on SQLite: a contentless FTS5 table of words, beside the plain table of documents.

A contentless table keeps no text, so whoever takes a document out has to hand over the words that went in: they follow
from the plain table's three texts. `detail=none` and `columnsize=0` keep only which document has a word.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from genjin.core.search.rules import Document, Kept, grams, kept

MAKE = """
CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')
"""
UNMAKE = "DROP TABLE search_grams"

_LIST = "INSERT INTO search_grams (rowid, grams) VALUES (%s, %s)"
_UNLIST = "INSERT INTO search_grams (search_grams, rowid, grams) VALUES ('delete', %s, %s)"
_ADD = "INSERT INTO search_document (id, kind, subject, names, initials, phones) VALUES (%s, %s, %s, %s, %s, %s)"
_CHANGE = "UPDATE search_document SET names = %s, initials = %s, phones = %s WHERE id = %s"


def _text(document: Kept) -> str:
    return " ".join(grams(document))


def add(cursor: Any, documents: Sequence[Document]) -> None:
    """Write documents that are not in the table yet. Ids go on from the highest: there is one writer at a time."""
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM search_document")
    start = cursor.fetchone()[0] + 1
    rows = [(pk, document, kept(document)) for pk, document in enumerate(documents, start)]
    cursor.executemany(_ADD, [(pk, document.kind, document.pk, *texts) for pk, document, texts in rows])
    cursor.executemany(_LIST, [(pk, _text(texts)) for pk, _, texts in rows])


def put(cursor: Any, kind: str, documents: Sequence[Document]) -> None:
    """Write documents of one kind, new or changed."""
    standing = _standing(cursor, kind, [document.pk for document in documents])
    new = [document for document in documents if document.pk not in standing]
    if new:
        add(cursor, new)
    changed = [
        (pk, before, texts)
        for document in documents
        if document.pk in standing
        for pk, before, texts in [(*standing[document.pk], kept(document))]
        if texts != before
    ]
    cursor.executemany(_UNLIST, [(pk, _text(before)) for pk, before, _ in changed])
    cursor.executemany(_CHANGE, [(*texts, pk) for pk, _, texts in changed])
    cursor.executemany(_LIST, [(pk, _text(texts)) for pk, _, texts in changed])


def take_out(cursor: Any, kind: str, pks: Sequence[int]) -> None:
    gone = _standing(cursor, kind, pks)
    cursor.executemany(_UNLIST, [(pk, _text(before)) for pk, before in gone.values()])
    cursor.executemany("DELETE FROM search_document WHERE id = %s", [(pk,) for pk, _ in gone.values()])


def candidates(cursor: Any, kind: str, words: Sequence[str], limit: int) -> list[tuple[int, Kept]]:
    """Up to `limit` documents with all the words: (primary key at the source, texts)."""
    cursor.execute(
        "SELECT d.subject, d.names, d.initials, d.phones FROM search_grams g"
        " CROSS JOIN search_document d ON d.id = g.rowid WHERE g.search_grams MATCH %s AND d.kind = %s LIMIT %s",
        [" AND ".join(f'"{word}"' for word in words), kind, limit],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def among(cursor: Any, kind: str, pks: Sequence[int], terms: Sequence[str]) -> list[tuple[int, Kept]]:
    """The documents of these rows in which every term stands somewhere."""
    said = " AND ".join("(instr(names, %s) OR instr(initials, %s) OR instr(phones, %s))" for _ in terms)
    cursor.execute(
        "SELECT subject, names, initials, phones FROM search_document"  # noqa: S608  only placeholders are put in
        f" WHERE kind = %s AND subject IN (SELECT value FROM json_each(%s)) AND {said}",
        [kind, json.dumps(list(pks)), *(term for term in terms for _ in range(3))],
    )
    return [(row[0], Kept(*row[1:])) for row in cursor.fetchall()]


def _standing(cursor: Any, kind: str, pks: Iterable[int]) -> dict[int, tuple[int, Kept]]:
    """What stands for these rows now: primary key at the source → (id, texts)."""
    cursor.execute(
        "SELECT subject, id, names, initials, phones FROM search_document"
        " WHERE kind = %s AND subject IN (SELECT value FROM json_each(%s))",
        [kind, json.dumps(list(pks))],
    )
    return {row[0]: (row[1], Kept(*row[2:])) for row in cursor.fetchall()}


def untrue(cursor: Any) -> Iterator[tuple[str, int]]:
    """Documents (kind, primary key) whose words in the index are not those of their texts."""
    cursor.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search_grams', 'instance')"
    )
    cursor.execute(
        "SELECT doc, group_concat(term, ' ') FROM (SELECT doc, term FROM search_words ORDER BY doc) GROUP BY doc"
    )
    listed = {row[0]: hash(frozenset(row[1].split(" "))) for row in cursor.fetchall()}
    cursor.execute("DROP TABLE temp.search_words")
    cursor.execute("SELECT id, kind, subject, names, initials, phones FROM search_document")
    for pk, kind, subject, *texts in cursor.fetchall():
        words = grams(Kept(*texts))
        if listed.get(pk) != hash(frozenset(words)) and (words or pk in listed):
            yield kind, subject
