"""A manager gives a task, the seller sees it in the day and answers, the manager reads the answer."""

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.followups.models import Task

pytestmark = pytest.mark.browser
NAME = "无锡朗悦搬家"


@pytest.fixture
def customer(transactional_db, lin, at, today):
    row = create_customer(fields={"name": NAME}, class_code="4", owner=lin, by=lin, at=at)
    Customer.objects.update(planned_on=today)
    return row


def test_from_the_manager_to_the_seller_and_back(customer, page_of, lin, liang):
    manager = page_of(liang)
    manager.goto(f"/customers/{customer.pk}/")
    manager.locator("#customer_tasks").get_by_role("link", name="交办").click()
    drawer = manager.locator("#verb[open]")
    drawer.get_by_label("要办什么").fill("把合同催回来")
    drawer.get_by_label("日期").fill("2026-11-24")
    manager.keyboard.press("Control+Enter")
    manager.get_by_role("status").get_by_text("交办了 1 个任务").wait_for()
    assert Task.objects.get().person == lin

    seller = page_of(lin)
    seller.goto("/today/")
    seller.locator("#today_besides").get_by_text("把合同催回来").wait_for()
    assert "梁静交办：把合同催回来" in seller.locator(".row", has_text=NAME).first.inner_text()
    seller.locator("#today_besides").get_by_role("link", name="没办成").click()
    seller.locator("#verb[open]").get_by_label("为什么没办成").fill("老板出差，月底回来")
    seller.keyboard.press("Control+Enter")
    seller.get_by_role("status").get_by_text("已回复").wait_for()
    assert seller.locator("#today_besides").get_by_text("把合同催回来").count() == 0

    manager.goto("/tasks/?side=given&state=declined")
    manager.get_by_text("老板出差，月底回来").wait_for()


def test_a_slip_is_taken_back_with_ctrl_z(customer, page_of, lin, liang, at, today):
    from genjin.followups.tasks.services import Order, give_tasks

    give_tasks(order=Order(on=today, purpose="把合同催回来"), people=[lin], customer=customer, by=liang, at=at)
    page = page_of(lin)
    page.goto("/tasks/")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.locator("#verb[open]").get_by_label("结果").fill("寄出了")
    page.keyboard.press("Control+Enter")
    page.get_by_text("没有要办的").wait_for()
    page.keyboard.press("Control+z")
    page.get_by_text("把合同催回来").wait_for()
    assert Task.objects.open().count() == 1
