"""From the manager's screen to the colleague's phone and back: a link, a password, a day, and a hand-over."""

import pytest

from genjin.organization.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_new_colleague_comes_in_by_the_link_and_chooses_a_password(page_of, liang, east_one):
    desk = page_of(liang)
    desk.goto("/settings/people/")
    desk.keyboard.press("n")
    desk.get_by_label("姓名").fill("许可")
    desk.get_by_label("登录名").fill("xuke")
    desk.get_by_label("部门").select_option(str(east_one.pk))
    desk.keyboard.press("Control+Enter")
    link = desk.get_by_label("登录链接").input_value()

    phone = page_of(phone=True)
    phone.goto(link)
    phone.get_by_label("新密码", exact=True).fill("12345678")
    phone.get_by_label("再输一次新密码").fill("12345678")
    phone.get_by_role("button", name="保存并登录").click()
    phone.get_by_text("不能全是数字").last.wait_for()
    phone.get_by_label("新密码", exact=True).fill("chun feng 2026")
    phone.get_by_label("再输一次新密码").fill("chun feng 2026")
    phone.get_by_role("button", name="保存并登录").click()
    phone.wait_for_url(lambda address: "/in/" not in address)
    assert Person.objects.get(sign_in="xuke").check_password("chun feng 2026")

    phone.goto(link)
    phone.get_by_text("链接已经用过了").wait_for()


def test_who_leaves_is_out_at_once_and_the_form_said_what_goes_where(page_of, liang, lin, zhou):
    seller = page_of(lin)
    seller.goto("/settings/me/")
    desk = page_of(liang)
    desk.goto(f"/settings/people/{lin.pk}/leave/")
    desk.get_by_label("平均分给几个人").check()
    desk.locator("label.chip", has_text="周雨桐").click()
    desk.locator("#hand_over_outcome td", has_text="周雨桐").wait_for()
    desk.get_by_role("button", name="交接并停用").click()
    desk.get_by_text("林小满已离职").wait_for()
    seller.goto("/settings/me/")
    assert "/sign-in/" in seller.url
