"""Overdue for long it is proposed to the team lead to give the customer to somebody with room."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.followups.models import Proposal
from genjin.followups.proposals import reassigning
from genjin.followups.proposals.deciding import agree, undo_decision
from genjin.followups.proposals.reassigning import give_away, leave, propose_others, receivers
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
