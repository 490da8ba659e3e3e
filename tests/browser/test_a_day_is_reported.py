"""The day's report from hand to hand: the seller writes it, the manager reads and comments, the seller sees it."""

import pytest

from genjin.customers.services.identity import create_customer
from genjin.followups.models import Report, Workday

pytestmark = pytest.mark.browser


@pytest.fixture
def one_customer(transactional_db, lin, at):
    return create_customer(fields={"name": "无锡朗悦搬家"}, class_code="3k", owner=lin, by=lin, at=at)


def test_it_is_handed_in_read_commented_and_the_author_hears_of_it(one_customer, page_of, lin, liang):
    seller = page_of(lin)
    seller.goto("/today/")
    seller.get_by_role("button", name="开工").click()
    seller.get_by_role("link", name="10:00 开工").wait_for()
    assert Workday.objects.get(person=lin).began_at is not None
    seller.locator("#workday").get_by_role("link", name="日报").click()
    seller.get_by_label("总结").fill("上午打得顺")
    seller.get_by_role("button", name="交", exact=False).first.click()
    seller.get_by_text("这天没有成交，写一下做了什么").wait_for()
    assert seller.get_by_label("总结").input_value() == "上午打得顺"
    seller.get_by_label("今天没有成交，做了什么").fill("跑了三家新店")
    seller.keyboard.press("Control+Enter")
    seller.wait_for_url("**/reports/*/")
    seller.get_by_text("跑了三家新店").wait_for()
    assert Report.objects.get().submitted_at is not None

    manager = page_of(liang)
    manager.goto("/team/reports/")
    manager.get_by_role("link", name="林小满").click()
    manager.get_by_label("点评").fill("明天先打 2 类")
    manager.keyboard.press("Control+Enter")
    manager.locator(".notes").get_by_text("明天先打 2 类").wait_for()

    seller.goto("/today/")
    seller.locator(".workday__said").get_by_text("明天先打 2 类").click()
    seller.get_by_role("button", name="知道了").click()
    seller.locator(".notes").get_by_text("明天先打 2 类").wait_for()
    seller.goto("/today/")
    seller.get_by_text("日报 梁静 已看").wait_for()
    assert seller.locator(".workday__said").count() == 0
