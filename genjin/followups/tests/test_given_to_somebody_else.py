"""Overdue for long it is proposed to the team lead to give the customer to somebody with room."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.customers.models import Customer
from genjin.followups.models import Proposal
from genjin.followups.proposals import reassigning
from genjin.followups.proposals.deciding import agree, undo_decision
from genjin.followups.proposals.reassigning import give_away, leave, propose_others
from genjin.followups.proposals.receiving import colleagues_of, receivers
from genjin.organization.absences.models import Absence

pytestmark = pytest.mark.django_db
State = Proposal.State


@pytest.fixture
def late(customer_of, lin, zhou, liang, at) -> Customer:
    """Overdue for six working days, and another one for a day."""
    customer_of(lin, due_on=date(2026, 11, 23), planned_on=None)
    return customer_of(lin, name="春和装饰", due_on=date(2026, 11, 17), planned_on=None)


@pytest.fixture
def proposed(late, at) -> Proposal:
    assert propose_others(at=at) == 1
    return Proposal.objects.get(customer=late)


def test_it_waits_for_the_team_lead_with_due_date_and_days(proposed):
    assert (proposed.kind, proposed.state) == (Proposal.Kind.REASSIGN, State.WAITING)
    assert proposed.rule == {"code": "propose_somebody_else", "due": "2026-11-17", "days": 6}


def test_run_again_it_is_proposed_once(proposed, at):
    assert propose_others(at=at + timedelta(hours=1)) == 0


def test_no_owner_gets_more_than_a_lead_can_look_at(late, customer_of, lin, at, monkeypatch):
    monkeypatch.setattr(reassigning, "AT_ONCE", 2)
    for _n in range(3):
        customer_of(lin, due_on=date(2026, 11, 16), planned_on=None)
    assert propose_others(at=at) == 2
    assert propose_others(at=at) == 0
    assert not Proposal.objects.filter(customer=late).exists()


def test_spoken_with_it_lapses_and_taking_the_note_back_brings_it_back(proposed, late, save, lin, at):
    from genjin.followups.services.corrections import undo_touch

    saved = save(lin, late, interests=["peers"])
    assert Proposal.objects.get(pk=proposed.pk).state == State.LAPSED
    undo_touch(touch=saved.touch, by=lin, at=at)
    assert Proposal.objects.get(pk=proposed.pk).state == State.WAITING


def test_not_reached_it_stands(proposed, late, save, lin):
    save(lin, late, miss_reason="no_answer")
    assert Proposal.objects.get(pk=proposed.pk).state == State.WAITING


def test_with_another_day_it_lapses(proposed, late, at):
    Customer.objects.filter(pk=late.pk).update(due_on=date(2026, 11, 30))
    propose_others(at=at)
    assert Proposal.objects.get(pk=proposed.pk).state == State.LAPSED


def test_given_away_it_is_the_others_and_can_be_taken_back(proposed, late, lin, zhou, liang, at):
    done = give_away(proposal=proposed, to=zhou, by=liang, at=at)
    given = Customer.objects.get(pk=late.pk)
    assert (given.owner, given.due_on, done.state) == (zhou, late.due_on, State.ACCEPTED)
    undo_decision(proposal=done, by=liang, at=at)
    assert Customer.objects.get(pk=late.pk).owner == lin
    assert Proposal.objects.get(pk=proposed.pk).state == State.WAITING


def test_left_with_a_reason_it_is_not_proposed_again_for_this_day(proposed, liang, at):
    with pytest.raises(Refused):
        leave(proposal=proposed, reason=" ", by=liang, at=at)
    leave(proposal=proposed, reason="下周开工，等他回来", by=liang, at=at)
    assert propose_others(at=at + timedelta(days=1)) == 0


def test_refused_means_nothing_changed(proposed, late, lin, zhou, fang, liang, at):
    for person in (lin, fang):
        with pytest.raises((NotPermitted, Refused)):
            give_away(proposal=proposed, to=zhou, by=person, at=at)
    with pytest.raises(Refused):
        give_away(proposal=proposed, to=lin, by=liang, at=at)
    with pytest.raises(Refused):
        agree(proposal=proposed, by=liang, at=at)
    assert Customer.objects.get(pk=late.pk).owner == lin
    assert Proposal.objects.get(pk=proposed.pk).state == State.WAITING


def test_offered_are_colleagues_who_are_here(late, lin, zhou, liang, today, at):
    assert [each.person for each in receivers(late, liang, today=today)] == [zhou]
    Absence.objects.create(person=zhou, first=today, last=today, made_by=liang, made_at=at)
    assert receivers(late, liang, today=today) == []


@pytest.fixture
def behind(customer_of, zhou) -> None:
    """Zhou is as far behind as Lin: two overdue customers each."""
    for _n in range(2):
        customer_of(zhou, due_on=date(2026, 11, 23), planned_on=None)


def test_who_is_as_far_behind_gets_none_and_it_is_said_why(proposed, late, behind, zhou, liang, today, client_of):
    assert receivers(late, liang, today=today) == []
    (only,) = colleagues_of(late, liang, today=today)
    assert (only.person, only.refusal) == (zhou, Reason("as_far_behind", {"overdue": 2, "owners": 2}))
    page = client_of(liang).get(reverse("proposals"), {"of": "approve"}).content.decode()
    assert "自己逾期 2 个" in page
    assert f'value="{zhou.pk}"' not in page


def test_whose_days_are_full_gets_none(customer_of, lin, zhou, liang, today):
    late = customer_of(lin, "4", due_on=date(2026, 11, 17), planned_on=None)
    zhou.daily_slots = 1
    zhou.save()
    for _n in range(20):
        customer_of(zhou, "4")
    (only,) = colleagues_of(late, liang, today=today)
    assert only.refusal == Reason("days_are_full", {"load": 1.4, "slots": 1})


def test_nothing_is_proposed_that_nobody_could_take(late, behind, zhou, at):
    assert propose_others(at=at) == 0
    Customer.objects.filter(owner=zhou).update(due_on=date(2026, 12, 1))
    assert propose_others(at=at) == 1


def test_the_page_says_why_somebody_has_room(proposed, customer_of, zhou, liang, client_of):
    customer_of(zhou, "4")
    page = client_of(liang).get(reverse("proposals"), {"of": "approve"}).content.decode()
    assert "接得了，手上的客户一天要联系 0.1 次，留给老客户的有 40 次；逾期比林小满少。" in page


def test_the_lead_decides_on_the_page(proposed, late, zhou, liang, client_of):
    client = client_of(liang)
    page = client.get(reverse("proposals"), {"of": "approve"}).content.decode()
    assert "春和装饰" in page
    assert "周雨桐" in page
    client.post(reverse("proposal_reassigned", args=[proposed.pk]), {"to": zhou.pk})
    assert Customer.objects.get(pk=late.pk).owner == zhou


def test_the_owner_reads_it_and_a_stranger_does_not(proposed, lin, fang, zhou, client_of):
    page = client_of(lin).get(reverse("proposal", args=[proposed.pk])).content.decode()
    assert "换人跟" in page
    assert 'name="to"' not in page
    assert client_of(fang).get(reverse("proposal", args=[proposed.pk])).status_code == 404
    refused = client_of(lin).post(reverse("proposal_reassigned", args=[proposed.pk]), {"to": zhou.pk})
    assert refused.status_code == 403
