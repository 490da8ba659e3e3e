"""A lead that nobody accepts goes on by the clock: to the next, never back to who let it lapse, then to the queue."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.followups.escalation.digests import make_digests
from genjin.followups.escalation.shown import shown_digests
from genjin.followups.models import Digest
from genjin.leads.assigning.clock import pass_on_lapsed
from genjin.leads.assigning.models import Lapse
from genjin.leads.assigning.services import switch_rule
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.services.arriving import receive
from genjin.leads.services.ownership import accept_lead, give_lead
from genjin.leads.tests.ruling import among, made
from genjin.web.wording import word

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(coming, east_one, liang, at):
    """A lead that arrives under one rule for these people, to be accepted within half an hour."""

    def by_rule(*people, **more):
        made(east_one, among(*people, **{"accept_minutes": 30, **more}), by=liang, at=at)
        return receive(coming(phone="13812345678"), by=None, at=at)

    return by_rule


def after(lead, minutes, at):
    number = pass_on_lapsed(at=at + timedelta(minutes=minutes))
    lead.refresh_from_db()
    return number


def test_on_to_the_next_with_a_time_of_its_own(given, lin, zhou, at):
    lead = given(lin, zhou)
    assert after(lead, 29, at) == 0
    assert after(lead, 30, at) == 1
    assert (lead.owner, lead.accept_by) == (zhou, at + timedelta(minutes=60))
    assert lead.assigned_why["code"] == "lead_passed_on"
    assert lead.assigned_why["person"] == "林小满"
    entry = Entry.objects.about("lead", lead.pk).order_by("-pk")[0]
    assert (entry.verb, entry.by) == ("lead.lapsed", None)
    assert after(lead, 31, at) == 0


def test_never_in_a_circle_after_all_were_asked_it_lies_in_the_queue(given, lin, zhou, liang, east_one, at):
    lead = given(lin, zhou, liang)
    owners = []
    for n in range(1, 7):
        after(lead, 30 * n, at)
        owners.append(lead.owner)
    assert owners == [zhou, liang, None, None, None, None]
    assert (lead.queue.home_of, lead.accept_by) == (east_one, None)
    assert lead.assigned_why == {"code": "lead_lapsed_last", "person": "梁静", "count": 3}
    assert Lapse.objects.filter(lead=lead).count() == 3
    assert Lapse.objects.get(was_last=True).person == liang


def test_back_into_the_queue_where_the_rule_says_so(given, lin, zhou, east_one, at):
    lead = given(lin, zhou, if_late="queue")
    after(lead, 30, at)
    assert (lead.owner, lead.queue.home_of) == (None, east_one)
    assert lead.assigned_why == {"code": "lead_lapsed", "person": "林小满"}


def test_accepted_in_time_it_stays(given, lin, zhou, at):
    lead = given(lin, zhou)
    accept_lead(lead=lead, by=lin, at=at + timedelta(minutes=29))
    assert after(lead, 600, at) == 0
    assert lead.owner == lin


def test_given_by_hand_it_stays(given, lin, zhou, liang, at):
    lead = given(lin, zhou)
    give_lead(lead=lead, to=zhou, by=liang, at=at)
    assert after(lead, 600, at) == 0


def test_of_a_rule_that_was_switched_off_it_goes_into_the_queue(given, lin, zhou, liang, east_one, at):
    lead = given(lin, zhou)
    switch_rule(unit=east_one, key=1, is_on=False, number=1, by=liang, at=at)
    after(lead, 30, at)
    assert (lead.owner, lead.queue.home_of) == (None, east_one)


def test_a_known_customers_lead_goes_into_the_queue(coming, owned, lin, east_one, at):
    Queue.objects.filter(home_of=east_one).update(accept_minutes=10)
    owned(lin, "惠山机械", phones=["13812345678"])
    lead = receive(coming(phone="13812345678"), by=None, at=at)
    assert (lead.owner, lead.accept_by) == (lin, at + timedelta(minutes=10))
    after(lead, 10, at)
    assert (lead.owner, lead.queue.home_of) == (None, east_one)


def test_run_again_it_changes_nothing(given, lin, zhou, at):
    lead = given(lin, zhou)
    after(lead, 30, at)
    before = Lead.objects.values().get(pk=lead.pk)
    assert after(lead, 30, at) == 0
    assert Lead.objects.values().get(pk=lead.pk) == before


def test_who_leads_hears_of_it_in_the_digest(given, lin, liang, fang, qian, at):
    lead = given(lin)
    after(lead, 30, at)
    assert lead.owner is None
    later = at + timedelta(hours=1)
    make_digests(at=later)

    def said(person):
        return [line["code"] for line in Digest.objects.get(person=person).lines]

    assert "digest_lapsed_leads" in said(liang)
    assert "digest_lapsed_leads" in said(qian)
    assert "digest_lapsed_leads" not in said(lin)
    assert "digest_lapsed_leads" not in said(fang)
    (shown,) = shown_digests(Digest.objects.filter(person=liang), liang)
    assert shown.lines[-1].address.endswith("/leads/?view=queue")
    assert "1 条线索" in word(shown.lines[-1].reason)
