"""A unit's group is told once a working day; address and secret are shown to nobody; a failure is seen."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.escalation.models import Delivery, Robot
from genjin.followups.escalation.robot_settings import ask_for_test, remove_robot, save_robot
from genjin.followups.escalation.sending import deliver, give_up_lost
from genjin.followups.escalation.unit_texts import announce
from genjin.followups.tests.robot import FakeRobot

pytestmark = pytest.mark.django_db
SECRET = "SEC0a1b2c3d4e5f"
State = Delivery.State


@pytest.fixture
def group(settings):
    robot = FakeRobot()
    settings.INSIDE_HOSTS = frozenset({robot.place})
    settings.ADDRESS = "https://crm.example.com"
    yield robot
    robot.end()


@pytest.fixture
def robot(group, east_one, liang, at) -> Robot:
    address = f"http://{group.place}/robot/send?access_token=t0k3n-of-the-group"
    return save_robot(east_one, kind="dingtalk", address=address, secret=SECRET, by=liang, at=at)


@pytest.fixture
def slipped(customer_of, lin, zhou):
    customer_of(lin, name="春和装饰", due_on=date(2026, 11, 17), planned_on=None)
    customer_of(lin, due_on=date(2026, 11, 23), planned_on=None)
    customer_of(zhou, due_on=date(2026, 11, 23), planned_on=None)


def told(at) -> Delivery:
    [made] = announce(at=at)
    deliver(made.pk, at=at)
    return Delivery.objects.get(pk=made.pk)


def test_the_group_is_told_how_many_and_at_whom_and_no_customers_name(robot, group, slipped, at):
    sent = told(at)
    [(path, body, _headers)] = group.heard
    said = body["text"]["content"]
    assert "逾期 3 位，最久的已逾期 6 个工作日" in said
    assert "林小满 2、周雨桐 1" in said
    assert "春和装饰" not in said
    assert f"https://crm.example.com/escalation/?unit={robot.pk}" in said
    assert parse_qs(urlsplit(path).query).keys() == {"access_token", "timestamp", "sign"}
    assert (sent.state, sent.attempts) == (State.SENT, 1)


def test_run_again_it_is_told_once(robot, group, slipped, at):
    sent = told(at)
    assert announce(at=at + timedelta(minutes=5)) == []
    deliver(sent.pk, at=at + timedelta(minutes=5))
    assert len(group.heard) == 1


def test_nothing_slipped_nothing_said(robot, group, at):
    [made] = announce(at=at)
    assert made.state == State.QUIET
    deliver(made.pk, at=at)
    assert group.heard == []
    assert announce(at=at) == []


def test_not_before_the_shift_not_on_a_day_off_not_when_switched_off(robot, slipped, liang, east_one, at):
    assert announce(at=at.replace(hour=8, minute=0)) == []
    assert announce(at=at.replace(day=22)) == []
    save_robot(east_one, kind="dingtalk", is_active=False, by=liang, at=at)
    assert announce(at=at) == []


def test_what_a_robot_refuses_is_tried_again_with_pauses_and_then_given_up(robot, group, slipped, at):
    group.answers = {"errcode": 310000, "errmsg": "sign not match"}
    waiting = told(at)
    assert (waiting.state, waiting.next_at) == (State.WAITING, at + timedelta(minutes=5))
    assert waiting.answer["code"] == "robot_refused"
    assert "sign not match" in waiting.answer["said"]
    deliver(waiting.pk, at=at + timedelta(minutes=4))
    assert len(group.heard) == 1
    for minutes in (5, 20, 80, 200):
        deliver(waiting.pk, at=at + timedelta(minutes=minutes))
    given_up = Delivery.objects.get(pk=waiting.pk)
    assert (given_up.state, given_up.attempts, len(group.heard)) == (State.FAILED, 5, 5)


def test_a_robot_that_comes_back_is_told(robot, group, slipped, at):
    group.status = 503
    waiting = told(at)
    group.status = 200
    deliver(waiting.pk, at=at + timedelta(minutes=5))
    assert Delivery.objects.get(pk=waiting.pk).state == State.SENT


def test_killed_while_sending_it_is_unsure_and_not_sent_twice(robot, group, slipped, at, monkeypatch):
    from genjin.core import outside

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    [made] = announce(at=at)
    monkeypatch.setattr(outside, "post", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver(made.pk, at=at)
    monkeypatch.undo()
    assert give_up_lost(at=at + timedelta(minutes=5)) == 0
    assert give_up_lost(at=at + timedelta(minutes=11)) == 1
    deliver(made.pk, at=at + timedelta(minutes=12))
    assert Delivery.objects.get(pk=made.pk).state == State.UNSURE
    assert group.heard == []


def test_a_private_address_that_is_allowed_no_longer_is_not_asked(robot, group, slipped, settings, at):
    settings.INSIDE_HOSTS = frozenset()
    failed = told(at)
    assert (failed.state, failed.answer["code"]) == (State.FAILED, "outside_not_https")
    assert group.heard == []


def test_sealed_with_another_key_it_says_what_to_do(robot, group, slipped, settings, at):
    settings.SECRET_KEY = "another installation's"
    failed = told(at)
    assert (failed.state, failed.answer["code"]) == (State.FAILED, "sealed_with_another_key")


def test_neither_row_nor_record_nor_log_holds_address_or_secret(robot, group, slipped, liang, at, caplog):
    group.answers = {"errcode": 1, "errmsg": f"token t0k3n-of-the-group and {SECRET} are wrong"}
    failed = told(at)
    kept = [str(vars(Robot.objects.get(pk=robot.pk))), str(vars(failed)), caplog.text]
    kept += [str(entry.changes) for entry in Entry.objects.filter(kind="unit")]
    assert Entry.objects.filter(verb="robot_changed").exists()
    for text in kept:
        assert "t0k3n" not in text
        assert SECRET not in text


def test_left_empty_address_and_secret_stay(robot, group, east_one, liang, slipped, at):
    save_robot(east_one, kind="dingtalk", by=liang, at=at)
    told(at)
    assert "sign" in group.heard[0][0]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "wecom"}, "robot_needs_an_address"),
        ({"kind": "wecom", "address": "https://oapi.dingtalk.com/x"}, "robot_of_another_maker"),
        ({"kind": "feishu", "address": "https://open.feishu.cn.evil.example/x"}, "robot_of_another_maker"),
        ({"kind": "plain", "address": "http://example.com/"}, "outside_not_https"),
        ({"kind": "plain", "address": "nonsense"}, "outside_no_address"),
    ],
)
def test_refused_means_nothing_changed(east_one, liang, at, fields, code):
    with pytest.raises(Refused) as refused:
        save_robot(east_one, by=liang, at=at, **fields)
    assert refused.value.reason.code == code
    assert not Robot.objects.exists()
    assert not Entry.objects.filter(kind="unit", verb="robot_changed").exists()


def test_a_seller_and_another_regions_manager_change_nothing(robot, east_one, lin, fang, at):
    for person in (lin, fang):
        with pytest.raises(NotPermitted):
            save_robot(east_one, kind="wecom", by=person, at=at)
        with pytest.raises(NotPermitted):
            ask_for_test(robot, text="x", by=person, at=at)
        with pytest.raises(NotPermitted):
            remove_robot(robot, by=person, at=at)
    assert Robot.objects.get().kind == "dingtalk"


def test_a_trial_is_sent_at_once_and_not_tried_again(robot, group, liang, at):
    group.status = 500
    trial = ask_for_test(robot, text="试发", by=liang, at=at)
    deliver(trial.pk, at=at)
    assert Delivery.objects.get(pk=trial.pk).state == State.FAILED
    assert [body["text"]["content"] for _path, body, _headers in group.heard] == ["试发"]


def test_nobody_tries_for_ever(robot, liang, at):
    for _n in range(5):
        deliver(ask_for_test(robot, text="试发", by=liang, at=at).pk, at=at)
    with pytest.raises(Refused):
        ask_for_test(robot, text="试发", by=liang, at=at)
    assert ask_for_test(robot, text="试发", by=liang, at=at + timedelta(minutes=2))


def test_removed_its_address_is_gone(robot, liang, at):
    remove_robot(robot, by=liang, at=at)
    assert not Robot.objects.exists()
