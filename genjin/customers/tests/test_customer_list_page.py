"""`/customers/`: who sees which rows, by conditions that stand in the address."""

from datetime import timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.ownership import lend_customer
from genjin.customers.services.standing import close_customer

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    return [line.customer.name for line in response.shown["lines"]]


def text(response) -> str:
    return response.content.decode()


def test_a_seller_sees_their_own(client_of, owned, pooled, lin, zhou, east_one):
    owned(lin, "我的")
    owned(zhou, "别人的")
    pooled(east_one, "公海的")
    response = client_of(lin).get("/customers/")
    assert names(response) == ["我的"]
    assert "别人的" not in text(response)


def test_a_manager_sees_the_teams_and_not_another_regions(client_of, owned, lin, liang, fang):
    owned(lin, "华东的")
    owned(fang, "华南的")
    assert names(client_of(liang).get("/customers/")) == ["华东的"]
    assert names(client_of(fang).get("/customers/")) == ["华南的"]


def test_all_that_one_may_see_has_what_was_lent(client_of, owned, lin, zhou, at):
    lend_customer(customer=owned(lin, "借来的"), to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    client = client_of(zhou)
    assert names(client.get("/customers/")) == []
    assert names(client.get("/customers/?view=all")) == ["借来的"]


def test_the_tabs_count_what_they_hold(client_of, owned, lin, at, today):
    owned(lin, "逾期的")
    Customer.objects.update(due_on=today - timedelta(days=3))
    owned(lin, "新的")
    close_customer(customer=owned(lin, "关了的"), kind="dead", reason="倒闭", by=lin, at=at)
    response = client_of(lin).get("/customers/")
    counts = {tab["view"]: tab["count"] for tab in response.shown["tabs"]}
    assert counts == {"mine": "2", "today": "1", "overdue": "1", "none": "1", "silent": "0", "all": "2", "closed": "1"}
    assert names(client_of(lin).get("/customers/?view=closed")) == ["关了的"]


def test_conditions_stand_above_the_list_and_can_be_taken_away(client_of, owned, lin):
    owned(lin, "甲", class_code="5")
    owned(lin, "乙", class_code="4")
    response = client_of(lin).get("/customers/?view=mine&class=5&state=planned")
    assert names(response) == ["甲"]
    [group] = response.shown["chips"]
    chips = {str(chip.label): (chip.value, chip.without) for chip in group.chips}
    assert chips["类别"] == ("5", "/customers/?view=mine&state=planned")
    assert chips["下次联系"][0] == "已排"


def test_fields_left_empty_leave_no_trace_in_the_address(client_of, lin):
    response = client_of(lin).get("/customers/?class=5&city=&q=&owner=")
    assert (response.status_code, response["Location"]) == (302, "/customers/?class=5")


def test_class_then_due_date_is_the_order(client_of, owned, lin, today):
    for name, code, days in (("二", "3", 1), ("三", "3", 2), ("一", "2", 9)):
        row = owned(lin, name, class_code=code)
        Customer.objects.filter(pk=row.pk).update(due_on=today + timedelta(days=days))
    client = client_of(lin)
    assert names(client.get("/customers/")) == ["一", "二", "三"]
    assert names(client.get("/customers/?sort=-class")) == ["三", "二", "一"]
    assert names(client.get("/customers/?sort=created")) == ["一", "三", "二"]


def test_closed_ones_go_by_the_day_of_closing(client_of, owned, lin, at):
    for name, days in (("早", 3), ("晚", 1)):
        close_customer(customer=owned(lin, name), kind="dead", reason="倒闭", by=lin, at=at - timedelta(days=days))
    client = client_of(lin)
    response = client.get("/customers/?view=closed")
    assert names(response) == ["晚", "早"]
    assert [order["name"] for order in response.shown["orders"] if order["sorted"]] == ["closed"]
    assert names(client.get("/customers/?view=closed&sort=-closed")) == ["早", "晚"]


@pytest.mark.parametrize("sort", ["class", "name", "due", "planned", "touch", "created", "-planned", "-touch"])
def test_paging_shows_every_row_once_in_any_order(client_of, owned, lin, sort):
    for number in range(53):
        owned(lin, f"客户 {number:02}")
    client, address, seen = client_of(lin), f"/customers/?sort={sort}", []
    while address:
        response = client.get(address)
        seen += names(response)
        page = response.shown["page"]
        address = f"/customers/?sort={sort}&cursor={page.next_cursor}" if page.has_next else ""
    assert sorted(seen) == [f"客户 {number:02}" for number in range(53)]


def test_phones_are_masked_and_the_owner_stands_for_who_leads(client_of, owned, lin, liang):
    owned(lin, phones=["13812345521"])
    response = client_of(liang).get("/customers/")
    assert "138****5521" in text(response)
    assert "13812345521" not in text(response)
    assert "林小满" in text(response)


def test_htmx_gets_the_table_alone(client_of, owned, lin):
    owned(lin, "甲")
    response = client_of(lin).get("/customers/", headers={"HX-Request": "true"})
    assert text(response).lstrip().startswith('<div id="customer_table"')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "还没有客户"), ("?view=overdue", "没有逾期"), ("?class=5", "没有符合条件的客户"), ("?view=none", "都排好了")],
)
def test_an_empty_list_says_what_it_would_hold(client_of, lin, query, words):
    assert words in text(client_of(lin).get(f"/customers/{query}"))


def test_an_owner_out_of_scope_names_nobody(client_of, owned, lin, fang):
    owned(lin, "甲")
    response = client_of(fang).get(f"/customers/?owner={lin.pk}")
    assert names(response) == []
    assert "林小满" not in text(response)


def test_the_form_for_conditions_offers_what_is_in_scope(client_of, lin, liang, fang):
    assert "林小满" in text(client_of(liang).get("/customers/conditions/add/?field=owner"))
    assert "林小满" not in text(client_of(fang).get("/customers/conditions/add/?field=owner"))


def test_the_number_of_queries_does_not_grow_with_the_rows(client_of, owned, lin, django_assert_max_num_queries):
    for number in range(30):
        owned(lin, f"客户 {number:02}", phones=[f"138123455{number:02}"])
    client = client_of(lin)
    client.get("/customers/")
    with django_assert_max_num_queries(20):
        client.get("/customers/")


def test_it_reads_well_in_english(client_of, owned, lin):
    owned(lin)
    lin.language = "en"
    lin.save()
    assert "To contact today" in text(client_of(lin).get("/customers/"))
