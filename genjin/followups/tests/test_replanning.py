"""What was not done gets a new day the same night; no due date moves by it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.followups.services.replanning import replan_undone

pytestmark = pytest.mark.django_db
SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 30)


@pytest.fixture
def night(today):
    return timezone.make_aware(datetime.combine(today, time(23, 30)))


def test_undone_moves_to_the_next_working_day_and_is_counted(customer_of, lin, today, night):
    customer = customer_of(lin, "4", planned_on=today)
    assert replan_undone(day=today, at=night) == 1
    row = Customer.objects.get()
    assert (row.planned_on, row.postponements, row.due_on) == (today + timedelta(days=1), 1, customer.due_on)
    assert row.planned_why == {"code": "replanned_undone", "was": today.isoformat(), "times": 1}
    assert Entry.objects.get(verb="customer.replanned").by is None


def test_a_second_run_changes_nothing(customer_of, lin, today, night):
    customer_of(lin, "4", planned_on=today)
    replan_undone(day=today, at=night)
    version = Customer.objects.get().version
    assert replan_undone(day=today, at=night) == 0
    assert Customer.objects.get().version == version


def test_what_stands_on_a_later_day_stays(customer_of, lin, today, night):
    customer_of(lin, "4", planned_on=today + timedelta(days=1))
    assert replan_undone(day=today, at=night) == 0


def test_a_customer_touched_that_day_has_its_new_day_already(customer_of, save, lin, today, night):
    customer = customer_of(lin, "4", planned_on=today)
    planned = save(lin, customer, effective=True).customer.planned_on
    assert replan_undone(day=today, at=night) == 0
    assert Customer.objects.get().planned_on == planned


def test_a_second_try_that_was_not_made_moves_on_too(customer_of, save, lin, today, night):
    save(lin, customer_of(lin, "3k"), effective=False, miss_reason="no_answer")
    assert Customer.objects.get().planned_on == today
    assert replan_undone(day=today, at=night) == 1


def test_a_full_day_is_passed_over_but_never_the_due_date(customer_of, lin, today, night):
    lin.daily_slots = 1
    lin.save()
    tomorrow = today + timedelta(days=1)
    customer_of(lin, "4", planned_on=tomorrow)
    free = customer_of(lin, "4", planned_on=today)
    bound = customer_of(lin, "4", planned_on=today, due_on=tomorrow)
    replan_undone(day=today, at=night)
    assert Customer.objects.get(pk=bound.pk).planned_on == tomorrow
    assert Customer.objects.get(pk=free.pk).planned_on == tomorrow + timedelta(days=1)
    assert Customer.objects.get(pk=free.pk).planned_why["code"] == "replanned_full"


def test_an_overdue_customer_moves_on_and_stays_overdue(customer_of, lin, today, night):
    customer_of(lin, "4", planned_on=today - timedelta(days=5), due_on=today - timedelta(days=2))
    replan_undone(day=today, at=night)
    row = Customer.objects.get()
    assert (row.planned_on, row.due_on) == (today + timedelta(days=1), today - timedelta(days=2))


def test_key_customers_get_the_nearest_place(customer_of, lin, today, night):
    lin.daily_slots = 1
    lin.save()
    normal = customer_of(lin, "4", planned_on=today)
    key = customer_of(lin, "4k", planned_on=today)
    replan_undone(day=today, at=night)
    planned = dict(Customer.objects.values_list("pk", "planned_on"))
    assert planned[key.pk] < planned[normal.pk]


def test_saturdays_rest_stands_on_monday(customer_of, lin, night):
    customer_of(lin, "4", planned_on=SATURDAY)
    replan_undone(day=SATURDAY, at=night + timedelta(days=4))
    assert Customer.objects.get().planned_on == MONDAY


def test_pool_and_closed_customers_are_left_alone(customer_of, save, lin, today, night):
    customer = customer_of(lin, "5")
    for n in range(3):
        save(lin, customer, effective=False, **({"third_miss": "pool", "decision_reason": "没人"} if n == 2 else {}))
    assert replan_undone(day=today, at=night) == 0
