"""Reminders are read and put aside; a group's robot is entered, tried, and what it answers comes up by itself."""

from datetime import date

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.followups.escalation.digests import make_digests
from genjin.followups.tests.robot import FakeRobot

pytestmark = pytest.mark.browser
NAME = "昆山辰光叉车租赁"


@pytest.fixture
def told(transactional_db, lin, liang, at):
    made = create_customer(fields={"name": NAME}, owner=lin, by=lin, at=at)
    Customer.objects.filter(pk=made.pk).update(due_on=date(2026, 11, 17), planned_on=None)
    make_digests(at=at)


@pytest.fixture
def group(settings):
    robot = FakeRobot()
    settings.INSIDE_HOSTS = frozenset({robot.place})
    yield robot
    robot.end()


def test_a_reminder_is_read_and_leads_to_the_customer(told, page_of, lin):
    page = page_of(lin)
    page.goto("/digests/")
    page.get_by_text("逾期 1 位").wait_for()
    assert page.locator(".rail [aria-current] .rail__n").inner_text() == "1"
    page.get_by_role("button", name="知道了").click()
    page.locator(".rail [aria-current] .rail__n").wait_for(state="detached")
    page.get_by_text("逾期 1 位").click()
    page.get_by_text("已逾期 6 个工作日").wait_for()
    page.get_by_text(NAME).click()
    page.wait_for_url("**/customers/*/")


def test_a_robot_is_entered_and_tried(told, page_of, liang, group):
    page = page_of(liang)
    page.goto("/settings/robots/")
    page.get_by_role("link", name="华东一组").click()
    page.get_by_label("钉钉", exact=True).check()
    page.get_by_label("Webhook 地址").fill(f"http://{group.place}/robot/send?access_token=t0k3n")
    page.get_by_label("加签密钥").fill("SEC0a1b2c3d")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="试发一条").click()
    page.get_by_text("errmsg").wait_for()
    assert len(group.heard) == 1
    assert "t0k3n" not in page.content()
    assert "SEC0a1b2c3d" not in page.content()
