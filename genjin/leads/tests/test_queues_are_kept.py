"""Queues: made, changed and closed by who leads their unit; refused means nothing changed."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.queues.services import change_queue, close_queue, make_queue
from genjin.leads.services.ownership import accept_lead, lay_back

pytestmark = pytest.mark.django_db


def changed(queue, by, at, **more):
    given = {"name": queue.name, "is_for_chosen": False, "members": [], "accept_minutes": None, **more}
    return change_queue(queue=queue, by=by, at=at, **given)


def test_who_leads_makes_one_and_others_do_not(east_one, lin, fang, liang, at):
    for stranger in (lin, fang):
        with pytest.raises(NotPermitted):
            make_queue(unit=east_one, name="展会", by=stranger, at=at)
    queue = make_queue(unit=east_one, name="展会", by=liang, at=at)
    with pytest.raises(Refused) as refused:
        make_queue(unit=east_one, name=" 展会 ", by=liang, at=at)
    assert refused.value.reason.code == "queue_name_taken"
    assert Queue.objects.filter(unit=east_one).count() == 2
    assert Entry.objects.get(kind="queue", subject=queue.pk).verb == "queue.made"


def test_for_chosen_people_with_minutes(east_one, lin, zhou, liang, at):
    queue = make_queue(unit=east_one, name="展会", by=liang, at=at)
    queue = changed(queue, liang, at, is_for_chosen=True, members=[lin], accept_minutes=20)
    assert (list(queue.members.all()), queue.accept_minutes) == ([lin], 20)
    assert not Queue.objects.visible_to(zhou).filter(pk=queue.pk).exists()
    entry = Entry.objects.filter(kind="queue", subject=queue.pk).order_by("-pk")[0]
    assert entry.changes["members"] == [[], [lin.pk]]


@pytest.mark.parametrize(
    ("home", "more", "code"),
    [
        (True, {"is_for_chosen": True}, "own_queue_stays_open"),
        (False, {"is_for_chosen": True}, "queue_needs_members"),
        (False, {"name": "  "}, "queue_needs_a_name"),
    ],
)
def test_what_cannot_be_is_refused(east_one, liang, at, home, more, code):
    queue = east_one.lead_queue if home else make_queue(unit=east_one, name="展会", by=liang, at=at)
    with pytest.raises(Refused) as refused:
        changed(queue, liang, at, **more)
    assert refused.value.reason.code == code


def test_somebody_of_another_region_is_no_member(east_one, fang, liang, at):
    queue = make_queue(unit=east_one, name="展会", by=liang, at=at)
    with pytest.raises(Refused) as refused:
        changed(queue, liang, at, is_for_chosen=True, members=[fang])
    assert refused.value.reason.code == "person_too_far_from_queue"


def test_an_empty_one_can_be_closed(east_one, waiting, lin, liang, at):
    queue = make_queue(unit=east_one, name="展会", by=liang, at=at)
    lead = lay_back(lead=waiting(), queue=queue, by=None, at=at)
    with pytest.raises(Refused) as refused:
        close_queue(queue=queue, by=liang, at=at)
    assert refused.value.reason.figures == {"name": "展会", "count": 1}
    accept_lead(lead=lead, by=lin, at=at)
    assert close_queue(queue=queue, by=liang, at=at).closed_on == at.date()
    assert close_queue(queue=queue, by=liang, at=at).closed_on == at.date()
    assert Lead.objects.get().owner == lin
    with pytest.raises(Refused):
        close_queue(queue=east_one.lead_queue, by=liang, at=at)
