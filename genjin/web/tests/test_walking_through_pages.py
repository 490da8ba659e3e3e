"""Key-set paging shows every row once, whatever the order, however rows are empty, forth and back."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genjin.core.merging import Parts
from genjin.web import paging
from genjin.web.paging import neighbours, page_of, position_of

ALONG_NAMES = [["name"], ["-name"]]
COLUMNS = [
    "joined_on",
    "-joined_on",
    "daily_slots",
    "-daily_slots",
    "name",
    "-name",
    "unit__name",
    "-unit__six_day_from",
]


@pytest.fixture
def people(east_one, south):
    """Thirteen people with equal names, empty days and two units, only these."""
    model = get_user_model()
    first = date(2026, 3, 2)
    for n in range(13):
        model.objects.create(
            sign_in=f"p{n}",
            name=f"n{n % 3}",
            unit=(east_one, south)[n % 2],
            joined_on=None if n % 4 == 0 else first + timedelta(days=n % 5),
            daily_slots=None if n % 3 == 0 else n % 2,
        )
    return model.objects.select_related("unit").filter(sign_in__startswith="p")


def expected(people, sort):
    """What the database itself says, empty values last."""
    order = [
        (paging.F(name.lstrip("-")).desc if name.startswith("-") else paging.F(name).asc)(nulls_last=True)
        for name in sort
    ]
    return list(people.order_by(*order, "pk").values_list("pk", flat=True))


def walk(people, sort, size, *, along=(), parts=None):
    pages, cursor = [], ""
    while True:
        page = page_of(people, sort, cursor, size, along=along, parts=parts)
        pages.append(page)
        if not page.has_next:
            return pages
        cursor = page.next_cursor


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    sort=st.sampled_from(ALONG_NAMES)
    | st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3, unique_by=lambda name: name.lstrip("-")),
    size=st.integers(1, 15),
    along=st.sampled_from([(), ("name",), ("-name",)]),
    cap=st.sampled_from([5, 1000]),  # fewer than the thirteen, and more
    in_parts=st.booleans(),
)
def test_forth_and_back_give_exactly_the_sorted_rows(people, east_one, south, sort, size, along, cap, in_parts):
    parts = Parts(lambda unit: people.filter(unit=unit), [south.pk, east_one.pk]) if in_parts else None
    with mock.patch.object(paging, "COUNT_CAP", cap):
        _forth_and_back(people, sort, size, along, parts)


def _forth_and_back(people, sort, size, along, parts):
    pages = walk(people, sort, size, along=along, parts=parts)
    assert [row.pk for page in pages for row in page.rows] == expected(people, sort)
    assert [page.first_index for page in pages] == [1 + n * size for n in range(len(pages))]

    back, page = [], pages[-1]
    while page.has_previous:
        page = page_of(people, sort, page.previous_cursor, size, along=along, parts=parts)
        back.append(page)
    assert [[row.pk for row in page.rows] for page in reversed(back)] == [
        [row.pk for row in page.rows] for page in pages[:-1]
    ]
    assert [page.first_index for page in reversed(back)] == [page.first_index for page in pages[:-1]]


@pytest.mark.parametrize("sort", [("name",), ("-joined_on", "name"), ("daily_slots", "-pk")])
def test_neighbours_and_position_follow_the_list(people, sort):
    order = [row.pk for page in walk(people, sort, 50) for row in page.rows]
    for at, row in enumerate(people.get(pk=pk) for pk in order):
        assert neighbours(people, sort, row) == (
            order[at - 1] if at else None,
            order[at + 1] if at + 1 < len(order) else None,
        )
        assert position_of(people, sort, row) == at + 1


@pytest.mark.parametrize("cursor", ["made up", "a:b:c", "\x00", "🙂", "a" * 5000])
def test_a_cursor_that_no_page_gave_is_the_first_page(people, cursor):
    assert page_of(people, ("name",), cursor, 5).first_index == 1


@pytest.mark.parametrize(("what", "salt"), [([], "another"), (["x", 0, 0, 0, []], "genjin.web.paging")])
def test_something_else_that_we_signed_is_the_first_page(people, what, salt):
    assert page_of(people, ("name",), signing.dumps(what, salt=salt), 5).first_index == 1


def test_a_cursor_of_another_order_is_the_first_page(people):
    by_name = page_of(people, ("name",), "", 5).next_cursor
    assert page_of(people, ("-name",), by_name, 5).first_index == 1


def test_a_list_that_became_shorter_than_its_cursor_is_the_first_page(people):
    cursor = page_of(people, ("name",), "", 12).next_cursor
    people.filter(name="n2").delete()
    people.filter(pk=max(people.values_list("pk", flat=True))).delete()
    page = page_of(people, ("name",), cursor, 12)
    assert page.rows
    assert page.first_index == 1


def test_a_row_that_arrives_meanwhile_moves_nothing(people, east_one):
    first = page_of(people, ("name",), "", 5)
    before = [row.pk for row in page_of(people, ("name",), first.next_cursor, 5).rows]
    get_user_model().objects.create(sign_in="p-new", name="a", unit=east_one)
    assert [row.pk for row in page_of(people, ("name",), first.next_cursor, 5).rows] == before


def test_counting_stops_at_the_cap(people, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 10)
    page = page_of(people, ("name",), "", 5)
    assert (page.total, page.capped, page.total_text) == (10, True, "10+")
    beyond = people.get(pk=expected(people, ("name",))[-1])
    assert position_of(people, ("name",), beyond) is None


def test_an_empty_list_is_a_page_without_rows(people):
    page = page_of(people.none(), ("name",))
    assert (list(page.rows), page.total, page.has_next, page.has_previous) == ([], 0, False, False)


def test_rows_are_read_by_their_keys_with_what_the_list_joins_and_leaves_out(people, django_assert_num_queries):
    listed = people.select_related("unit__parent").defer("phone").prefetch_related("sign_in_links")
    with CaptureQueriesContext(connection) as asked:
        page = page_of(listed, ("name",), "", 5)
    read = next(each["sql"] for each in asked if '"organization_unit"' in each["sql"])
    assert '"sign_in" LIKE' not in read
    assert all(row.get_deferred_fields() == {"phone"} for row in page.rows)
    with django_assert_num_queries(0):
        assert {row.unit.parent.pk for row in page.rows} == {row.unit.parent_id for row in page.rows}
        assert [list(row.sign_in_links.all()) for row in page.rows] == [[]] * 5


def test_what_a_list_works_out_for_each_row_stays(people):
    page = page_of(people.annotate(doubled=F("pk") * 2), ("name",), "", 5)
    assert [row.doubled for row in page.rows] == [row.pk * 2 for row in page.rows]


def test_a_long_list_of_parts_asks_each_for_no_more_than_a_page(people, east_one, south, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 3)
    units = [south.pk, east_one.pk]
    parts = Parts(lambda unit: people.filter(unit=unit), units)
    with CaptureQueriesContext(connection) as asked:
        page_of(people.filter(unit__in=units), ("name",), "", 2, parts=parts)
    union = next(each["sql"] for each in asked if "UNION ALL" in each["sql"])
    assert union.count("LIMIT 3") == 3  # two parts and the whole


def test_parts_that_have_no_rows_are_an_empty_page(people, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 3)
    assert not page_of(people, ("name",), "", 2, parts=Parts(lambda unit: people.none(), [1, 2])).rows


@pytest.mark.parametrize("number", [0, 201])
def test_no_parts_or_more_than_a_question_holds_are_refused(people, number):
    with pytest.raises(ValueError, match=str(number)):
        Parts(lambda unit: people, range(number))
