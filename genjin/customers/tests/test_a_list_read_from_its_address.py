"""`listing.read`: the same rows in the same order, on the page and read again from what was kept."""

import pytest
from django.http import QueryDict

from genjin.customers import listing
from genjin.customers.services.ownership import lend_customer
from genjin.web.paging import page_of

pytestmark = pytest.mark.django_db


def names(wanted: listing.Listing, today) -> list[str]:
    return [row.name for row in page_of(wanted.rows(today), wanted.order()).rows]


@pytest.fixture
def company(owned, pooled, lin, zhou, fang, east_one, at):
    owned(lin, "甲", class_code="5")
    owned(lin, "乙", class_code="4")
    lend_customer(customer=owned(zhou, "丙"), to=lin, may_work=False, ends_on=None, by=zhou, at=at)
    owned(fang, "丁")
    pooled(east_one, "戊")


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("", ["乙", "甲"]), ("view=mine&class=5", ["甲"]), ("view=all", ["乙", "甲", "丙"]), ("pool=any", ["戊"]),
        ("owner=me", ["乙", "甲"]), ("view=mine&sort=-class", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_rows_and_order(company, lin, today, query, held):
    assert sorted(names(listing.read(query, lin), today)) == sorted(held)
    assert names(listing.read(listing.read(query, lin).query, lin), today) == names(listing.read(query, lin), today)


def test_who_leads_begins_with_the_teams(company, liang, lin, today):
    assert listing.read("", liang).query == "view=team"
    assert sorted(names(listing.read("", liang), today)) == ["丙", "乙", "甲"]
    assert listing.read("", lin).query == "view=mine"


def test_a_kept_list_shows_another_reader_what_is_theirs(company, lin, fang, today):
    kept = listing.read("view=all&class=4,5", lin).query
    assert names(listing.read(kept, fang), today) == []


def test_the_kept_form_leaves_out_what_is_no_condition(lin):
    wanted = listing.read(QueryDict("cursor=abc&class=5&q=&class=4&view=mine&next=//evil"), lin)
    assert wanted.query == "view=mine&class=5,4"


def test_a_default_holds_for_what_the_address_leaves_open(company, lin, today):
    assert listing.read("class=9", lin, default="pool=any").query == "pool=any&class=9"


def test_a_list_in_words(company, lin, east_one):
    assert listing.read("class=5&state=planned", lin).words() == "我的客户；类别：5；下次联系：已排"
    assert listing.read(f"pool={east_one.pool.pk}", lin).words() == "公海：华东一组公海"


def test_an_address_without_conditions_states_no_list():
    assert not listing.is_stated(QueryDict("happened=note&view="))
    assert listing.is_stated(QueryDict("view=mine"))
