"""Accepting out of a queue, giving, laying back, leaving: an open lead has exactly one of owner and queue."""

import pytest
from django.db import IntegrityError, transaction

from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.services.ownership import accept_lead, give_lead, hand_leads_over, lay_back

pytestmark = pytest.mark.django_db


def test_accepted_it_belongs_to_whoever_was_first(waiting, lin, zhou, at):
    lead = waiting()
    lead = accept_lead(lead=lead, by=lin, at=at)
    assert (lead.owner, lead.queue, lead.accepted_at) == (lin, None, at)
    assert accept_lead(lead=lead, by=lin, at=at).version == lead.version
    with pytest.raises(Refused) as refused:
        accept_lead(lead=lead, by=zhou, at=at)
    assert refused.value.reason.code == "lead_was_accepted"


def test_a_queue_of_another_region_is_closed(waiting, fang, at):
    lead = waiting()
    assert not Lead.objects.visible_to(fang).exists()
    with pytest.raises(NotPermitted):
        accept_lead(lead=lead, by=fang, at=at)


def test_a_queue_for_chosen_people_is_seen_by_them_and_who_leads(waiting, lin, zhou, liang, east_one, at):
    queue = Queue.objects.create(unit=east_one, name="展会", is_for_chosen=True)
    queue.members.add(lin)
    lead = lay_back(lead=waiting(), queue=queue, by=None, at=at)
    assert [Lead.objects.visible_to(each).filter(pk=lead.pk).exists() for each in (lin, zhou, liang)] == [
        True,
        False,
        True,
    ]
    with pytest.raises(NotPermitted):
        accept_lead(lead=lead, by=zhou, at=at)


def test_who_leads_gives_it_and_a_seller_does_not(waiting, lin, zhou, liang, fang, at):
    lead = waiting()
    with pytest.raises(NotPermitted):
        give_lead(lead=lead, to=zhou, by=lin, at=at)
    with pytest.raises(NotPermitted):
        give_lead(lead=lead, to=lin, by=fang, at=at)
    lead = give_lead(lead=lead, to=zhou, by=liang, at=at)
    assert (lead.owner, lead.accepted_at, lead.assigned_why["code"]) == (zhou, None, "lead_given_by")


def test_laid_back_it_waits_for_the_next(pushed, lin, zhou, east_one, at):
    lead = pushed(lin)
    with pytest.raises(NotPermitted):
        lay_back(lead=lead, queue=east_one.lead_queue, by=zhou, at=at)
    lead = lay_back(lead=lead, queue=east_one.lead_queue, by=lin, at=at, reason="不在我的区域")
    assert (lead.owner, lead.queue, lead.push_on is not None) == (None, east_one.lead_queue, True)


def test_of_a_leaver_they_go_to_who_takes_over_or_into_the_queue(pushed, lin, zhou, liang, at, east_one):
    one, two = pushed(lin, phone="13800000001"), pushed(lin, phone="13800000002")
    assert hand_leads_over(leaver=lin, among=[zhou, liang], by=liang, at=at) == 2
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.owner, two.owner, two.unit) == (zhou, liang, liang.unit)
    hand_leads_over(leaver=zhou, among=[], by=liang, at=at)
    one.refresh_from_db()
    assert (one.owner, one.queue) == (None, east_one.lead_queue)


@pytest.mark.parametrize(
    "broken",
    [{"owner": None}, {"push_on": None}, {"outcome": "bought"}, {"reached": 9}, {"times": 0}],
)
def test_the_database_refuses_what_promise_one_forbids(pushed, lin, broken):
    lead = pushed(lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(**broken)
