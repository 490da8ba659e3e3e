"""Entering a group's robot, trying it, seeing what it answers; what is secret is never on a page."""

import pytest
from django.urls import reverse

from genjin.followups.escalation.models import Robot
from genjin.followups.tests.robot import FakeRobot

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(settings):
    robot = FakeRobot()
    settings.INSIDE_HOSTS = frozenset({robot.place})
    yield robot
    robot.end()


def entered(group, **more):
    address = f"http://{group.place}/send?access_token=t0k3n"
    return {"kind": "dingtalk", "address": address, "secret": "SEC0a1b2c", "is_active": "on", **more}


@pytest.mark.django_db(transaction=True)
def test_a_robot_is_entered_tried_and_answers(client_of, liang, east_one, group):
    client, page = client_of(liang), reverse("robot_change", args=[east_one.pk])
    assert client.post(page, entered(group)).headers["Location"] == page
    client.post(reverse("robot_tried", args=[east_one.pk]))
    assert len(group.heard) == 1
    shown = client.get(page).content.decode()
    assert "已发" in shown
    assert "errmsg" in shown
    assert "t0k3n" not in shown
    assert "SEC0a1b2c" not in shown
    assert "钉钉" in client.get(reverse("robot_list")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_why_it_did_not_work_stands_on_the_page(client_of, liang, east_one, group):
    group.answers = {"errcode": 310000, "errmsg": "sign not match"}
    client = client_of(liang)
    client.post(reverse("robot_change", args=[east_one.pk]), entered(group))
    client.post(reverse("robot_tried", args=[east_one.pk]))
    shown = client.get(reverse("robot_change", args=[east_one.pk])).content.decode()
    assert "没发出去" in shown
    assert "sign not match" in shown


def test_what_is_wrong_stands_at_its_field(client_of, liang, east_one):
    wrong = {"kind": "wecom", "address": "http://qyapi.weixin.qq.com/x", "is_active": "on"}
    answer = client_of(liang).post(reverse("robot_change", args=[east_one.pk]), wrong)
    assert answer.status_code == 422
    assert "地址要以 https:// 开头" in answer.content.decode()
    assert not Robot.objects.exists()


def test_the_messages_alone_for_htmx(client_of, liang, east_one, group):
    client = client_of(liang)
    client.post(reverse("robot_change", args=[east_one.pk]), entered(group))
    part = client.get(reverse("robot_change", args=[east_one.pk]), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="robot_deliveries"')


def test_removed_it_is_gone(client_of, liang, east_one, group):
    client = client_of(liang)
    client.post(reverse("robot_change", args=[east_one.pk]), entered(group))
    client.post(reverse("robot_removed", args=[east_one.pk]))
    assert not Robot.objects.exists()


def test_a_seller_may_not_and_a_stranger_finds_nothing(client_of, lin, fang, east_one):
    assert client_of(lin).get(reverse("robot_list")).status_code == 403
    assert client_of(fang).get(reverse("robot_change", args=[east_one.pk])).status_code == 404
    assert "华东一组" not in client_of(fang).get(reverse("robot_list")).content.decode()


def test_letters_are_switched_off_and_on(client_of, lin):
    lin.email = "lin@example.com"
    lin.save()
    client = client_of(lin)
    assert "关掉" in client.get(reverse("digest_list")).content.decode()
    client.post(reverse("digest_mail"), {"on": "0"})
    assert "打开" in client.get(reverse("digest_list")).content.decode()
