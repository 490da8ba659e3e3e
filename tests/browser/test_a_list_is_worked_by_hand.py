"""From the list to a customer and on to the next, choosing, putting away and taking back, without a mouse."""

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(lin, at):
    """Three customers of a seller."""
    names = ("无锡朗悦搬家", "扬州雅叙园酒楼", "苏州启禾装饰")
    return [create_customer(fields={"name": name}, owner=lin, by=lin, at=at) for name in names]


def test_to_the_next_customer_and_back_to_the_same_row(page_of, lin, three):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.locator("h1", has_text="扬州雅叙园酒楼").wait_for()
    desk.keyboard.press("j")
    desk.locator("h1", has_text="苏州启禾装饰").wait_for()
    desk.get_by_text("第 3 个").wait_for()
    desk.keyboard.press("u")
    desk.locator("tr", has_text="无锡朗悦搬家").wait_for()


def test_chosen_rows_are_put_away_and_one_is_taken_back(page_of, lin, three):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.keyboard.press("j")
    desk.keyboard.press("Space")
    desk.get_by_role("toolbar").get_by_text("放入公海").click()
    desk.get_by_label("原因").fill("三次再考虑")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("1 个客户已放入公海").wait_for()
    assert Customer.objects.in_pool().get() == three[0]

    desk.goto(f"/customers/{three[1].pk}/?view=mine")
    desk.get_by_label("更多", exact=True).click()
    desk.get_by_role("link", name="放入公海").click()
    desk.get_by_label("原因").fill("手滑")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("撤销").first.click()
    desk.get_by_text("已撤销。").wait_for()
    assert Customer.objects.get(pk=three[1].pk).owner == lin


def test_a_new_customer_is_written_with_a_hint_of_who_is_there(page_of, lin, three):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.keyboard.press("n")
    desk.get_by_label("名称", exact=True).fill("朗悦搬家（无锡）有限公司")
    desk.get_by_label("名称", exact=True).press("End")
    desk.get_by_text("可能已经有了").wait_for()
    desk.keyboard.press("Control+Enter")
    desk.locator("h1", has_text="朗悦搬家（无锡）有限公司").wait_for()
    assert Customer.objects.get(name="朗悦搬家（无锡）有限公司").owner == lin
