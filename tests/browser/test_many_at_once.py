"""A whole list is given a verb and gets it taken back; a cell is edited where it stands."""

from datetime import timedelta

import pytest

from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer
from genjin.customers.services.identity import change_customer, create_customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sixty(lin, at):
    """More customers of a seller than a page holds."""
    return [create_customer(fields={"name": f"无锡客户 {n:02}"}, owner=lin, by=lin, at=at) for n in range(60)]


def test_the_whole_list_is_tagged_and_that_is_taken_back(page_of, lin, sixty):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.get_by_label("选中本页全部").click()
    bar = desk.get_by_role("toolbar")
    bar.get_by_text("选中全部 60 个").click()
    bar.get_by_text("更多").click()
    bar.get_by_role("button", name="标签").click()
    desk.get_by_text("选了 60 个客户。").wait_for()
    desk.get_by_label("加上").fill("双十二")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("已改 60 个客户的标签").wait_for()
    assert Customer.objects.filter(tags__name="双十二").count() == 60
    desk.get_by_role("button", name="撤销").click()
    desk.get_by_text("已撤销。").wait_for()
    assert not Customer.objects.filter(tags__name="双十二").exists()
    assert BulkRun.objects.count() == 2


def test_a_page_chosen_is_only_the_page(page_of, lin, sixty):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.get_by_label("选中本页全部").click()
    desk.get_by_role("toolbar").get_by_text("排到某天").click()
    desk.get_by_text("选了 50 个客户。").wait_for()


def test_a_cell_is_edited_by_keyboard_and_taken_back(page_of, lin, sixty):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.get_by_label("城市").fill("常州")
    desk.keyboard.press("Enter")
    desk.locator("tbody tr").first.get_by_text("常州").wait_for()
    desk.get_by_text("已改：无锡客户 00").wait_for()
    assert Customer.objects.get(pk=sixty[0].pk).city == "常州"
    desk.get_by_role("button", name="撤销").click()
    desk.get_by_text("已撤销。").wait_for()
    assert Customer.objects.get(pk=sixty[0].pk).city == ""


def test_who_was_slower_keeps_what_they_typed_and_saves_again(page_of, lin, liang, sixty, at):
    desk = page_of(lin)
    desk.goto("/customers/")
    desk.locator("tbody tr").first.locator("td").nth(3).click()
    desk.get_by_label("城市").fill("常州")
    change_customer(customer=sixty[0], fields={"industry": "卫浴"}, by=liang, at=at + timedelta(minutes=1))
    desk.keyboard.press("Enter")
    desk.get_by_text("你写的时候").wait_for()
    desk.get_by_label("城市").press("Enter")
    desk.get_by_text("已改：无锡客户 00").wait_for()
    row = Customer.objects.get(pk=sixty[0].pk)
    assert (row.city, row.industry) == ("常州", "卫浴")


def test_on_the_phone_some_are_chosen_and_put_away(page_of, lin, sixty):
    phone = page_of(lin, phone=True)
    phone.goto("/customers/")
    phone.get_by_label("选中无锡客户 00").click()
    phone.get_by_label("选中无锡客户 01").click()
    phone.get_by_role("toolbar").get_by_text("放入公海").click()
    phone.get_by_label("原因").fill("三次再考虑")
    phone.locator("#verb_form .btn--primary").click()
    phone.get_by_text("2 个客户已放入公海").wait_for()
    assert Customer.objects.in_pool().count() == 2


def test_a_colleague_is_typed_where_there_are_many(page_of, lin, zhou, liang, sixty, monkeypatch):
    monkeypatch.setattr("genjin.customers.forms.people.FEW", 1)
    desk = page_of(liang)
    desk.goto("/customers/")
    desk.get_by_label("选中无锡客户 00").click()
    desk.get_by_role("toolbar").get_by_text("分配").click()
    desk.get_by_label("转给").press_sequentially("雨桐")
    desk.locator('datalist option:only-child[value="周雨桐 · 华东一组"]').wait_for(state="attached")
    desk.get_by_label("转给").fill("周雨桐")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("已分配 1 个客户").wait_for()
    assert Customer.objects.get(owner=zhou) == sixty[0]
