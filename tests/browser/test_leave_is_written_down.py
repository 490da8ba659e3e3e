"""Leave from hand to hand: written down, refused where it is there already, seen by the manager, taken back."""

from datetime import date

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.organization.absences.models import Absence

pytestmark = pytest.mark.browser
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


@pytest.fixture
def on_wednesday(transactional_db, lin, at):
    """A customer that stands on tomorrow and has until Monday."""
    create_customer(fields={"name": "无锡朗悦搬家"}, class_code="4", owner=lin, by=lin, at=at)
    why = {"code": "due_after_class_move", "since": "2026-11-12", "min": 8, "max": 14, "playbook": "telesales"}
    Customer.objects.update(
        planned_on=WEDNESDAY, due_on=date(2026, 11, 30), due_why={**why, "class_code": "4"}, planned_why={}
    )
    return Customer.objects.get()


def write_down(page, first: date, part: str, note: str = "") -> None:
    page.get_by_label("从", exact=True).fill(first.isoformat())
    page.get_by_role("radio", name=part).check()
    page.get_by_label("备注").fill(note)
    page.keyboard.press("Control+Enter")


def test_a_day_is_asked_for_and_who_stood_on_it_has_moved(on_wednesday, page_of, lin):
    page = page_of(lin)
    page.goto("/settings/me/")
    page.get_by_role("link", name="登记请假").click()
    page.get_by_text("近期没有请假。").wait_for()
    write_down(page, WEDNESDAY, "全天", "家里有事")
    row = page.get_by_role("row", name="家里有事")
    row.wait_for()
    assert "11-25 周三" in row.inner_text()
    on_wednesday.refresh_from_db()
    assert (on_wednesday.planned_on, on_wednesday.due_on) == (THURSDAY, date(2026, 11, 30))

    page.goto("/calendar/")
    page.locator(f'[data-day="{WEDNESDAY.isoformat()}"], section', has_text="11-25").first.wait_for()
    assert page.get_by_text("请假", exact=True).count() == 1
    page.goto("/plan/")
    page.get_by_role("heading", name="今日计划").wait_for()


def test_what_overlaps_is_refused_in_place_and_nothing_typed_is_lost(on_wednesday, page_of, lin):
    page = page_of(lin)
    page.goto("/settings/absences/")
    write_down(page, WEDNESDAY, "下午", "体检")
    page.get_by_role("row", name="体检").wait_for()
    write_down(page, WEDNESDAY, "全天", "还要一天")
    page.get_by_text("11-25 周三 已经登记过了。").wait_for()
    assert page.get_by_label("备注").input_value() == "还要一天"
    assert page.get_by_label("从", exact=True).input_value() == WEDNESDAY.isoformat()
    assert Absence.objects.count() == 1

    page.get_by_role("radio", name="上午").check()
    page.keyboard.press("Control+Enter")
    page.get_by_role("row", name="还要一天").wait_for()
    assert set(Absence.objects.values_list("part", flat=True)) == {"morning", "afternoon"}


def test_the_manager_writes_it_down_for_somebody_and_takes_it_back_on_the_phone(on_wednesday, page_of, lin, liang):
    page = page_of(liang, phone=True)
    page.goto("/settings/absences/")
    page.get_by_label("人员").select_option(label="林小满")
    page.get_by_label("从", exact=True).fill(THURSDAY.isoformat())
    page.get_by_label("到").fill("2026-11-27")
    page.get_by_label("类型").select_option(label="病假")
    page.get_by_role("button", name="登记").click()
    row = page.get_by_role("row", name="林小满")
    row.wait_for()
    assert "11-26 周四 – 11-27 周五" in row.inner_text()
    assert Absence.objects.get().person == lin
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    row.get_by_role("button", name="撤销：林小满").click()
    row.wait_for(state="detached")
    assert not Absence.objects.exists()
