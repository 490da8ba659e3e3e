"""A note corrected later: the old text stays, no date moves."""

from datetime import date, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.followups.models import Correction, Proposal
from genjin.followups.proposals.morning import propose_what_days_bring
from genjin.followups.services.corrections import correct_touch, undo_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def touch(customer_of, save, lin):
    return save(lin, customer_of(lin, "3"), remarks="要半年的", interests=["peers"]).touch


def correct(touch, by, at, **fields):
    given = {"remarks": "要一年的", "interests": ["peers"], "objections": [], "services": []}
    given |= {"attitude": touch.attitude, "pays_on": touch.pays_on} | fields
    return correct_touch(touch=touch, by=by, at=at, **given)


def test_the_old_text_is_kept(touch, lin, at):
    corrected = correct(touch, lin, at)
    assert (corrected.remarks, corrected.corrected_at) == ("要一年的", at)
    assert "要半年的" in Correction.objects.get().text_before
    assert Entry.objects.filter(verb="touch.corrected").count() == 1


def test_the_list_shows_the_corrected_text_and_no_date_moves(touch, lin, at):
    before = Customer.objects.get()
    correct(touch, lin, at)
    after = Customer.objects.get()
    assert after.last_note == "要一年的"
    assert (after.due_on, after.planned_on, after.version) == (before.due_on, before.planned_on, before.version)


def test_nothing_changed_is_no_correction(touch, lin, at):
    correct(touch, lin, at, remarks="要半年的")
    assert Correction.objects.count() == 0


def test_only_the_author_corrects(touch, liang, at):
    with pytest.raises(NotPermitted):
        correct(touch, liang, at)


def test_a_note_that_was_taken_back_is_not_corrected(touch, lin, at):
    undo_touch(touch=touch, by=lin, at=at)
    with pytest.raises(Refused, match="note_was_undone"):
        correct(touch, lin, at)


def test_attitude_and_promised_day_are_corrected_with_what_they_were(customer_of, save, lin, at):
    day = date(2026, 11, 26)
    touch = save(
        lin, customer_of(lin, "2"), remarks="周四打款", interests=["peers"], attitude="willing", pays_on=day
    ).touch
    corrected = correct(touch, lin, at, attitude="considering", pays_on=date(2026, 12, 3))
    assert (corrected.attitude, corrected.pays_on) == ("considering", date(2026, 12, 3))
    before = Correction.objects.get().text_before
    assert "愿意" in before
    assert "2026-11-26" in before
    assert Entry.objects.get(verb="touch.corrected").changes["pays_on"] == ["2026-11-26", "2026-12-03"]


def test_a_miss_has_neither(customer_of, save, lin, at):
    touch = save(lin, customer_of(lin, "3"), miss_reason="no_answer", effective=False).touch
    corrected = correct(touch, lin, at, attitude="lukewarm", pays_on=date(2026, 12, 3), interests=[])
    assert (corrected.attitude, corrected.pays_on) == ("", None)


def test_what_was_proposed_by_the_attitude_lapses_with_it_and_comes_with_it(touch, lin, at):
    correct(touch, lin, at, attitude="lukewarm")
    proposal = Proposal.objects.standing().get()
    assert proposal.rule["code"] == "propose_low_willingness"
    correct(touch, lin, at, attitude="willing")
    assert not Proposal.objects.standing().exists()
    assert Proposal.objects.get().reason == "note_corrected"
    correct(touch, lin, at, attitude="lukewarm")
    assert Proposal.objects.standing().count() == 1


def test_a_promised_day_that_was_misheard_is_not_held_against_the_customer(customer_of, save, lin, at):
    touch = save(lin, customer_of(lin, "2"), interests=["peers"], pays_on=date(2026, 11, 25)).touch
    later = at + timedelta(days=4)
    assert propose_what_days_bring(at=later) == 1
    correct(touch, lin, later, pays_on=date(2026, 12, 10))
    assert not Proposal.objects.standing().exists()
    assert propose_what_days_bring(at=later) == 0
    assert propose_what_days_bring(at=at + timedelta(days=21)) == 1


def test_the_page_offers_both_and_keeps_what_was_typed_wrongly(customer_of, save, lin, client_of):
    touch = save(lin, customer_of(lin, "2"), interests=["peers"], attitude="willing", pays_on=date(2026, 11, 26)).touch
    client, address = client_of(lin), f"/touches/{touch.pk}/correction/"
    page = client.get(address).content.decode()
    assert 'value="2026-11-26"' in page
    sent = {"remarks": "改了", "interests": ["peers"], "attitude": "considering", "pays_on": "2066-01-01"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "改了" in answer.content.decode()
    assert client.post(address, sent | {"pays_on": "2026-12-03"}).status_code == 303
    touch.refresh_from_db()
    assert (touch.attitude, touch.pays_on) == ("considering", date(2026, 12, 3))
