"""What is counted around a day is what its page shows; it asks for no more than there is."""

from datetime import timedelta

import pytest

from genjin.followups.counts import Around, around
from genjin.followups.day import day_of
from genjin.followups.models import Appointment, Digest, Promise, Proposal
from genjin.followups.note_reading.services import read_note
from genjin.followups.tasks.services import Order, end_task, give_tasks
from genjin.organization.calendars import calendar_for

pytestmark = pytest.mark.django_db

NOTHING = Around(*[0] * (len(Around._fields) - 1), others=(0,))


@pytest.fixture
def counted(lin, at, today):
    return lambda: around(lin, today, calendar_for(lin.unit), at=at)


def test_around_an_empty_day_nothing_stands(counted, lin, zhou, liang, customer_of, at, today):
    customer_of(zhou, "4", due_on=today - timedelta(days=1))
    row = customer_of(lin, "4", due_on=today)
    Promise.objects.create(customer=row, by=zhou, what="发案例", by_when=at, made_at=at)
    Promise.objects.create(customer=row, by=lin, what="发案例", by_when=at + timedelta(days=1), made_at=at)
    Promise.objects.create(customer=row, by=lin, what="发案例", by_when=at, made_at=at, ended_at=at)
    Appointment.objects.create(customer=row, by=lin, at=at + timedelta(days=3), kind="visit")
    give_tasks(order=Order(on=today + timedelta(days=1), purpose="催合同"), people=[lin], by=liang, at=at)
    done = give_tasks(order=Order(on=today, purpose="催合同"), people=[lin], by=liang, at=at).tasks[0]
    end_task(task=done, outcome="declined", result="客户改主意了", by=lin, at=at)
    Digest.objects.create(person=lin, on=today, made_at=at, lines=[])
    assert counted() == NOTHING


def test_each_kind_is_counted_for_itself(counted, lin, liang, customer_of, save, at, today):
    row = customer_of(lin, "4", due_on=today - timedelta(days=1))
    for days in (-1, 0):
        Promise.objects.create(customer=row, by=lin, what="发案例", by_when=at + timedelta(days=days), made_at=at)
    Appointment.objects.create(customer=row, by=lin, at=at + timedelta(hours=1))
    Appointment.objects.create(customer=row, by=lin, at=at + timedelta(hours=2), kind="visit")
    Appointment.objects.create(customer=row, by=lin, at=at + timedelta(days=1), kind="visit")
    for _nth in range(3):
        give_tasks(order=Order(on=today, purpose="催合同"), people=[lin], by=liang, at=at)
    done = give_tasks(order=Order(on=today, purpose="寄样书"), people=[lin], by=liang, at=at).tasks[0]
    end_task(task=done, outcome="done", result="寄出了", by=lin, at=at)
    Proposal.objects.create(
        customer=row, kind="class", owner=lin, playbook="telesales", from_code="4", rule={}, made_at=at, fact="x"
    )
    note = save(lin, customer_of(lin, "4"), interests=["peers"], remarks="说再考虑").touch
    read_note(touch=note, thumb="down", comment="问清顾虑", by=liang, at=at)
    Digest.objects.create(person=lin, on=today, made_at=at, lines=[{"code": "overdue"}])
    found = counted()
    assert found == Around(
        overdue=1,
        unread=1,
        promises=2,
        appointments=2,
        tasks=3,
        tasks_done=1,
        visits=2,
        to_decide=1,
        news=1,
        others=(0,),
    )
    day = day_of(lin, at=at)
    assert (day.promises_due, day.appointments, day.to_decide) == (2, 2, 1)
