"""Keeping the side table true, and asking it: the same on both databases."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genjin.core.search import index, proving
from genjin.core.search.matching import matched_by
from genjin.core.search.models import SearchDocument
from genjin.core.search.queries import parse
from genjin.core.search.rules import Document, kept

pytestmark = pytest.mark.django_db

EXACT = {"name", "phone", "phone_tail", "phone_part"}


def document(pk, *names, phones=()):
    return Document("thing", pk, names, phones)


class Everything:
    """A scope of these primary keys, in the shape of a queryset."""

    def __init__(self, pks):
        self.pks = list(pks)

    def order_by(self):
        return self

    def filter(self, pk__in):
        return Everything(pk for pk in self.pks if pk in set(pk__in))

    def values_list(self, *fields, flat):
        return self.pks


def find(text, pks=range(1, 10_000), limit=20, first=None):
    return index.find("thing", text, limit=limit, within=Everything(pks), first=first and Everything(first))


def found(text, **options):
    return [hit.pk for hit in find(text, **options).hits]


def test_a_document_is_found_by_name_initials_and_phone():
    index.index([document(1, "重庆恒通", phones=["13812345521"]), document(2, "无锡朗悦", phones=["13899998888"])])
    assert [(hit.pk, hit.matched_by) for hit in find("恒通").hits] == [(1, "name")]
    assert [(hit.pk, hit.matched_by) for hit in find("wxly").hits] == [(2, "initials")]
    assert [(hit.pk, hit.matched_by) for hit in find("5521").hits] == [(1, "phone_tail")]
    assert found("没有") == []


def test_a_change_makes_the_new_name_found_and_the_old_one_not():
    index.index([document(1, "重庆恒通"), document(2, "重庆朗悦")])
    index.index([document(1, "上海恒通")])
    assert found("重庆") == [2]
    assert found("上海恒通") == [1]
    assert list(proving.differences("thing", [document(1, "上海恒通"), document(2, "重庆朗悦")])) == []


def test_indexing_twice_changes_nothing():
    for _ in range(2):
        index.index([document(1, "重庆恒通")])
    assert found("恒通") == [1]
    assert SearchDocument.objects.count() == 1


def test_what_was_removed_is_not_found():
    index.index([document(1, "重庆恒通"), document(2, "恒通二店")])
    index.remove("thing", [1])
    assert found("恒通") == [2]
    index.index([document(3, "恒通三店")])
    assert sorted(found("恒通")) == [2, 3]


def test_rows_of_an_import_are_found_like_any_others():
    index.index([document(1, "重庆恒通")])
    with connection.cursor() as cursor:
        index.index_rows(cursor, (document(pk, f"恒通{pk}店", phones=[f"138000{pk:05}"]) for pk in range(2, 6000)))
    assert found("恒通5999") == [5999]
    assert found("05999") == [5999]
    index.index([document(5999, "改名了")])
    assert found("恒通5999") == []


def test_what_lies_outside_the_scope_is_not_found():
    index.index([document(1, "重庆恒通"), document(2, "恒通二店")])
    assert found("恒通", pks=[2]) == [2]
    assert found("恒通", pks=[]) == []


def test_ones_own_come_first():
    index.index([document(1, "恒通"), document(2, "老恒通商行"), document(3, "恒通三店")])
    assert found("恒通") == [1, 3, 2]
    assert found("恒通", first=[2]) == [2, 1, 3]


def test_a_word_that_thousands_have_still_finds_ones_own():
    index.index(document(pk, f"某某公司{pk}") for pk in range(1, 1500))
    answer = find("公司", pks=range(1, 1500), first=[1499], limit=3)
    assert answer.hits[0].pk == 1499
    assert len(answer.hits) == 3
    assert not answer.is_complete
    assert found("公司", pks=[1498]) == [1498]


def test_more_than_the_limit_is_said():
    index.index(document(pk, f"恒通{pk}") for pk in range(1, 5))
    assert not find("恒通", limit=3).is_complete
    assert find("恒通", limit=4).is_complete


def test_an_end_of_a_phone_comes_before_any_other_place():
    index.index([document(1, "甲公司", phones=["13855210000"]), document(2, "乙公司", phones=["13800005521"])])
    assert [(hit.pk, hit.matched_by) for hit in find("5521").hits] == [(2, "phone_tail"), (1, "phone_part")]


def test_kinds_are_kept_apart():
    index.index([document(1, "恒通"), Document("other", 1, ("朗悦",))])
    assert found("朗悦") == []
    index.remove("other", [1])
    assert found("恒通") == [1]


@pytest.mark.parametrize(
    "typed", ["", "恒", '"', "恒通*", "恒通 OR 朗悦", "NEAR(恒通", "'; --", "-恒通", "%%", "_" * 500]
)
def test_nothing_that_is_typed_breaks_the_query(typed):
    index.index([document(1, "朗悦")])
    assert found(typed) == []


SIGNS = st.text("恒通贸易重庆长乐单曾王李朗悦abAB12 ·（）恆貿", min_size=1, max_size=9)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(SIGNS, SIGNS, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)), max_size=8), st.data())
def test_the_index_finds_what_looking_at_every_row_finds(rows, data):
    documents = [document(pk, name, person, phones=[phone]) for pk, (name, person, phone) in enumerate(rows, 1)]
    whole = data.draw(st.sampled_from([part for row in rows for part in row] or ["恒通"]))
    start = data.draw(st.integers(0, len(whole) - 1))
    typed = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    with transaction.atomic():
        index.index(documents)
        said = set(found(typed, limit=100))
        transaction.set_rollback(True)
    query = parse(typed)
    plain = {one.pk for one in documents if not query.is_too_short and matched_by(query, kept(one)) in EXACT}
    assert said >= plain
    assert all(any(matched_by(query, kept(documents[pk - 1]), plan.kind) for plan in query.plans) for pk in said)


def test_differences_are_named():
    index.index([document(1, "恒通"), document(2, "朗悦"), document(3, "隆源")])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO search_grams (rowid, grams) SELECT id, '别的' FROM search_document WHERE subject = 3"
            )
        else:
            cursor.execute("UPDATE search_document SET grams = '{别的}' WHERE subject = 3")
    source = [document(1, "恒通改名"), document(3, "隆源"), document(4, "新来的")]
    assert {(row.pk, row.what) for row in proving.differences("thing", source)} == {
        (1, "stale"), (2, "orphan"), (3, "unlisted"), (4, "missing"),
    }  # fmt: skip


def test_making_it_anew_repairs_it():
    index.index([document(1, "恒通"), document(2, "朗悦")])
    source = [document(1, "恒通改名"), document(3, "新来的")]
    index.reindex("thing", source)
    assert list(proving.differences("thing", source)) == []
    assert found("改名") == [1]
