"""A list of more customers than are counted, of several units: the same rows in the same order, read unit by unit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genjin.customers import listing
from genjin.customers.models import Customer
from genjin.web import paging
from genjin.web.paging import in_order, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def customers(owned, pooled, liang, lin, zhou, fang, headquarters, east, east_one, south, at, monkeypatch):
    """Held ones of two units of the east and one of the south, and pools of four units, some once touched."""
    monkeypatch.setattr(paging, "COUNT_CAP", 3)
    for nth in range(4):
        for person in (liang, lin, zhou, fang):
            owned(person, f"客户{(nth * 7 + person.pk) % 5}")
        for unit in (headquarters, east, east_one, south):
            row = pooled(unit, f"公海{nth}")
            if nth % 2:
                Customer.objects.filter(pk=row.pk).update(last_touch_at=at - timedelta(days=row.pk % 3))
            Customer.objects.filter(pk=row.pk).update(class_rank=row.pk % 4)


def seen(query, person, today):
    """The keys of all pages of a list, and what the database says of the whole."""
    wanted = listing.read(query, person)
    rows, keys, cursor = wanted.rows(today), [], ""
    while True:
        page = page_of(rows, wanted.order(), cursor, 4, along=wanted.along(), parts=wanted.parts(today))
        keys += [row.pk for row in page.rows]
        if not page.has_next:
            return keys, list(in_order(rows, wanted.order()).values_list("pk", flat=True))
        cursor = page.next_cursor


@pytest.mark.parametrize("query", ["view=team", "view=team&sort=due", "view=team&sort=-class", "view=overdue"])
def test_a_managers_list(customers, liang, today, query):
    keys, whole = seen(query, liang, today + timedelta(days=90))
    assert keys == whole
    assert len(keys) == 12


@pytest.mark.parametrize("query", ["pool=any", "pool=any&sort=-class", "pool=any&sort=touch", "pool=any&sort=-touch"])
@pytest.mark.parametrize(("who", "number"), [("lin", 12), ("fang", 8), ("qian", 16)])
def test_all_pools_that_somebody_sees(customers, request, query, who, number, today):
    keys, whole = seen(query, request.getfixturevalue(who), today)
    assert keys == whole
    assert len(keys) == number


@pytest.mark.parametrize("who", ["lin", "qian"])
def test_one_pool_by_last_contact(customers, request, who, east, today):
    keys, whole = seen(f"pool={east.pool.pk}&sort=touch", request.getfixturevalue(who), today)
    assert keys == whole
    assert len(keys) == 4


def test_a_pool_that_one_does_not_see_has_no_parts(customers, lin, south, today):
    wanted = listing.read(f"pool={south.pool.pk}&sort=touch", lin)
    assert wanted.parts(today) is None
    assert not page_of(wanted.rows(today), wanted.order(), parts=wanted.parts(today)).rows


def test_no_unit_is_sorted_as_a_whole(customers, client_of, liang):
    with CaptureQueriesContext(connection) as asked:
        client_of(liang).get("/customers/")
    assert any("UNION ALL" in each["sql"] for each in asked)


@pytest.mark.parametrize("query", ["view=team&class=4", "view=team&sort=name", "view=mine", "pool=any&city=无锡"])
def test_a_list_of_free_conditions_or_of_one_person_is_read_as_one(customers, liang, today, query):
    assert listing.read(query, liang).parts(today) is None
