"""What an address asks for, whatever somebody writes into it."""

import pytest
from django.http import QueryDict

from genjin.customers import filters
from genjin.customers.filters import Condition


def read(query):
    return filters.read(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("owner=me", "owner:is:me"),
        ("owner=12", "owner:is:12"),
        ("class=4,4k", "class:is:4,4k"),
        ("class=4&class=4k&class=4", "class:is:4,4k"),
        ("state=overdue,none,tomorrow", "state:is:overdue,none"),
        ("silent=30", "silent:min:30"),
        ("pool=any", "pool:is:any"),
        ("pool=3", "pool:is:3"),
        ("attempts=0", "attempts:is:0"),
        ("attempts=4-9", "attempts:between:4,9"),
        ("attempts=10-", "attempts:min:10"),
        ("created_from=2026-11-01", "created:between:2026-11-01,"),
        ("created_to=2026-11-01", "created:between:,2026-11-01"),
        ("import=5", "import:is:5"),
        ("kind=org", "kind:is:org"),
        ("q= 朗悦 ", "q:has:朗悦"),
        ("where=city:not:无锡,苏州", "city:not:无锡,苏州"),
        ("where=missed:min:03", "missed:min:3"),
        ("where=due:last:7", "due:last:7"),
        ("where=won:filled", "won:filled"),
        ("where=note:has:a\\,b\\;c", "note:has:a\\,b\\;c"),
    ],
)
def test_read(query, condition):
    asked = read(query)
    assert [str(each) for each in asked.conditions()] == [condition]
    again = filters.read(filters.written(asked))
    assert again.conditions() == asked.conditions()


@pytest.mark.parametrize(
    "query",
    [
        "owner=x", "owner=-1", "owner=9999999999999999999999", "owner=１", "class='; drop", "pool=../etc", "silent=-3",
        "attempts=many", "created_from=2026-02-31", "created_from=yesterday", "created_from=0001-01-01", "kind=ship",
        "sort=password", "view=admin", "state=all", "where=nonsense", "where=city", "where=city:is", "where=city:is:,",
        "where=city:hates:无锡", "where=password:is:x", "where=due:is:tomorrow", "where=due:between:,",
        "where=due:last:many", "where=missed:between:3", "where=won:filled:x", "where=class_days:min:99999",
        "where=missing:is:nothing", "where=phone:is:12", "where=phone:begins:abc", "where=__class__:is:x",
        "where=tag:every:", "where=silent:between:1,2,3",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out_and_said(query):
    asked = read(query)
    assert (asked.conditions(), asked.view, asked.sort) == ([], "", "class")
    assert len(asked.left_out) == 1
    assert filters.written(asked).urlencode() == ""


def test_groups_are_joined_as_the_address_says():
    asked = read("where=any(city:is:无锡;city:is:苏州)&where=attempts:min:3;missed:min:2&join=any")
    assert [(group.join, len(group.conditions)) for group in asked.where.groups] == [("any", 2), ("all", 2)]
    assert asked.where.join == "any"


def test_what_makes_sense_beside_what_does_not_stays():
    asked = read("where=any(city:is:无锡;nonsense;city:hates:x)&where=nothing")
    assert asked.where.written() == ["any(city:is:无锡)"]
    assert asked.left_out == ("nonsense", "nothing", "city:hates:x")


def test_more_than_fifty_conditions_are_none():
    fifty = "&".join(f"where=city:is:{number}" for number in range(50))
    assert (read(fifty).too_many, len(read(fifty).conditions())) == (0, 50)
    assert read(f"{fifty}&class=5").too_many == 51


def test_a_condition_is_added_and_taken_away():
    where = read("where=any(city:is:无锡;city:is:苏州)").where
    more = where.plus(Condition("missed", "min", ("3",))).plus(Condition("city", "is", ("常州",)), group=0)
    assert more.written() == ["any(city:is:无锡;city:is:苏州;city:is:常州)", "missed:min:3"]
    assert more.without(1, 0).without(0, 1).written() == ["any(city:is:无锡;city:is:常州)"]


def test_an_order_turned_around():
    assert filters.order_of(read("sort=-class")) == ("-class_rank", "-due_on", "-pk")
    assert filters.order_of(read("sort=-touch")) == ("last_touch_at", "pk")
    assert filters.order_of(read("sort=due"), owned=False) == ("class_rank", "pk")
