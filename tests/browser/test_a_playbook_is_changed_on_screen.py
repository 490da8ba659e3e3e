"""The owner shortens a cycle: typed, looked at, put into effect; the dates follow and say whose change it was."""

from datetime import timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.services.standing import move_class
from genjin.playbooks.editions.models import Draft, Edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True])
def test_the_owner_changes_a_cycle_and_the_dates_follow(page_of, qian, liang, lin, at, phone):
    row = create_customer(fields={"name": "无锡朗悦搬家服务有限公司"}, owner=lin, by=lin, at=at)
    row = move_class(customer=row, to="3", reason="有意向", by=liang, at=at)
    before = row.due_on
    page = page_of(qian, phone=phone)
    page.goto("/settings/playbooks/telesales/")
    page.get_by_role("button", name="改", exact=True).click()
    page.get_by_label("普通3：最早第几天").fill("2")
    page.get_by_label("普通3：最晚第几天").fill("0")
    page.get_by_role("button", name="存好，看影响").click()
    page.get_by_text("至少是 1").first.wait_for()
    page.get_by_label("普通3：最晚第几天").fill("4")
    page.get_by_role("button", name="存好，看影响").click()
    page.get_by_text("1 个客户会换日期").wait_for()
    page.get_by_label("现有日期也一起改").check()
    page.get_by_label("为什么改").fill("旺季要快")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="启用").click()
    page.get_by_text("旺季要快").wait_for()
    after = Customer.objects.get(pk=row.pk)
    assert (Edition.objects.get().note, after.due_why["by"]) == ("旺季要快", qian.name)
    assert before - after.due_on >= timedelta(days=4)


def test_a_class_is_added_with_the_keyboard_and_what_is_wrong_keeps_what_was_typed(page_of, qian, east_one):
    page = page_of(qian)
    page.goto("/settings/playbooks/telesales/draft/classes/")
    page.get_by_label("普通3：最晚第几天").fill("9")
    page.get_by_label("名称", exact=True).fill("试用客户")
    page.get_by_label("标签上的字").fill("普3")
    page.get_by_label("照哪一类").select_option(label="普通3")
    page.get_by_label("标签上的字").press("Enter")
    page.get_by_text("已有一类用这个字").wait_for()
    assert page.get_by_label("普通3：最晚第几天").input_value() == "9"
    page.get_by_label("标签上的字").fill("试")
    page.get_by_role("button", name="加上这一类").click()
    page.get_by_label("试用客户：最晚第几天").wait_for()
    page.get_by_label("试用客户：最晚第几天").fill("12")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("试用客户：最晚第几天").press("Enter")
    content = Draft.objects.get().content["classes"]
    assert [(each["code"], each["cycle"]["max"]) for each in content[3:5]] == [("3", 9), ("c1", 12)]
