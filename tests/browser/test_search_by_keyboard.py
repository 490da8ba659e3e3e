"""The search box by hand: found by pinyin, opened, noted, and looked for in notes, without a mouse and on the phone."""

import re
from uuid import uuid4

import pytest

from genjin.customers.services.identity import ContactFile, create_customer
from genjin.followups.models import Touch

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(transactional_db, lin, at):
    made = create_customer(
        fields={"name": "重庆恒通贸易有限公司", "short_name": "恒通"},
        phones=["13812345521"],
        contact=ContactFile({"name": "单小红", "wechat": "shan_88"}),
        owner=lin,
        by=lin,
        at=at,
    )
    Touch.objects.create(
        customer=made, author=lin, at=at, is_effective=True, proposed_effective=True, remarks="老板说价格高，下周再谈",
        class_before="0", class_after="0", key=uuid4(),
    )  # fmt: skip
    return made


@pytest.fixture
def box(page_of, lin, customer):
    """The search box, opened by its keys on a page of one's own."""
    page = page_of(lin)
    page.goto("/customers/")
    page.keyboard.press("Control+k")
    return page


def test_its_list_is_named_once_there_is_one(box):
    field = box.locator("[data-palette]")
    box.locator("#search_results").wait_for()
    assert (field.get_attribute("aria-expanded"), field.get_attribute("aria-controls")) == ("true", "search_results")
    box.reload()
    assert (field.get_attribute("aria-expanded"), field.get_attribute("aria-controls")) == ("false", None)


def chosen(page):
    return page.locator('#search_results [aria-selected="true"]')


@pytest.mark.parametrize(
    ("typed", "how"),
    [("chongqing", "拼音"), ("cqht", "首字母"), ("恆通", "名称"), ("shanxiaohong", "拼音"), ("1234", "电话中间"),
     ("shan_88", "微信或邮箱"), ("恒痛贸易", "同音"), ("恒通货易", "相近")],
)  # fmt: skip
def test_it_says_how_a_customer_was_found(box, typed, how):
    box.keyboard.type(typed)
    box.locator("#search_results .how").first.wait_for()
    assert chosen(box).locator(".how").inner_text() == how
    assert "恒通贸易" in chosen(box).inner_text()


def test_enter_opens_and_control_enter_writes_a_note(box, customer):
    box.keyboard.type("hengtong")
    box.locator("#search_results .how").first.wait_for()
    box.keyboard.press("Control+Enter")
    box.wait_for_url(f"**/customers/{customer.pk}/note/")
    box.keyboard.press("Control+k")
    box.keyboard.type("hengtong")
    box.locator("#search_results .how").first.wait_for()
    box.keyboard.press("Enter")
    box.wait_for_url(f"**/customers/{customer.pk}/")


def test_tab_looks_in_notes_and_back(box, customer):
    box.keyboard.type("价格")
    box.locator("#search_results").get_by_text("小记").wait_for()
    box.keyboard.press("Tab")
    box.locator("#search_results mark", has_text="价格").wait_for()
    assert "重庆恒通贸易有限公司" in chosen(box).inner_text()
    box.keyboard.press("Tab")
    box.locator('#search_results [data-tab=""][aria-current]').wait_for()
    assert box.locator("#search_results mark").count() == 0
    box.keyboard.press("Tab")
    box.locator("#search_results mark").wait_for()
    box.keyboard.press("Enter")
    box.wait_for_url(re.compile(rf"/customers/{customer.pk}/\?text="))


def test_what_can_be_done_is_found_by_its_words_and_walked_to(box):
    box.get_by_role("option").first.wait_for()  # what is offered before anything is typed
    box.keyboard.type("xinjian")
    box.keyboard.press("Enter")  # faster than the answer
    box.wait_for_url("**/customers/new/")


def test_actions_for_who_was_found_follow_by_arrows(box, customer):
    box.keyboard.type("恒通")
    box.get_by_role("option", name="给 恒通 写小记").wait_for()
    box.keyboard.press("ArrowDown")
    assert "写小记" in chosen(box).inner_text()
    box.keyboard.press("ArrowDown")
    box.keyboard.press("Enter")
    box.wait_for_url(f"**/customers/{customer.pk}/promises/")


def test_on_the_phone_it_fills_the_screen_and_tabs_are_large_enough(page_of, lin, customer):
    page = page_of(lin, phone=True)
    page.goto("/customers/")
    page.locator('[data-opens="palette"]:visible').first.tap()
    page.get_by_role("combobox", name="搜索").fill("恒通")
    page.locator("#search_results .how").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    heights = [tab.bounding_box()["height"] for tab in page.locator("#search_results .tab").all()]
    assert min(heights) >= 36
    page.locator('#search_results [data-tab="note"]').tap()
    page.get_by_text("你能看的都找过了。").wait_for()
