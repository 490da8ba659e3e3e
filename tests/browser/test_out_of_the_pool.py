"""A seller claims until the day's bound and reads why; a manager is told who would get how many, and deals out."""

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.playbooks.services import adopt_playbook
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pool(east_one, liang, qian, at):
    """Six customers in a pool out of which a person claims one a day."""
    adopt_playbook(unit=east_one, playbook="telesales", by=qian, at=at)
    made_current(changed({"pool.claims_a_day": 1, "pool.views_a_day": 5}), by=qian, at=at)
    return [
        create_customer(fields={"name": f"常州客户 {number}"}, class_code="4", pool=east_one.pool, by=liang, at=at)
        for number in range(6)
    ]


def test_one_is_claimed_and_the_next_is_refused_with_its_figures(page_of, pool, lin):
    desk = page_of(lin)
    desk.goto("/pool/")
    desk.get_by_text("今天已领 0/1").wait_for()
    desk.get_by_role("row", name="常州客户 0").get_by_role("button", name="领取").click()
    desk.get_by_text("已领取：常州客户 0").wait_for()
    desk.goto("/pool/")
    desk.get_by_text("今天已领 1/1").wait_for()
    desk.get_by_role("row", name="常州客户 1").get_by_role("button", name="领取").click()
    desk.get_by_text("今天已领 1 个，每天最多领 1 个，明天再来").wait_for()
    assert [row.name for row in Customer.objects.owned_by(lin)] == ["常州客户 0"]


def test_who_gets_how_many_is_told_before_it_is_done(page_of, pool, liang, lin, zhou):
    desk = page_of(liang)
    desk.goto("/pool/")
    desk.get_by_label("选中本页全部").click()
    desk.get_by_role("toolbar").get_by_text("分派").click()
    desk.get_by_text("选了 6 个客户。").wait_for()
    desk.get_by_label("林小满").check()
    desk.get_by_label("周雨桐").check()
    desk.get_by_label("按余量").check()
    desk.get_by_role("button", name="谁分多少").click()
    desk.get_by_text("6 个里会分出 6 个").wait_for()
    assert Customer.objects.in_pool().count() == 6
    desk.locator("#verb_form").get_by_role("button", name="分派").click()
    desk.get_by_text("已分出 6 个客户").wait_for()
    assert Customer.objects.owned_by(lin).count() == Customer.objects.owned_by(zhou).count() == 3
    desk.get_by_role("button", name="撤销").click()
    desk.get_by_text("已撤销。").wait_for()
    assert Customer.objects.in_pool().count() == 6
