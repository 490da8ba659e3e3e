"""A manager brings the contacts of the old system in, sees what follows, and takes them back, on desk and phone."""

import pytest

from genjin.customers.services.identity import create_customer
from genjin.followups.models import Touch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CELLS = (
    "客户名称\t跟进时间\t跟进人\t跟进内容\n无锡朗悦搬家\t2026-03-02 14:30\t王强\t要样册\n"
    "无锡朗悦搬家\t2026-06-01\t林小满\t报了价\n没有的公司\t2026-06-01\t王强\tx\n"
)


@pytest.fixture
def langyue(lin, at):
    return create_customer(fields={"name": "无锡朗悦搬家"}, owner=lin, by=lin, at=at)


@pytest.mark.parametrize("phone", [False, True])
def test_from_the_old_list_to_the_timeline_and_back(page_of, liang, langyue, settings, tmp_path, phone):
    settings.DATA = tmp_path
    page = page_of(liang, phone=phone)
    page.goto("/customers/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "联系记录.txt", "mimeType": "text/plain", "buffer": CELLS.encode("gb18030")}
    )
    page.get_by_role("radio", name="联系记录").check(force=True)
    page.keyboard.press("Control+Enter")
    page.get_by_role("radio", name="写了内容的算有效联系").check()
    page.keyboard.press("Control+Enter")
    page.get_by_text("没有叫王强的同事").wait_for()
    page.get_by_role("button", name="改成都算无效").click()
    page.get_by_role("button", name="改成写了内容的算有效").click()
    page.get_by_role("button", name="改成都算无效").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="导入 2 行").click()
    page.get_by_text("1 个客户的 2 条联系记录").wait_for()
    here = page.url
    page.goto(f"/customers/{langyue.pk}/")
    page.get_by_text("要样册").first.wait_for()
    page.get_by_text("王强").first.wait_for()
    page.goto(here)
    page.get_by_role("link", name="撤销导入").click()
    page.get_by_role("button", name="撤销导入").click()
    page.get_by_text("撤销了这次导入").first.wait_for()
    assert not Touch.objects.exists()
