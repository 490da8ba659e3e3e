"""Customers and contact people made one and taken apart by hand, at the desk and on the phone."""

import pytest

from genjin.customers.models import ContactPerson, Customer, Merge, SuspectedPair
from genjin.customers.services.identity import ContactFile, create_customer, save_contact_person

pytestmark = pytest.mark.browser


@pytest.fixture
def three(transactional_db, lin, zhou, at):
    """lin's, whose boss stands there twice, and two more of the same company."""
    boss = ContactFile({"name": "沈总"}, ["13812345522"])
    rows = [
        create_customer(fields={"name": name, "city": city}, contact=contact, owner=owner, by=owner, at=at)
        for name, city, owner, contact in (
            ("无锡朗悦搬家服务有限公司", "", lin, boss),
            ("朗悦搬家服务", "无锡", lin, None),
            ("朗悦搬家", "江阴", zhou, None),
        )
    ]
    again = ContactFile({"name": "沈建国", "title": "总经理"}, ["13812345522"])
    save_contact_person(customer=rows[0], contact=again, by=lin, at=at)
    for one, other, percent in ((0, 1, 95), (1, 2, 90)):
        SuspectedPair.objects.create(one=rows[one], other=rows[other], percent=percent, found_at=at)
    return rows


@pytest.mark.parametrize("phone", [False, True])
def test_three_customers_become_one_and_three_again(three, page_of, liang, phone):
    page = page_of(liang, phone=phone)
    page.goto("/customers/pairs/")
    page.get_by_role("link", name="合并", exact=True).first.click()
    page.get_by_role("link", name="朗悦搬家", exact=True).last.click()  # maybe the same, too
    page.get_by_role("columnheader", name="朗悦搬家 在").wait_for()
    page.get_by_role("radio", name="朗悦搬家服务", exact=True).check()
    page.get_by_role("radio", name="江阴").check()
    page.get_by_role("button", name="合并").click()
    page.get_by_text("并进来的").wait_for()
    kept = Customer.objects.open().get()
    assert (kept.name, kept.city) == ("朗悦搬家服务", "江阴")

    page.get_by_role("link", name="看它之前的记录").first.click()
    page.get_by_text("小记、承诺和预约已经跟过去了").wait_for()
    page.goto("/customers/merges/")
    page.get_by_role("button", name="拆开").first.click()
    page.get_by_text("已拆开，各是各的客户").wait_for()
    assert Customer.objects.open().count() == 3
    assert not Merge.objects.standing().exists()


@pytest.mark.parametrize("phone", [False, True])
def test_one_boss_who_stands_there_twice_is_one_and_two_again(three, page_of, lin, phone):
    page = page_of(lin, phone=phone)
    page.goto(f"/customers/{three[0].pk}/")
    hint = page.get_by_text("可能是同一人：沈总，沈建国")
    hint.get_by_role("link", name="合并").click()
    page.get_by_role("radio", name="沈建国").check()
    page.get_by_role("button", name="合并").click()
    page.get_by_text("合并过的联系人").wait_for()
    assert list(ContactPerson.objects.values_list("name", "title")) == [("沈建国", "总经理")]
    page.get_by_role("button", name="拆开").click()
    page.get_by_text("已拆开，各是各的联系人").wait_for()
    assert ContactPerson.objects.count() == 2
