"""While a unit's customers are brought to another playbook, whoever waits is worked by the class it has."""

import pytest

from genjin.customers import handlers
from genjin.customers.bulk import runs
from genjin.customers.bulk.models import BulkRun
from genjin.followups.day import day_of
from genjin.followups.team import boards
from genjin.playbooks.services import adopt_playbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(customer_of, lin, east_one, qian, at, today, monkeypatch):
    """A customer of lin's whose unit works by the general playbook now; it is still a 5."""
    row = customer_of(lin, "5", planned_on=today)
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    monkeypatch.setattr(handlers.jobs.carry_out_bulk_run, "later", lambda pk: None)
    adopt_playbook(unit=east_one, playbook="general", by=qian, at=at)
    return row


def test_a_note_is_saved_and_the_run_maps_it_after(waiting, lin, at, save):
    saved = save(lin, waiting, effective=True, remarks="聊了合同")
    assert (saved.customer.playbook, saved.customer.class_code) == ("telesales", "5")
    assert saved.customer.due_on is not None
    runs.carry_out(BulkRun.objects.get(), clock=lambda: at)
    waiting.refresh_from_db()
    assert (waiting.playbook, waiting.effective_contacts) == ("general", 1)


def test_it_stands_on_the_day_and_on_the_board_as_what_it_is_going_to_be(waiting, lin, east_one, at, today):
    rows = day_of(lin, at=at).rows
    assert [(row.customer, row.cls.playbook) for row in rows] == [(waiting.pk, "general")]
    (board,) = boards(units=[east_one], today=today)
    assert board.lines[0].counts == {rows[0].cls.code: 1}
