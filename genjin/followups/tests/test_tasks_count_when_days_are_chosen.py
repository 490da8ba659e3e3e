"""A task takes a slot of its day wherever a day is chosen: in the night's replanning and by the engine after a note."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.services.outcome import ahead_of
from genjin.followups.services.replanning import replan_undone
from genjin.followups.tasks.services import Order, end_task, give_tasks
from genjin.playbooks.practice import practice_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def night(today):
    return timezone.make_aware(datetime.combine(today, time(23, 30)))


@pytest.fixture
def asked(lin, liang, today, at):
    """`asked(1, customer)`: Liang asks Lin to do something a day from that Tuesday on, at a customer or not."""

    def give(days, customer=None):
        order = Order(on=today + days * DAY, purpose="整理名单")
        lend = customer is not None and customer.owner_id != lin.pk
        return give_tasks(order=order, people=[lin], customer=customer, lend=lend, by=liang, at=at).tasks[0]

    return give


@pytest.fixture
def load(lin, today):
    """What stands on Lin's days besides a customer."""
    return lambda row: ahead_of(row, lin, practice_of(lin.unit), today).load


def test_the_night_passes_over_a_day_that_tasks_fill(customer_of, asked, lin, today, night):
    lin.daily_slots = 2
    lin.save()
    row = customer_of(lin, "4", planned_on=today, due_on=today + 5 * DAY)
    asked(1), asked(1)
    replan_undone(day=today, at=night)
    row.refresh_from_db()
    assert (row.planned_on, row.planned_why["code"]) == (today + 2 * DAY, "replanned_full")


def test_a_late_task_takes_a_slot_of_the_next_working_day(customer_of, asked, lin, today, night):
    lin.daily_slots = 1
    lin.save()
    row = customer_of(lin, "4", planned_on=today, due_on=today + 5 * DAY)
    asked(0)
    replan_undone(day=today, at=night)
    assert Customer.objects.get(pk=row.pk).planned_on == today + 2 * DAY


def test_after_a_note_the_engine_passes_over_it_too(customer_of, save, asked, lin, today):
    lin.daily_slots = 1
    lin.save()
    free = save(lin, customer_of(lin, "4"), effective=False).customer.planned_on
    Customer.objects.all().update(planned_on=None)
    asked((free - today).days)
    assert save(lin, customer_of(lin, "4"), effective=False).customer.planned_on > free


def test_a_task_at_no_customer_and_one_at_a_lent_one_each_take_a_slot(customer_of, asked, load, lin, zhou, today):
    asked(1)
    asked(1, customer_of(zhou, "4", planned_on=today + DAY))
    assert load(customer_of(lin, "4"))[today + DAY] == 2


def test_at_a_customer_who_stands_there_anyway_it_is_one_contact(customer_of, asked, load, lin, today):
    asked(1, customer_of(lin, "4", planned_on=today + DAY, due_on=today + 5 * DAY))
    assert load(customer_of(lin, "4"))[today + DAY] == 1


def test_at_a_customer_of_another_day_it_takes_a_slot_of_its_own(customer_of, asked, load, lin, today):
    asked(1, customer_of(lin, "4", planned_on=today + 3 * DAY, due_on=today + 5 * DAY))
    assert load(customer_of(lin, "4"))[today + DAY] == 1


def test_a_task_at_the_customer_itself_takes_nothing_from_it(customer_of, asked, load, lin):
    row = customer_of(lin, "4")
    asked(1, row)
    assert not load(row)


def test_what_is_done_or_gone_takes_no_slot(customer_of, asked, load, save, lin, today, at):
    row = customer_of(lin, "4")
    end_task(task=asked(1), outcome="done", result="理完了", by=lin, at=at)
    talked, closed = customer_of(lin, "4"), customer_of(lin, "4")
    asked(0, talked), asked(1, closed)
    save(lin, talked, effective=True)
    Customer.objects.filter(pk__in=[talked.pk, closed.pk]).update(planned_on=None)
    Customer.objects.filter(pk=closed.pk).update(
        closed_on=today, closed_kind="dead", closed_reason="没人", due_on=None, owner=lin
    )
    assert not load(row)
