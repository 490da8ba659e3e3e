"""What is to be decided, from the first key to the last: walked, opened, chosen, reasoned, decided, taken back."""

from uuid import uuid4

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.followups.models import Proposal
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = pytest.mark.browser

NAMES = ["昆山辰光叉车租赁", "无锡朗悦搬家"]


@pytest.fixture
def page(transactional_db, page_of, lin, at):
    for name in NAMES:
        made = create_customer(fields={"name": name}, class_code="5", owner=lin, by=lin, at=at)
        for _n in range(3):
            row = Customer.objects.get(pk=made.pk)
            note = Note(key=uuid4(), effective=False, miss_reason="no_answer")
            save_touch(customer=row, note=note, by=lin, at=at)
    return page_of(lin)


def shown(page) -> str:
    return page.locator("#proposal h2").inner_text()


def test_two_are_decided_without_a_mouse_and_one_is_taken_back(page):
    page.goto("/proposals/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposals/*/?*")
    assert NAMES[1] in shown(page)
    # Keeping on without saying why: said in place, the choice is still made.
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    page.locator("#proposal .error").wait_for()
    assert page.locator('#proposal input[value="keep"]').is_checked()
    page.keyboard.press("n")
    page.keyboard.type("老板下周回来")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/proposals/")
    assert NAMES[0] in shown(page)
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.type("三次没人")
    page.keyboard.press("Control+Enter")
    page.get_by_text("没有要定的").wait_for()
    states = dict(Proposal.objects.values_list("customer__name", "state"))
    assert states == {NAMES[0]: "accepted", NAMES[1]: "declined"}
    page.keyboard.press("Control+z")
    page.locator("#proposal h2").wait_for()
    assert NAMES[0] in shown(page)
    assert Proposal.objects.get(customer__name=NAMES[0]).state == "open"


def test_on_todays_card_it_opens_beside_the_list(page):
    row = Customer.objects.get(name=NAMES[0])
    page.goto(f"/today/{row.pk}/")
    page.keyboard.press("b")
    page.locator("dialog #proposal h2").wait_for()
    page.keyboard.press("2")
    page.keyboard.press("n")
    page.keyboard.type("店关了")
    page.keyboard.press("Control+Enter")
    page.get_by_text(f"{NAMES[0]} 已放弃").wait_for()
    row.refresh_from_db()
    assert (row.is_open, row.closed_reason) == (False, "店关了")
