"""The owner shortens a cycle: typed, looked at, put into effect; the dates follow and say whose change it was."""

from datetime import timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.services.standing import move_class
from genjin.playbooks.editions.models import Edition

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
