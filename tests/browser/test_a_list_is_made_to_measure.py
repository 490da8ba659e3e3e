"""A seller narrows a list by hand, keeps it as a view, and draws a column wider, on the desk and on the phone."""

from urllib.parse import unquote

import pytest

from genjin.customers.models import Customer
from genjin.customers.saved.models import ListLayout, SavedView
from genjin.customers.services.identity import create_customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(lin, at):
    return [
        create_customer(fields={"name": name, "city": city}, owner=lin, by=lin, at=at)
        for name, city in (("无锡朗悦搬家", "无锡"), ("扬州雅叙园酒楼", "扬州"), ("苏州启禾装饰", "苏州"))
    ]


def add(page, field: str) -> None:
    page.get_by_role("link", name="加条件").click()
    page.locator("#verb").get_by_role("link", name=field, exact=True).click()


def test_two_conditions_of_which_one_is_enough_become_a_view(page_of, lin, three):
    desk = page_of(lin)
    desk.goto("/customers/")
    add(desk, "城市")
    desk.get_by_role("radio", name="是", exact=True).check()
    desk.locator("#verb [name=value]").fill("无锡")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("第 1–1 个").wait_for()
    add(desk, "城市")
    desk.get_by_role("radio", name="是", exact=True).check()
    desk.locator("#verb [name=value]").fill("苏州")
    desk.get_by_role("radio", name="城市：无锡，或者新的这条").check()
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("第 1–2 个").wait_for()

    desk.locator("summary", has_text="视图").click()
    desk.get_by_role("link", name="把这个列表存成视图").click()
    desk.locator("#verb [name=name]").fill("无锡和苏州")
    desk.keyboard.press("Control+Enter")
    desk.get_by_role("link", name="无锡和苏州").wait_for()
    assert "any(city:is:无锡;city:is:苏州)" in _plain(SavedView.objects.get().query)

    desk.locator(".filter", has_text="苏州").get_by_role("link").click()
    desk.get_by_text("第 1–1 个").wait_for()
    desk.get_by_role("button", name="保存改动").click()
    desk.get_by_text("已保存：无锡和苏州").wait_for()
    assert "苏州" not in _plain(SavedView.objects.get().query)


def test_a_number_typed_beside_a_radio_chooses_it(page_of, lin, three):
    Customer.objects.filter(name="苏州启禾装饰").update(missed_in_row=4)
    phone = page_of(lin, phone=True)
    phone.goto("/customers/")
    add(phone, "连续没打通")
    phone.locator("#verb [name=max]").fill("3")
    phone.locator("#verb").get_by_role("button", name="加上").click()
    phone.locator(".filter", has_text="最多 3").wait_for()
    assert phone.locator("tbody tr").count() == 2


def test_a_column_drawn_wider_is_as_wide_the_next_time(page_of, lin, three):
    desk = page_of(lin)
    desk.goto("/customers/")
    head = desk.locator("th[data-column=name]")
    box = head.bounding_box()
    desk.mouse.move(box["x"] + box["width"] - 3, box["y"] + 10)
    desk.mouse.down()
    with desk.expect_response("**/customers/widths/"):
        desk.mouse.move(box["x"] + box["width"] + 97, box["y"] + 10, steps=4)
        desk.mouse.up()
    assert ListLayout.objects.get().widths["name"] == pytest.approx(box["width"] + 100, abs=3)
    assert desk.url.endswith("/customers/")
    desk.reload()
    assert desk.locator("th[data-column=name]").bounding_box()["width"] == pytest.approx(box["width"] + 100, abs=3)


def _plain(query: str) -> str:
    return unquote(query)
