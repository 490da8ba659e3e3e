"""The manager reads yesterday's notes by keyboard; who wrote them finds the word on Today and says so."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.customers.services.identity import create_customer
from genjin.followups.models import NoteReading
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True])
def test_a_word_is_said_and_seen(page_of, liang, lin, at, phone):
    day = at - timedelta(days=1)
    for name, remarks in (("无锡朗悦搬家服务有限公司", "说再考虑"), ("常州怡和月子中心", "周四下午带案例过去谈半年")):
        row = create_customer(fields={"name": name}, owner=lin, by=lin, at=day - timedelta(hours=1))
        save_touch(customer=row, note=Note(key=uuid4(), interests=["peers"], remarks=remarks), by=lin, at=day)
    page = page_of(liang, phone=phone)
    page.goto("/insights/notes/")
    page.get_by_role("heading", name="无锡朗悦搬家服务有限公司").wait_for()
    page.keyboard.press("j")
    page.get_by_role("heading", name="常州怡和月子中心").wait_for()
    page.keyboard.press("k")
    page.get_by_role("heading", name="无锡朗悦搬家服务有限公司").wait_for()
    page.keyboard.press("d")
    page.get_by_label("点评", exact=True).fill("问清卡在哪里")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="常州怡和月子中心").wait_for()
    said = NoteReading.objects.get()
    assert (said.thumb, said.comment, said.author) == ("down", "问清卡在哪里", lin)
    seller = page_of(lin, phone=phone)
    seller.goto("/today/")
    seller.get_by_text("问清卡在哪里").wait_for()
    seller.get_by_role("button", name="知道了").click()
    seller.get_by_text("问清卡在哪里").wait_for(state="detached")
