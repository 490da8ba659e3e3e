"""Headquarters sees regions, a region its teams, a team its people: the same page, the scope decides (E2)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.insights.leads import layers_of
from genjin.insights.rules.period import period
from genjin.leads.services.arriving import Coming, receive
from genjin.leads.services.pushes import Judged, push_lead
from genjin.leads.tests.conftest import coming, pushed, waiting  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads(pushed, waiting, lin, zhou, south, qian, at):  # noqa: F811
    """Two of lin, of which one was pushed after ten minutes, one of zhou that ended, one in the team's queue, one of
    the other region."""
    one = pushed(lin, phone="13800000001")
    pushed(lin, phone="13800000002")
    three = pushed(zhou, phone="13800000003")
    waiting(phone="13800000004")
    receive(Coming("form", south.pk, {"phone": "13800000005"}), by=None, at=at)
    push_lead(lead=one, judged=Judged(uuid4(), "again"), by=lin, at=at + timedelta(minutes=10))
    push_lead(lead=three, judged=Judged(uuid4(), "no_need"), by=zhou, at=at + timedelta(minutes=30))


def shown(actor, unit, today):
    found = layers_of(actor, unit, period("month", today=today), today=today)
    return {line.name: line.counts.arrived for line in found.lines}, found.total


def test_each_sees_the_layer_below(leads, qian, liang, fang, headquarters, east, east_one, today):
    assert shown(qian, None, today)[0] == {"华东大区": 4, "华南大区": 1}
    assert shown(liang, None, today)[0] == {"华东一组": 4}
    assert shown(liang, east_one, today)[0] == {"林小满": 2, "周雨桐": 1, "": 1}
    assert shown(fang, None, today)[0] == {"": 1}


def test_what_is_counted_adds_up(leads, qian, today):
    total = shown(qian, None, today)[1]
    assert (total.arrived, total.pushed, total.reached, total.ended, total.waiting) == (5, 2, 2, 1, 2)
    assert (total.minutes_to_push, total.conversion, total.late) == (20, 0.0, 0)


def test_another_period_has_others(leads, qian, today):
    found = layers_of(qian, None, period("last_month", today=today), today=today)
    assert (found.total.arrived, found.total.waiting) == (0, 2)
    assert found.total.conversion is None


def test_the_page_is_for_who_leads_and_of_ones_own_units(client_of, leads, lin, liang, fang, south, east_one):
    assert client_of(lin).get("/insights/leads/").status_code == 403
    browser = client_of(liang)
    assert "华东一组" in browser.get("/insights/leads/?period=month").content.decode()
    assert "林小满" in browser.get(f"/insights/leads/?period=month&unit={east_one.pk}").content.decode()
    assert browser.get(f"/insights/leads/?unit={south.pk}").status_code == 404
    assert "林小满" not in client_of(fang).get("/insights/leads/?period=month").content.decode()
