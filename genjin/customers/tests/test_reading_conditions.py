"""What an address asks for, whatever somebody writes into it."""

from datetime import date

import pytest
from django.http import QueryDict

from genjin.customers import filters


def read(query):
    return filters.read(QueryDict(query), me=7)


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("owner=me", "owner", 7),
        ("owner=12", "owner", 12),
        ("class=4,4k", "classes", ("4", "4k")),
        ("class=4&class=4k&class=4", "classes", ("4", "4k")),
        ("state=overdue,none,tomorrow", "states", ("overdue", "none")),
        ("silent=30", "silent", 30),
        ("pool=any", "pool", "any"),
        ("pool=3", "pool", "3"),
        ("attempts=0", "attempts", (0, 0)),
        ("attempts=4-9", "attempts", (4, 9)),
        ("attempts=10-", "attempts", (10, None)),
        ("created_from=2026-11-01", "created_from", date(2026, 11, 1)),
        ("import=5", "run", 5),
        ("kind=org", "kind", "org"),
        ("sort=-due", "sort", "due"),
        ("view=silent", "view", "silent"),
    ],
)
def test_read(query, field, value):
    assert getattr(read(query), field) == value


@pytest.mark.parametrize(
    "query",
    [
        "owner=x", "owner=-1", "owner=9999999999999999999999", "owner=１", "class='; drop", "pool=../etc", "silent=-3",
        "silent=0",
        "attempts=many", "created_from=2026-02-31", "created_from=yesterday", "kind=ship", "sort=password",
        "view=admin", "state=all", "import=",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(query):
    assert read(query) == read("")


def test_an_order_turned_around():
    assert filters.order_of(read("sort=-class")) == ("-class_rank", "-due_on", "-pk")
    assert filters.order_of(read("sort=-touch")) == ("last_touch_at", "pk")
    assert filters.order_of(read("sort=due"), owned=False) == ("class_rank", "pk")
