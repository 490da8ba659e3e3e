"""Conditions of a list, both sides of every edge."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from genjin.customers import filters, listing
from genjin.customers.models import Customer, SourceChannel
from genjin.customers.services.identity import change_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(today):
    def listed(query, rows=None) -> list[str]:
        asked = filters.read(QueryDict(query))
        assert asked.left_out == ()
        rows = Customer.objects.all() if rows is None else rows
        return sorted(row.name for row in filters.narrowed(rows, asked, person=0, today=today))

    return listed


@pytest.fixture
def four(owned, lin, today):
    """One customer in each of the four states, named for it."""
    days = {
        "overdue": (today - timedelta(days=1), today), "today": (today, today), "none": (today, None),
        "planned": (today + timedelta(days=4), today + timedelta(days=2)),
    }  # fmt: skip
    for name, (due, planned) in days.items():
        row = owned(lin, name)
        Customer.objects.filter(pk=row.pk).update(due_on=due, planned_on=planned)


@pytest.mark.parametrize("state", filters.STATES)
def test_a_state_is_what_the_row_shows(four, names, today, state):
    assert names(f"state={state}") == [state]
    assert Customer.objects.get(name=state).follow_up_state(today) == state


def test_what_is_overdue_and_on_no_day_is_also_not_planned(four, names):
    Customer.objects.filter(name="overdue").update(planned_on=None)
    assert names("state=none") == ["none", "overdue"]


def test_several_states_are_added_up(four, names):
    assert names("state=overdue,planned") == ["overdue", "planned"]


@pytest.mark.parametrize(
    ("view", "held"),
    [
        ("today", ["none", "overdue", "today"]), ("overdue", ["overdue"]), ("none", ["none"]),
        ("mine", ["none", "overdue", "planned", "today"]), ("closed", []),
    ],
)  # fmt: skip
def test_a_view(four, lin, today, view, held):
    rows = filters.in_view(Customer.objects.all(), view, person=lin.pk, today=today)
    assert sorted(row.name for row in rows) == held


def test_without_effective_contact_counts_from_the_last_one_or_from_taking_it_on(owned, lin, names, today):
    for name, last, since in (("刚联系", 29, 90), ("满三十天", 30, 90), ("从未", None, 30), ("新来", None, 29)):
        row = owned(lin, name)
        Customer.objects.filter(pk=row.pk).update(
            last_effective_on=today - timedelta(days=last) if last else None, owned_since=today - timedelta(days=since)
        )
    assert names("silent=30") == ["从未", "满三十天"]


def test_where_whence_and_what(owned, pooled, lin, zhou, east_one, names, at):
    source = SourceChannel.objects.get(code="referral")
    row = owned(lin, "甲", tags=["旺季"], class_code="5")
    change_customer(
        customer=row, fields={"city": "无锡", "province": "江苏", "industry": "搬家", "source": source}, by=lin, at=at
    )
    owned(zhou, "乙")
    pooled(east_one, "丙")
    tag = row.tags.get()
    for query in ("city=无锡", "province=江苏", "industry=搬家", f"source={source.pk}", f"tag={tag.pk}", "class=5,6"):
        assert names(query) == ["甲"]
    assert names(f"owner={zhou.pk}") == ["乙"]
    assert names("pool=any") == ["丙"]
    assert names(f"pool={east_one.pool.pk}") == ["丙"]
    assert names("pool=no") == ["乙", "甲"]
    assert names("created_to=2026-11-23") == []
    assert names("created_from=2026-11-24&created_to=2026-11-24&attempts=0") == ["丙", "乙", "甲"]
    assert names("attempts=1-") == []


def test_a_name_is_found_by_a_part_of_it_and_by_initials(owned, lin, today):
    def listed(text: str) -> list[str]:
        return [row.name for row in listing.read(f"view=mine&q={text}", lin).rows(today)]

    owned(lin)
    owned(lin, "扬州雅叙园酒楼")
    assert listed("朗悦") == listed("wxly") == ["无锡朗悦搬家服务有限公司"]
    assert listed("没有这个") == []
