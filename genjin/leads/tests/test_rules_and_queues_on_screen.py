"""The pages of queues and assignment rules: who leads changes them, others do not; bad input is said in place."""

import pytest
from django.urls import reverse

from genjin.leads.assigning.document import Condition
from genjin.leads.assigning.services import document_of, newest_of
from genjin.leads.assigning.trying import try_out
from genjin.leads.queues.models import Queue
from genjin.leads.services.arriving import receive
from genjin.leads.tests.ruling import among, made

pytestmark = pytest.mark.django_db


def posted(**more):
    return {
        "number": "0", "lines": "0", "name": "无锡的", "join": "all", "kind": "people", "way": "turn",
        "if_late": "next", "is_on": "on", **more,
    }  # fmt: skip


def rules_of(unit):
    return document_of(newest_of(unit.pk)).rules


def test_a_rule_is_composed_and_gives(client_of, coming, east_one, liang, lin, at):
    page = client_of(liang).post(
        reverse("rule_new", args=[east_one.pk]),
        posted(
            lines="3", field_0="city", operator_0="is", values_0="无锡、苏州", field_1="channel", operator_1="is",
            values_1="form", field_2="", **{f"weight_{lin.pk}": "2"}, cap_a_day="9", accept_minutes="30",
        ),
    )  # fmt: skip
    assert page.status_code == 303
    (rule,) = rules_of(east_one)
    assert rule.conditions == (Condition("city", "is", ("无锡", "苏州")), Condition("channel", "is", ("form",)))
    assert (rule.cap_a_day, rule.accept_minutes, rule.is_on) == (9, 30, True)
    assert receive(coming(phone="13812345678", city="苏州"), by=None, at=at).owner == lin
    shown = client_of(liang).get(reverse("rules_of_unit", args=[east_one.pk])).content.decode()
    assert "无锡的" in shown
    assert "林小满" in shown


def test_changed_it_keeps_its_key_and_shows_what_stood(client_of, east_one, liang, lin, at):
    made(east_one, among(lin, name="旧", where=[("wants", "has", "报价")]), by=liang, at=at)
    address = reverse("rule_edit", args=[east_one.pk, 1])
    assert 'value="报价"' in client_of(liang).get(address).content.decode()
    client_of(liang).post(address, posted(number="1", name="新", **{f"weight_{lin.pk}": "1"}))
    assert [(rule.key, rule.name, rule.conditions) for rule in rules_of(east_one)] == [(1, "新", ())]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"lines": "1", "field_0": "city", "operator_0": "is", "values_0": ""},
        {"lines": "1", "field_0": "channel", "operator_0": "is", "values_0": "飞鸽"},
        {"cap_a_day": "-1"},
        {"kind": "moon"},
        {"kind": "queue", "queue": "999999"},
        {"number": "7"},
        {"weight": ""},
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_is_lost(client_of, east_one, liang, lin, wrong):
    weight = {} if "weight" in wrong else {f"weight_{lin.pk}": "1"}
    page = client_of(liang).post(reverse("rule_new", args=[east_one.pk]), posted(**weight, **wrong))
    assert page.status_code == 422
    assert 'class="error"' in page.content.decode() or "notice--overdue" in page.content.decode()
    assert newest_of(east_one.pk) is None


def test_one_more_condition_saves_nothing_and_keeps_what_was_typed(client_of, east_one, liang):
    address = reverse("rule_new", args=[east_one.pk])
    given = posted(lines="1", field_0="city", operator_0="is", values_0="无锡", more="1")
    page = client_of(liang).post(address, given)
    assert page.status_code == 200
    assert 'value="无锡"' in page.content.decode()
    assert 'name="field_1"' in page.content.decode()
    part = client_of(liang).post(address, given, headers={"hx-request": "true"}).content.decode()
    assert 'id="rule_conditions"' in part
    assert "<html" not in part
    assert newest_of(east_one.pk) is None


def test_moved_switched_removed_and_brought_back(client_of, east_one, liang, lin, at):
    made(east_one, among(lin, name="一"), among(lin, name="二"), by=liang, at=at)
    client = client_of(liang)

    def act(name, *key, number, **more):
        page = client.post(reverse(name, args=[east_one.pk, *key]), {"number": number, **more})
        assert page.status_code == 303
        return [(rule.name, rule.is_on) for rule in rules_of(east_one)]

    assert act("rule_up", 2, number=2) == [("二", True), ("一", True)]
    assert act("rule_switch", 2, number=3, on="0") == [("二", False), ("一", True)]
    assert act("rule_remove", 2, number=4) == [("一", True)]
    assert act("rule_remove", 1, number=4) == [("一", True)]  # made from an older version
    assert act("rules_return", 2, number=5) == [("一", True), ("二", True)]
    assert act("rules_follow", number=6) == []


def test_a_unit_without_rules_shows_those_above(client_of, east, east_one, liang, lin, at):
    made(east, among(lin, name="大区的"), by=liang, at=at)
    shown = client_of(liang).get(reverse("rules_of_unit", args=[east_one.pk])).content.decode()
    assert "大区的" in shown
    assert reverse("rule_edit", args=[east_one.pk, 1]) not in shown


def test_a_rule_with_nobody_says_so(client_of, east_one, liang, lin, at, today):
    made(east_one, among(lin, name="只有小满"), by=liang, at=at)
    lin.is_active, lin.left_on = False, today
    lin.save()
    assert "现在没人能接" in client_of(liang).get(reverse("rules_of_unit", args=[east_one.pk])).content.decode()


def test_tried_on_the_leads_of_last_month(client_of, coming, east_one, liang, lin, zhou, at):
    for n in range(6):
        receive(coming(phone=f"1381234000{n}", city="无锡" if n < 4 else "北京"), by=None, at=at)
    made(east_one, among(lin, zhou, name="试", where=[("city", "is", "无锡")], is_on=False), by=liang, at=at)
    shown = client_of(liang).get(reverse("rules_try", args=[east_one.pk])).content.decode()
    assert "6 条线索里，4 条按规则分出去；2 条没有规则管" in shown
    trial = try_out(east_one, document_of(newest_of(east_one.pk)), on={1}, at=at)
    assert [(row.called, row.would, row.has) for row in trial.people] == [("林小满", 2, 0), ("周雨桐", 2, 0)]
    assert (trial.unmet, len(trial.unmet_leads)) == (2, 2)
    assert [rule.is_on for rule in rules_of(east_one)] == [False]
    none = client_of(liang).get(reverse("rules_try", args=[east_one.pk]), {"tried": "1"}).content.decode()
    assert "6 条线索里，0 条按规则分出去；6 条没有规则管" in none


def test_sellers_may_not_and_another_region_is_not_there(client_of, east_one, lin, fang):
    for name in ("rule_list", "queue_list"):
        assert client_of(lin).get(reverse(name)).status_code == 403
        assert client_of(fang).get(reverse(name)).status_code == 200
    for name in ("rules_of_unit", "rule_new", "rules_try"):
        assert client_of(fang).get(reverse(name, args=[east_one.pk])).status_code == 404
    assert client_of(fang).post(reverse("rule_up", args=[east_one.pk, 1]), {"number": "1"}).status_code == 404
    assert client_of(fang).get(reverse("queue_change", args=[east_one.lead_queue.pk])).status_code == 404


def test_queues_are_made_changed_and_closed(client_of, east_one, liang, lin):
    client = client_of(liang)
    assert client.post(reverse("queue_list"), {"name": "展会", "unit": east_one.pk}).status_code == 303
    queue = Queue.objects.get(name="展会")
    address = reverse("queue_change", args=[queue.pk])
    given = {"name": "展会", "accept_minutes": "20", "is_for_chosen": "on"}
    assert client.post(address, given).status_code == 422
    assert client.post(address, {**given, "members": [lin.pk]}).status_code == 303
    queue.refresh_from_db()
    assert (queue.accept_minutes, list(queue.members.all())) == (20, [lin])
    assert "20 个工作分钟" in client.get(reverse("queue_list")).content.decode()
    assert client.post(reverse("queue_close", args=[queue.pk])).status_code == 303
    assert Queue.objects.get(pk=queue.pk).closed_on is not None
    assert client.get(address).status_code == 404
