"""The list, the record and what is done from them: their owner sees and does it, a stranger gets 404."""

from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.leads.models import Lead, Push

pytestmark = pytest.mark.django_db


def lines(response):
    return [lead for lead, _state, _can in response.shown["lines"]]


def test_a_seller_begins_with_what_is_to_push(client_of, pushed, waiting, lin):
    mine = pushed(lin, phone="13800000001")
    queued = waiting(phone="13800000002", company="常州怡美")
    browser = client_of(lin)
    assert lines(browser.get("/leads/")) == [mine]
    assert lines(browser.get("/leads/?view=queue")) == [queued]
    assert lines(browser.get("/leads/?view=queue&q=怡美")) == [queued]
    assert lines(browser.get("/leads/?view=queue&q=没有这家")) == []
    assert lines(browser.get("/leads/?view=queue&channel=mail")) == []
    assert browser.get("/leads/?view=team&sort=x&source=abc&owner=99999999999999999999").status_code == 200


def test_who_leads_begins_with_the_teams(client_of, pushed, waiting, lin, liang, fang):
    rows = {pushed(lin, phone="13800000001"), waiting(phone="13800000002")}
    assert set(lines(client_of(liang).get("/leads/"))) == rows
    assert lines(client_of(fang).get("/leads/")) == []
    assert lines(client_of(liang).get(f"/leads/?owner={lin.pk}"))[0].owner == lin


def test_the_list_costs_the_same_for_many(client_of, waiting, lin, django_assert_max_num_queries):
    for number in range(12):
        waiting(phone=f"138000000{number:02}")
    browser = client_of(lin)
    browser.get("/leads/?view=queue")
    with django_assert_max_num_queries(14):
        assert len(lines(browser.get("/leads/?view=queue"))) == 12


def test_a_strangers_lead_is_not_there(client_of, pushed, lin, zhou, fang):
    lead = pushed(lin)
    for stranger in (zhou, fang):
        browser = client_of(stranger)
        for name in ("lead", "lead_change", "lead_give", "lead_lay_back", "lead_end"):
            assert browser.get(reverse(name, args=[lead.pk])).status_code == 404
        for name in ("lead_push", "lead_accept", "lead_reopen"):
            assert browser.post(reverse(name, args=[lead.pk])).status_code == 404


def test_in_a_queue_it_is_read_by_all_and_pushed_by_nobody(client_of, waiting, lin):
    lead = waiting()
    browser = client_of(lin)
    assert browser.get(reverse("lead", args=[lead.pk])).status_code == 200
    assert browser.get(reverse("lead_change", args=[lead.pk])).status_code == 403
    assert browser.post(reverse("lead_push", args=[lead.pk])).status_code == 403
    assert browser.post(reverse("lead_accept", args=[lead.pk]))["Location"] == f"/leads/{lead.pk}/"
    lead.refresh_from_db()
    assert lead.owner == lin


def test_pushed_from_the_page_and_taken_back(client_of, pushed, lin):
    lead = pushed(lin)
    browser = client_of(lin)
    form = {"key": uuid4(), "judgement": "no_need", "channel": "phone", "remarks": "不要", "version": lead.version}
    assert browser.post(reverse("lead_push", args=[lead.pk]), form).status_code == 303
    push = Push.objects.get()
    page = browser.get(reverse("lead", args=[lead.pk])).content.decode()
    assert "不需要" in page
    assert browser.post(reverse("push_undo", args=[push.pk])).status_code == 303
    lead.refresh_from_db()
    assert lead.is_open


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client_of, pushed, lin):
    lead = pushed(lin)
    form = {"key": uuid4(), "judgement": "need_later", "channel": "phone", "remarks": "明年三月再说", "push_on": ""}
    response = client_of(lin).post(reverse("lead_push", args=[lead.pk]), form)
    text = response.content.decode()
    assert response.status_code == 422
    assert "填到哪天再来联系" in text
    assert "明年三月再说" in text
    assert Push.objects.count() == 0


def test_entered_by_hand_it_is_mine_and_one_that_is_there_is_found(client_of, lin, zhou):
    form = {"company": "惠山机械", "phone": "138 1234 5678", "holder": "own"}
    assert client_of(lin).post("/leads/new/", form).status_code == 303
    lead = Lead.objects.get()
    assert (lead.owner, lead.channel, lead.created_by) == (lin, "hand", lin)
    # A colleague enters the same: it stays whose it is, and they are told no more than that.
    assert client_of(zhou).post("/leads/new/", form | {"company": "惠山"})["Location"] == "/leads/"
    assert Lead.objects.get().times == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"phone": "12"}, "太短"), ({}, "至少填一样"), ({"company": "长" * 300}, "最多"), ({"email": "x"}, "邮箱")],
)
def test_wrong_input_is_said_beside_it(client_of, lin, typed, said):
    response = client_of(lin).post("/leads/new/", {"holder": "own", **typed})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Lead.objects.count() == 0


def test_changed_by_two_the_second_is_told(client_of, pushed, lin, liang):
    lead = pushed(lin)
    form = {"company": "惠山", "phone": "13812345678", "version": lead.version}
    assert client_of(liang).post(reverse("lead_change", args=[lead.pk]), form).status_code == 303
    assert client_of(lin).post(reverse("lead_change", args=[lead.pk]), form | {"city": "无锡"}).status_code == 422


def test_who_leads_gives_lays_back_and_ends(client_of, pushed, lin, zhou, liang, east_one):
    lead = pushed(lin)
    browser = client_of(liang)
    assert browser.get(reverse("lead_give", args=[lead.pk])).status_code == 200
    assert browser.post(reverse("lead_give", args=[lead.pk]), {"to": zhou.pk}).status_code == 303
    lead.refresh_from_db()
    assert lead.owner == zhou
    back = {"queue": east_one.lead_queue.pk, "reason": ""}
    assert browser.post(reverse("lead_lay_back", args=[lead.pk]), back).status_code == 303
    assert browser.post(reverse("lead_end", args=[lead.pk]), {"outcome": "no_lead", "reason": ""}).status_code == 422
    assert (
        browser.post(reverse("lead_end", args=[lead.pk]), {"outcome": "no_lead", "reason": "广告"}).status_code == 303
    )
    assert browser.post(reverse("lead_reopen", args=[lead.pk])).status_code == 303
    lead.refresh_from_db()
    assert (lead.is_open, lead.owner) == (True, liang)
    assert browser.get(reverse("lead", args=[lead.pk])).status_code == 200


def test_found_in_the_search_box(client_of, pushed, lin, zhou):
    pushed(lin, company="惠山机械", phone="13812345678")
    assert "<mark>惠山</mark>机械" in client_of(lin).get("/search/?q=惠山").content.decode()
    assert "<mark>惠山" not in client_of(zhou).get("/search/?q=惠山").content.decode()
