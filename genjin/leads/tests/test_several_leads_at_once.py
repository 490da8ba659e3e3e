"""The chosen ones of the list: each by itself, what is refused is said with how many."""

import pytest

from genjin.leads.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(waiting):
    return [waiting(phone=f"1380000000{n}") for n in range(3)]


def keys(rows):
    return [row.pk for row in rows]


def test_accepted_together_the_faster_one_keeps_theirs(client_of, three, lin, zhou):
    client_of(zhou).post("/leads/bulk/accept/", {"chosen": keys(three[:1])})
    browser = client_of(lin)
    page = browser.get(browser.post("/leads/bulk/accept/", {"chosen": keys(three)})["Location"]).content.decode()
    assert [row.owner for row in Lead.objects.order_by("pk")] == [zhou, lin, lin]
    assert "2 条" in page


def test_who_leads_is_asked_to_whom_and_then_gives(client_of, three, lin, liang):
    browser = client_of(liang)
    asked = browser.post("/leads/bulk/give/", {"chosen": keys(three)}).content.decode()
    assert "3 条线索" in asked
    browser.post("/leads/bulk/give/", {"chosen": keys(three), "sent": "1", "to": lin.pk})
    assert set(Lead.objects.values_list("owner", flat=True)) == {lin.pk}
    refused = browser.post("/leads/bulk/end/", {"chosen": keys(three), "sent": "1", "outcome": "no_lead", "reason": ""})
    assert Lead.objects.open().count() == 3
    assert "用几个字写明原因" in browser.get(refused["Location"]).content.decode()
    browser.post("/leads/bulk/end/", {"chosen": keys(three), "sent": "1", "outcome": "no_lead", "reason": "广告"})
    assert Lead.objects.open().count() == 0


def test_a_seller_gives_nothing_and_a_stranger_does_nothing(client_of, three, lin, zhou, fang):
    client_of(lin).post("/leads/bulk/give/", {"chosen": keys(three), "sent": "1", "to": zhou.pk})
    client_of(fang).post("/leads/bulk/accept/", {"chosen": keys(three)})
    assert set(Lead.objects.values_list("owner", flat=True)) == {None}


def test_merging_begins_side_by_side(client_of, three, liang):
    browser = client_of(liang)
    answer = browser.post("/leads/bulk/merge/", {"chosen": keys(three)})
    assert answer["Location"] == "/leads/merge/" + "-".join(map(str, keys(three))) + "/"
    assert browser.post("/leads/bulk/merge/", {"chosen": keys(three[:1])})["Location"] == "/leads/"
    assert browser.post("/leads/bulk/other/", {"chosen": ["x"]}).status_code == 404
