"""A note corrected later: the old text stays, no date moves."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.followups.models import Correction
from genjin.followups.services.corrections import correct_touch, undo_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def touch(customer_of, save, lin):
    return save(lin, customer_of(lin, "3"), remarks="要半年的", interests=["peers"]).touch


def correct(touch, by, at, **fields):
    given = {"remarks": "要一年的", "interests": ["peers"], "objections": [], "services": []} | fields
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
