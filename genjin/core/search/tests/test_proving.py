"""What is wrong with the search table or its index is named and put right, and nothing else is touched."""

import pytest
from django.db import connection

from genjin.core.search import index, proving
from genjin.core.search.models import SearchDocument
from genjin.core.search.registry import Answer, Source
from genjin.core.search.rules import Document

pytestmark = pytest.mark.django_db


def document(pk, name):
    return Document("thing", pk, (name,))


class Rows:
    """What there is: the source of the documents."""

    def __init__(self, *documents):
        self.standing = {one.pk: one for one in documents}

    def documents(self, pks=None):
        return [self.standing[pk] for pk in sorted(self.standing if pks is None else set(pks) & self.standing.keys())]

    @property
    def source(self):
        return Source("thing", "Things", "none.html", self.documents, lambda *asked: Answer([], True))


@pytest.fixture
def rows():
    there = Rows(*(document(pk, name) for pk, name in enumerate(["恒通", "朗悦", "隆源", "怡和"], 1)))
    index.index(there.documents())
    return there


def repaired(rows):
    return {(row.kind, row.pk, row.what) for row in proving.repair([rows.source])}


def left(rows):
    return list(proving.differences("thing", rows.documents()))


def wrong_words(subject, words):
    """List a document by other words than its own, as a broken writer would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pk = SearchDocument.objects.get(subject=subject).pk
            cursor.execute("INSERT INTO search_grams (rowid, grams) VALUES (%s, %s)", [pk, words])
        else:
            cursor.execute("UPDATE search_document SET grams = %s WHERE subject = %s", [[words], subject])


def test_what_is_right_is_left_alone(rows):
    assert repaired(rows) == set()
    assert left(rows) == []


def test_a_row_that_was_written_past_it_is_found_again(rows):
    rows.standing[5] = document(5, "新来的")
    rows.standing[2] = document(2, "朗悦改名")
    del rows.standing[3]
    assert repaired(rows) == {("thing", 5, "missing"), ("thing", 2, "stale"), ("thing", 3, "orphan")}
    assert left(rows) == []
    assert repaired(rows) == set()


def test_wrong_words_are_put_right(rows):
    wrong_words(2, "别的")
    assert repaired(rows) == {("thing", 2, "unlisted")}
    assert left(rows) == []


def test_a_stale_text_with_wrong_words_is_put_right_in_one_go(rows):
    wrong_words(2, "别的")
    rows.standing[2] = document(2, "朗悦改名")
    assert ("thing", 2, "stale") in repaired(rows)
    assert left(rows) == []


def test_words_of_no_document_are_taken_out(rows):
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the words stand in the document's own row")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_grams (rowid, grams) VALUES (900, '幽灵'), (901, '幽灵')")
    assert {row[2] for row in repaired(rows)} == {"orphan"}
    assert left(rows) == []


def test_an_index_that_cannot_be_read_is_made_anew(rows):
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE search_grams" if connection.vendor == "sqlite" else "DROP INDEX search_document_grams"
        )
    assert {row[2] for row in repaired(rows)} == {"unreadable"}
    assert left(rows) == []


def test_very_many_wrong_ones_are_made_anew_together(rows, monkeypatch):
    monkeypatch.setattr(proving, "MANY", 1)
    wrong_words(1, "别的")
    wrong_words(2, "别的")
    assert len(repaired(rows)) == 2
    assert left(rows) == []


def test_other_kinds_are_not_touched(rows):
    index.index([Document("other", 1, ("别家",))])
    rows.standing[2] = document(2, "朗悦改名")
    assert repaired(rows) == {("thing", 2, "stale")}
    assert list(proving.differences("other", [Document("other", 1, ("别家",))])) == []
