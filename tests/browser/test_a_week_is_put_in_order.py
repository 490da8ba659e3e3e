"""The calendar by mouse, by keyboard and by thumb: a customer goes to another day."""

from datetime import date

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer

pytestmark = pytest.mark.browser
THURSDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 28)
NAMES = ("无锡朗悦搬家", "苏州启禾装饰")


@pytest.fixture
def two(transactional_db, lin, at):
    """Two customers of Lin's on Thursday, whose cycle ends on Monday the 30th."""
    for name in NAMES:
        create_customer(fields={"name": name}, class_code="3k", owner=lin, by=lin, at=at)
    why = {"code": "due_after_class_move", "since": "2026-11-24", "min": 2, "max": 5, "playbook": "telesales"}
    Customer.objects.update(
        planned_on=THURSDAY, due_on=date(2026, 11, 30), due_why={**why, "class_code": "3k"}, planned_why={}
    )


@pytest.fixture
def page(two, page_of, lin):
    page = page_of(lin)
    page.goto("/calendar/")
    return page


def day(page, on: date):
    return page.locator(f'[data-takes="{on.isoformat()}"]')


def chosen(page):
    return page.locator(".stand", has_text=NAMES[0])


def planned_on() -> date | None:
    return Customer.objects.get(name=NAMES[0]).planned_on


def test_a_customer_is_dragged_to_another_day_and_back_by_undo(page):
    chosen(page).drag_to(day(page, SATURDAY).locator("h2"))
    day(page, SATURDAY).get_by_text(NAMES[0]).wait_for()
    assert planned_on() == SATURDAY
    assert "已挪到 11-28 周六" in page.get_by_role("status").first.inner_text()
    page.keyboard.press("Control+z")
    day(page, THURSDAY).get_by_text(NAMES[0]).wait_for()
    assert planned_on() == THURSDAY


def test_dropped_outside_its_cycle_a_reason_is_asked_for(page):
    chosen(page).drag_to(day(page, date(2026, 11, 25)).locator("h2"))
    drawer = page.locator("#verb[open]")
    drawer.get_by_text("起才轮到").wait_for()
    assert planned_on() == THURSDAY
    drawer.get_by_label("为什么是这天").fill("他周三在办公室")
    page.keyboard.press("Control+Enter")
    day(page, date(2026, 11, 25)).get_by_text(NAMES[0]).wait_for()
    assert page.locator("#verb[open]").count() == 0
    assert Customer.objects.get(name=NAMES[0]).planned_why["text"] == "他周三在办公室"


def test_the_keyboard_alone_moves_one(page):
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.locator("#verb[open] .daychips").wait_for()
    page.keyboard.press("6")
    page.keyboard.press("Control+Enter")
    day(page, SATURDAY).locator(".stand").wait_for()
    assert Customer.objects.filter(planned_on=SATURDAY).count() == 1


def test_on_the_phone_the_days_are_a_list_and_a_thumb_moves_one(two, page_of, lin):
    page = page_of(lin, phone=True)
    page.goto("/calendar/")
    page.get_by_role("link", name=f"把 {NAMES[0]} 挪到别的日子").tap()
    page.locator("#verb[open]").get_by_role("radio", name="周六 11-28").check()
    page.locator("#verb[open]").get_by_role("button", name="挪过去").tap()
    day(page, SATURDAY).get_by_text(NAMES[0]).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
