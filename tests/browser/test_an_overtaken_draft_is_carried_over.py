"""Somebody else was faster: the owner's draft is carried over to their version, and what both changed is chosen."""

import pytest

from genjin.playbooks.editions.models import Draft, Edition
from genjin.playbooks.editions.services import change_draft
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = "classes.3.cycle.max"


@pytest.fixture
def overtaken(qian, at) -> Draft:
    """Begun upon the shipped playbook; since then a version was made that changed one of its two places, too."""
    draft = change_draft(
        playbook="telesales", content=changed({BOTH: 10, "pool.claims_a_day": 5}), by=qian, at=at
    )  # fmt: skip
    Draft.objects.all().delete()
    made_current(changed({BOTH: 12}), by=qian, at=at, note="淡季放慢")
    draft.save(force_insert=True)
    return draft


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_owner_chooses_and_goes_on(overtaken, page_of, qian, complaints, phone):
    page = page_of(qian, phone=phone)
    page.goto("/settings/playbooks/telesales/draft/classes/")
    page.get_by_text("淡季放慢").wait_for()
    page.locator("a[href$='/draft/carried-over/']").first.click()
    page.get_by_role("button", name="把我的改动接上去").click()
    page.get_by_text("两个里选一个").first.wait_for()
    assert Draft.objects.get().made_from == 0, "nothing is carried over before one of the two is chosen"
    assert any("422" in each for each in complaints) or not complaints
    complaints.clear()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("我的：5–10").check()
    page.get_by_role("button", name="把我的改动接上去").click()
    page.get_by_text("你的改动已接到最新版本上").wait_for()
    page.get_by_label("为什么改").fill("旺季前收一收")
    page.get_by_role("button", name="启用").click()
    page.get_by_text("旺季前收一收").wait_for()
    newest = Edition.objects.order_by("-pk").first()
    assert newest.content["classes"][3]["cycle"]["max"] == 10
    assert newest.content["pool"]["claims_a_day"] == 5
