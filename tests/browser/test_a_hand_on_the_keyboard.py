"""Working the day's list with one hand on the keyboard, and with a thumb on the phone."""

import re
from datetime import timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.services.standing import plan_customer
from genjin.followups.models import Promise, Touch

pytestmark = pytest.mark.browser
NAMES = ("无锡朗悦搬家", "苏州启禾装饰", "镇江佰顺驾校")


@pytest.fixture
def three(transactional_db, lin, at, today):
    """Three customers of Lin's planned for today, in the order of the list."""
    for number, name in enumerate(NAMES):
        contact = ContactFile({"name": "高建平", "is_key_person": True}, phones=[f"1380000000{number}"])
        create_customer(fields={"name": name}, class_code="3k", contact=contact, owner=lin, by=lin, at=at)
    Customer.objects.update(planned_on=today)


@pytest.fixture
def page(three, page_of, lin):
    page = page_of(lin)
    page.goto("/today/")
    return page


def current(page) -> str:
    return page.locator(".work__head h2").inner_text()


def settled(page, name) -> None:
    page.locator(".work__head h2", has_text=name).wait_for()


def test_a_call_is_noted_and_the_next_one_opens(page):
    assert current(page) == NAMES[0]
    page.keyboard.press("e")
    page.keyboard.press("n")
    page.keyboard.type("要半年的，周四盖章")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    touch = Touch.objects.get()
    assert (touch.is_effective, touch.remarks) == (True, "要半年的，周四盖章")
    assert re.search(r"已联系 1 / 3", page.locator("#today_head").inner_text())
    assert "已存，11-26 周四再打" in page.get_by_role("status").first.inner_text()
    assert page.url.endswith(f"/today/{Customer.objects.get(name=NAMES[1]).pk}/")


def test_a_day_chosen_in_the_same_breath_as_saving_is_kept(page, today):
    page.keyboard.press("e")
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    assert Touch.objects.get().planned_on == today + timedelta(days=3)


def test_the_save_is_taken_back_with_ctrl_z(page):
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    page.keyboard.press("Control+z")
    settled(page, NAMES[0])
    assert Touch.objects.standing().count() == 0


def test_a_miss_is_two_keys_and_a_chip(page):
    page.keyboard.press("x")
    page.get_by_label("无人接听").check()
    page.get_by_text("第二次").wait_for()
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    assert Touch.objects.get().miss_reason == "no_answer"


def test_j_k_and_s_walk_the_list_and_save_nothing(page):
    page.keyboard.press("j")
    settled(page, NAMES[1])
    page.keyboard.press("s")
    settled(page, NAMES[2])
    page.keyboard.press("k")
    settled(page, NAMES[1])
    assert page.locator('.row[aria-current="true"] .row__name').inner_text() == NAMES[1]
    assert Touch.objects.count() == 0


def test_one_key_moves_the_next_contact(page):
    page.keyboard.press("e")
    page.get_by_text("按规则算无效").wait_for()
    page.keyboard.press("1")
    page.locator(".next__d", has_text="11月25日").wait_for()
    page.keyboard.press("w")
    page.locator(".next__d", has_text="12月1日").wait_for()
    page.get_by_label("超过周期了，写个原因").fill("他出差")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    assert str(Customer.objects.get(name=NAMES[0]).due_on) == "2026-12-01"


def test_a_promise_is_one_key_away(page):
    page.keyboard.press("p")
    page.locator("#promise_what").wait_for()
    page.keyboard.type("发案例")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    assert Promise.objects.get().what == "发案例"
    assert Touch.objects.get().is_effective


def test_a_class_asked_for_says_what_is_missing_and_ticks_bring_it(page):
    page.keyboard.press("e")
    page.get_by_role("radio", name=re.compile("^2 类")).check()
    page.get_by_text("没勾也能保存").wait_for()
    page.get_by_label("合同已发出").check()
    page.get_by_label("KP 无异议，愿意做").check()
    page.get_by_text("没勾也能保存").wait_for(state="detached")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    assert Customer.objects.get(name=NAMES[0]).class_code == "2"


def test_half_a_note_is_there_after_a_reload(page):
    page.keyboard.press("n")
    page.keyboard.type("写到一半")
    page.reload()
    page.get_by_text("上次没存的内容", exact=False).or_(page.locator("[data-kept-note]")).first.wait_for()
    assert page.locator("#remarks").input_value() == "写到一半"


def test_on_the_phone_the_card_dials_and_the_note_is_a_sheet(three, page_of, lin):
    page = page_of(lin, phone=True)
    page.goto("/today/")
    assert page.locator(".nowc h2").inner_text() == NAMES[0]
    assert page.locator(".nowc .btn--primary").get_attribute("href") == "tel:13800000000"
    assert not page.locator("#note").is_visible()
    page.get_by_role("link", name="写小记").click()
    page.locator("#note").wait_for()
    page.get_by_role("button", name=re.compile("保存")).click()
    page.get_by_text("先选有效还是无效").wait_for()
    page.locator("#note .seg label", has_text="有效").first.click()
    page.get_by_role("button", name=re.compile("保存")).click()
    page.locator(".nowc h2", has_text=NAMES[1]).wait_for()
    assert not page.locator("#note").is_visible()
    assert Touch.objects.count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_colleague_changed_meanwhile_is_shown_and_the_second_save_goes_through(
    page, complaints, liang, at, today
):
    page.keyboard.press("e")
    page.keyboard.press("n")
    page.keyboard.type("我写的都在")
    customer = Customer.objects.get(name=NAMES[0])
    plan_customer(customer=customer, on=today + timedelta(days=1), by=liang, at=at)
    page.keyboard.press("Control+Enter")
    page.get_by_text("这个客户刚被改过").wait_for()
    assert page.locator("#remarks").input_value() == "我写的都在"
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
    assert Touch.objects.get().remarks == "我写的都在"


def test_a_reason_that_is_missing_is_asked_for_and_nothing_typed_is_lost(page):
    page.keyboard.press("e")
    page.get_by_text("按规则算无效").wait_for()
    page.keyboard.press("w")
    page.locator(".next__d", has_text="12月1日").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("#note .error").first.wait_for()
    page.get_by_label("超过周期了，写个原因").fill("他出差")
    page.keyboard.press("Control+Enter")
    settled(page, NAMES[1])
