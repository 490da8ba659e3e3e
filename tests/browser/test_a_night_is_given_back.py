"""A night took customers back: the manager finds it beside the pool and gives one back; the seller sees it coming."""

from datetime import date, timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.followups.tests.recycling import LONG_AGO, run_night, switch_on

pytestmark = pytest.mark.browser
GONE, SOON = "无锡朗悦搬家", "苏州启禾装饰"


@pytest.fixture
def floor(transactional_db, lin, qian, at):
    """The night before today took one of Lin's; another goes in two working days."""
    switch_on(by=qian, at=at)
    for name in (GONE, SOON):
        create_customer(fields={"name": name}, owner=lin, by=lin, at=at)
    Customer.objects.filter(name=GONE).update(owned_since=LONG_AGO)
    Customer.objects.filter(name=SOON).update(owned_since=date(2026, 11, 7))
    assert run_night(at - timedelta(days=1)) == 1


def test_the_manager_gives_one_back(floor, page_of, liang, lin):
    page = page_of(liang)
    page.goto("/pool/")
    page.get_by_role("link", name="回收记录").click()
    page.get_by_role("link", name="11-23 周一").click()
    page.get_by_role("link", name="还回", exact=True).click()
    drawer = page.locator("#verb[open]")
    drawer.get_by_label("原因").fill("下周签合同")
    page.keyboard.press("Control+Enter")
    page.get_by_text("梁静 已还回").wait_for()
    row = Customer.objects.get(name=GONE)
    assert (row.owner, row.kept_why["text"]) == (lin, "下周签合同")


def test_the_seller_is_warned_and_opens_who_goes(floor, page_of, lin):
    page = page_of(lin)
    page.goto("/today/")
    page.get_by_role("link", name="你有 1 个客户快回公海").click()
    page.get_by_text("再过 2 个工作日回公海").first.wait_for()
    page.get_by_role("link", name=SOON).click()
    page.locator("#panes, .today").first.wait_for()
    assert page.get_by_text("16 个工作日没有有效联系").count() > 0
