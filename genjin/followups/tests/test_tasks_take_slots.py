"""What somebody asks one to do takes a slot of its day, as a contact does: plan, levelled days and week count it."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.models import DayPlan, Task
from genjin.followups.plans.reading import page_of
from genjin.followups.plans.services import make_plans
from genjin.followups.tasks.services import Order, end_task, give_tasks
from genjin.followups.week.reading import week_of
from genjin.playbooks.practice import practice_of
from genjin.web.wording import word

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def morning(today):
    """Before the plans of that Tuesday; tasks were given the day before."""
    return timezone.make_aware(datetime.combine(today, time(5, 5)))


@pytest.fixture
def asked(lin, liang, today, morning):
    """`asked(customer, 1)`: Liang asks Lin to do something a day from that Tuesday on, at a customer or not."""

    def give(customer=None, days=0, **more):
        order = Order(on=today + days * DAY, purpose="整理名单", **more)
        lend = customer is not None and customer.owner_id != lin.pk
        return give_tasks(
            order=order, people=[lin], customer=customer, lend=lend, by=liang, at=morning - DAY
        ).tasks[0]  # fmt: skip

    return give


@pytest.fixture
def four_a_day(lin):
    lin.daily_slots = 4
    lin.save()


def stands() -> dict[int, object]:
    return dict(Customer.objects.values_list("pk", "planned_on"))


def test_a_task_at_no_customer_leaves_one_contact_less_in_plan_and_list(
    customer_of, asked, four_a_day, lin, today, morning
):
    rows = [customer_of(lin, "4", planned_on=today, due_on=today + 5 * DAY) for _n in range(4)]
    task = asked()
    make_plans(at=morning)
    assert [stands()[row.pk] for row in rows] == [today, today, today, today + DAY]
    moved = Customer.objects.get(pk=rows[3].pk)
    figures = {name: moved.planned_why[name] for name in ("asked", "slots", "tasks")}
    assert figures == {"asked": 5, "slots": 4, "tasks": 1}
    assert "1" in word(moved.planned_why)
    plan = DayPlan.objects.get()
    assert (plan.contacts.count(), page_of(plan, practice_of(lin.unit)).tasks) == (3, 1)
    end_task(task=task, outcome="done", result="理完了", by=lin, at=morning + timedelta(hours=4))
    Customer.objects.filter(pk=rows[3].pk).update(planned_on=today)
    assert day_of(lin, at=morning + timedelta(hours=5)).total == 3, "what was carried out has used its slot"


def test_at_a_customer_who_stands_there_anyway_it_is_one_contact(customer_of, asked, four_a_day, lin, today, morning):
    rows = [customer_of(lin, "4", planned_on=today, due_on=today + 5 * DAY) for _n in range(4)]
    asked(rows[3])
    make_plans(at=morning)
    assert set(stands().values()) == {today}
    plan = DayPlan.objects.get()
    assert (plan.contacts.count(), page_of(plan, practice_of(lin.unit)).tasks) == (4, 0)
    assert plan.contacts.get(customer=rows[3]).why[0]["code"] == "task_given"


def test_it_brings_its_customer_onto_its_day_before_all_that_is_not_booked(
    customer_of, asked, four_a_day, lin, today, morning
):
    rows = [customer_of(lin, "3k", planned_on=today, due_on=today + 2 * DAY) for _n in range(4)]
    later = customer_of(lin, "5", planned_on=today + 9 * DAY, due_on=today + 20 * DAY)
    asked(later)
    make_plans(at=morning)
    plan = DayPlan.objects.get()
    assert plan.contacts.filter(customer=later).exclude(block="").exists()
    assert plan.contacts.exclude(block="").count() == 4
    assert sorted(stands()[row.pk] for row in rows) == [today, today, today, today + DAY]
    assert stands()[later.pk] == today + 9 * DAY, "its own day stays"


@pytest.mark.parametrize("code", ["4", "0"], ids=["planned", "in the queue"])
def test_one_of_a_later_day_keeps_a_slot_of_that_day(customer_of, asked, lin, today, morning, code):
    lin.daily_slots = 1
    lin.save()
    day = today + DAY
    other = customer_of(lin, code, due_on=today + 8 * DAY)
    own = customer_of(lin, "4", planned_on=day, due_on=today + 8 * DAY)
    Customer.objects.filter(pk=other.pk).update(planned_on=None if code == "0" else today + 7 * DAY)
    asked(other, days=1)
    make_plans(at=morning)
    assert stands()[own.pk] == (day + DAY if code == "4" else day)
    assert stands()[other.pk] == (None if code == "0" else today + 7 * DAY)


def test_a_colleagues_customer_that_is_lent_for_it_takes_a_slot(
    customer_of, asked, four_a_day, lin, zhou, today, morning
):
    rows = [customer_of(lin, "4", planned_on=today, due_on=today + 5 * DAY) for _n in range(4)]
    theirs = customer_of(zhou, "4", planned_on=today + 9 * DAY, due_on=today + 9 * DAY)
    asked(theirs)
    make_plans(at=morning)
    assert sum(stands()[row.pk] == today for row in rows) == 3
    assert theirs.pk in {row.customer for row in day_of(lin, at=morning).rows}
    plan = DayPlan.objects.get(person=lin)
    assert page_of(plan, practice_of(lin.unit)).tasks == 1


def test_a_visit_stands_at_its_time(customer_of, asked, lin, today, morning):
    early, late = (customer_of(lin, "4", planned_on=today, due_on=today) for _n in range(2))
    asked(late, kind=Task.Kind.VISIT, at=morning.replace(hour=9, minute=0))
    day = day_of(lin, at=morning)
    assert [row.customer for row in day.rows] == [late.pk, early.pk]
    assert day.rows[0].appointment_at == time(9)


def test_the_week_counts_it_in_the_days_load_and_not_among_what_is_booked(customer_of, asked, lin, today, morning):
    customer_of(lin, "4", planned_on=today + DAY, due_on=today + 5 * DAY)
    asked(days=1)
    day = week_of(lin, monday=today - DAY, at=morning).days[2]
    assert (day.booked.total, day.booked.load, day.booked.others) == (1, 2, 1)


def test_the_pages_say_so(customer_of, asked, four_a_day, lin, today, morning, client_of):
    customer_of(lin, "4", planned_on=today, due_on=today + 5 * DAY)
    asked()
    make_plans(at=morning)
    client = client_of(lin)
    assert "其中 1 个留给任务" in client.get("/plan/").content.decode()
    assert "含 1 个任务" in client.get("/calendar/").content.decode()
