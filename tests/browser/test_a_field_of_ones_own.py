"""A field of the company's own: defined on the screen, filled in on the file, asked for in a list, hidden by role."""

import pytest

from genjin.core.fields.models import Field
from genjin.customers.models import Customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def save(page) -> None:
    page.locator("main").get_by_role("button", name="保存").click()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_from_the_settings_to_the_list(page_of, qian, lin, customer, phone):
    owner = page_of(qian, phone=phone)
    owner.goto("/settings/fields/")
    owner.get_by_role("link", name="新建字段：客户").click()
    owner.get_by_label("名称").fill("现用品牌")
    assert not owner.get_by_label("选项").is_visible()
    owner.get_by_role("radio", name="单选").check()
    owner.get_by_label("选项").fill("用友\n金蝶")
    save(owner)
    owner.get_by_role("link", name="现用品牌").wait_for()
    owner.get_by_role("link", name="新建字段：客户").click()
    owner.get_by_label("名称").fill("底价")
    owner.get_by_role("radio", name="金额").check()
    owner.get_by_role("group", name="谁能看").get_by_role("checkbox", name="销售").uncheck()
    save(owner)
    owner.get_by_role("link", name="底价").wait_for()
    assert set(Field.objects.get(label="底价").seen_by) == {"owner", "manager", "service", "reader"}

    seller = page_of(lin, phone=phone)
    seller.goto(f"/customers/{customer.pk}/file/")
    assert not seller.get_by_label("底价").is_visible()
    seller.get_by_label("现用品牌").select_option(label="金蝶")
    save(seller)
    seller.wait_for_url(f"**/customers/{customer.pk}/*")
    assert Customer.objects.get(pk=customer.pk).custom == {"xianyongpinpai": "jindie"}
    seller.goto("/customers/?view=mine&where=custom_xianyongpinpai:is:jindie")
    seller.get_by_text("现用品牌").first.wait_for()
    seller.get_by_role("link", name=customer.name).first.wait_for()
    seller.goto("/customers/?view=mine&where=custom_xianyongpinpai:is:yongyou")
    seller.get_by_text("现用品牌").first.wait_for()
    assert seller.get_by_role("link", name=customer.name).count() == 0
