"""The plan of a day: made before it begins, everybody in it once, settled when it is over."""

from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.permissions import NotPermitted
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.followups.models import DayPlan, PlannedContact
from genjin.followups.plans.progress import progress_of
from genjin.followups.plans.services import make_plans, remake_plan, settle_plans
from genjin.followups.services.replanning import replan_until_yesterday

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def morning(today):
    return timezone.make_aware(datetime.combine(today, time(5, 5)))


def slots(person, number):
    person.daily_slots = number
    person.save()


def outcomes():
    return dict(PlannedContact.objects.values_list("customer", "outcome"))


def test_everybody_due_stands_in_the_plan_once_in_the_order_of_the_day(customer_of, lin, today, morning):
    late = customer_of(lin, "4", planned_on=today - DAY, due_on=today - DAY)
    pressing = customer_of(lin, "2", planned_on=today, due_on=today)
    new = customer_of(lin, "0")
    customer_of(lin, "4", planned_on=today + DAY)
    assert make_plans(at=morning) == 1
    plan = DayPlan.objects.get()
    assert (plan.person, plan.on, plan.slots, plan.held, plan.settled_at) == (lin, today, 40, 4, None)
    assert [(each.customer, each.block) for each in plan.contacts.all()] == [
        (new, "new_morning"), (pressing, "pressing"), (late, "three_four"),
    ]  # fmt: skip
    assert plan.contacts.get(customer=late).why[0]["code"] == "today_overdue"


def test_a_second_run_makes_none(customer_of, lin, zhou, today, morning):
    customer_of(lin, "4", planned_on=today)
    assert make_plans(at=morning) == 1
    customer_of(zhou, "4", planned_on=today)
    assert make_plans(at=morning) == 1
    assert make_plans(at=morning) == 0


def test_nobody_plans_a_day_that_is_not_worked(customer_of, lin, today, morning):
    customer_of(lin, "4", planned_on=today)
    sunday = morning + (6 - today.weekday()) * DAY
    assert make_plans(at=sunday) == 0
    assert DayPlan.objects.count() == 0


def test_a_full_day_moves_the_less_urgent_and_records_why(customer_of, lin, today, morning):
    slots(lin, 2)
    first = customer_of(lin, "4k", planned_on=today, due_on=today + 5 * DAY)
    second = customer_of(lin, "4", planned_on=today, due_on=today + 2 * DAY)
    third = customer_of(lin, "4", planned_on=today, due_on=today + 3 * DAY)
    make_plans(at=morning)
    planned = dict(Customer.objects.values_list("pk", "planned_on"))
    assert planned == {first.pk: today, second.pk: today, third.pk: today + DAY}
    moved = Customer.objects.get(pk=third.pk)
    assert moved.planned_why == {
        "code": "levelled_full", "was": today.isoformat(), "day": (today + DAY).isoformat(), "asked": 3, "slots": 2,
        "due_on": (today + 3 * DAY).isoformat(),
    }  # fmt: skip
    assert (moved.due_on, moved.postponements) == (third.due_on, 0)
    assert Entry.objects.get(verb="customer.levelled").subject == third.pk
    plan = DayPlan.objects.get()
    assert (plan.moved, plan.no_day, plan.contacts.count()) == (1, 0, 2)


def test_what_a_person_chose_or_agreed_is_not_moved(customer_of, lin, today, morning):
    slots(lin, 1)
    chosen = customer_of(lin, "4", planned_on=today, planned_why={"code": "planned_by_person", "by": "林", "text": ""})
    agreed = customer_of(lin, "4", planned_on=today, appointment_at=morning + timedelta(hours=6))
    moves = customer_of(lin, "4k", planned_on=today)
    make_plans(at=morning)
    planned = dict(Customer.objects.values_list("pk", "planned_on"))
    assert planned == {chosen.pk: today, agreed.pk: today, moves.pk: today + DAY}


def test_new_customers_own_their_slots(customer_of, lin, today, morning):
    slots(lin, 20)  # 7 of them in the two blocks for new customers
    for _n in range(18):
        customer_of(lin, "0")
    for _n in range(15):
        customer_of(lin, "4", planned_on=today)
    # No 2 (5 wanted, 3 days), key 3 (12, 5 days) or 3 (30, 8 days): 7.8 contacts a day are free for development.
    make_plans(at=morning)
    assert Customer.objects.filter(class_code="4", planned_on=today).count() == 20 - 7 - 8
    assert Counter(PlannedContact.objects.values_list("class_code", flat=True)) == {"0": 7 + 8, "4": 5}


def test_who_is_due_and_finds_no_day_is_listed_with_the_figures(customer_of, lin, today, morning):
    slots(lin, 1)
    stays = customer_of(lin, "4k", planned_on=today, due_on=today)
    left = customer_of(lin, "4", planned_on=today, due_on=today)
    make_plans(at=morning)
    contacts = {each.customer_id: each for each in PlannedContact.objects.all()}
    assert (contacts[stays.pk].block != "", contacts[left.pk].block) == (True, "")
    assert contacts[left.pk].why == [
        {
            "code": "no_day_is_free",
            "from": today.isoformat(),
            "to": today.isoformat(),
            "slots": 1,
            "taken": 1,
            "more": 1,
        }
    ]
    assert DayPlan.objects.get().no_day == 1


def test_who_stood_on_no_day_gets_one_within_the_cycle(customer_of, lin, today, morning):
    row = customer_of(lin, "3", planned_on=None)
    make_plans(at=morning)
    row.refresh_from_db()
    assert today < row.planned_on <= row.due_on
    assert row.planned_why["code"] == "planned_by_plan"
    assert PlannedContact.objects.count() == 0


def test_the_night_settles_the_plan_before_it_moves_what_was_not_done(customer_of, save, lin, zhou, today, morning):
    done = customer_of(lin, "4", planned_on=today)
    undone = customer_of(lin, "4", planned_on=today)
    moved = customer_of(lin, "4", planned_on=today)
    gone = customer_of(lin, "4", planned_on=today)
    make_plans(at=morning)
    save(lin, done, effective=True, moment=morning + timedelta(hours=4))
    Customer.objects.filter(pk=moved.pk).update(planned_on=today + 3 * DAY, planned_why={"code": "planned_by_person"})
    Customer.objects.filter(pk=gone.pk).update(owner=zhou)
    (block,) = progress_of(DayPlan.objects.get())
    assert (block.planned, block.done, block.moved, block.gone, block.open, block.undone) == (4, 1, 1, 1, 1, 0)
    night = morning + timedelta(hours=20)
    assert settle_plans(at=night) == 1
    replan_until_yesterday(at=night)
    assert outcomes() == {done.pk: "done", undone.pk: "undone", moved.pk: "moved", gone.pk: "gone"}
    assert settle_plans(at=night) == 0
    assert progress_of(DayPlan.objects.get())[0].undone == 1


def test_settled_days_later_it_is_still_what_was_not_done_that_day(customer_of, save, lin, today, morning):
    row, other = customer_of(lin, "4", planned_on=today), customer_of(lin, "4", planned_on=today)
    make_plans(at=morning)
    replan_until_yesterday(at=morning + DAY)
    save(lin, row, effective=True, moment=morning + DAY + timedelta(hours=5))
    settle_plans(at=morning + 2 * DAY)
    assert outcomes() == {row.pk: "undone", other.pk: "undone"}


def test_a_plan_is_made_anew_until_the_work_begins(customer_of, save, lin, liang, today, morning):
    row = customer_of(lin, "4", planned_on=today)
    make_plans(at=morning)
    slots(lin, 30)
    plan = remake_plan(person=lin, by=liang, at=morning)
    assert (plan.slots, DayPlan.objects.count()) == (30, 1)
    save(lin, row, effective=True, moment=morning + timedelta(hours=4))
    with pytest.raises(Refused, match="plan_is_being_worked"):
        remake_plan(person=lin, by=lin, at=morning + timedelta(hours=5))


def test_another_regions_manager_or_a_colleague_makes_no_plan_for_one(customer_of, lin, zhou, fang, today, morning):
    customer_of(lin, "4", planned_on=today)
    for stranger in (fang, zhou):
        with pytest.raises(NotPermitted):
            remake_plan(person=lin, by=stranger, at=morning)
    assert DayPlan.objects.count() == 0


def test_plans_are_seen_by_the_person_and_who_leads_it(customer_of, lin, zhou, liang, fang, qian, today, morning):
    customer_of(lin, "4", planned_on=today)
    make_plans(at=morning)
    assert [DayPlan.objects.visible_to(who).count() for who in (lin, liang, qian, zhou, fang)] == [1, 1, 1, 0, 0]


def test_who_finds_no_day_takes_no_place_from_who_is_overdue(customer_of, lin, today, morning):
    slots(lin, 2)
    late = [customer_of(lin, "5", planned_on=today, due_on=today - DAY) for _n in range(2)]
    left = customer_of(lin, "4k", planned_on=today, due_on=today)
    make_plans(at=morning)
    blocks = {each.customer_id: each.block for each in PlannedContact.objects.all()}
    assert [blocks[row.pk] for row in (*late, left)] == ["rest", "rest", ""]


def test_once_there_is_a_slot_again_it_gives_way_no_longer(customer_of, lin, today, morning):
    slots(lin, 1)
    row = customer_of(lin, "4", planned_on=today + DAY, due_on=today + DAY)
    other = customer_of(lin, "4k", planned_on=today + DAY, due_on=today + DAY)
    make_plans(at=morning)
    assert Customer.objects.get(pk=row.pk).planned_why["code"] == "no_day_is_free"
    Customer.objects.filter(pk=other.pk).update(planned_on=today + 5 * DAY, due_on=today + 9 * DAY)
    make_plans(at=morning + DAY)
    row.refresh_from_db()
    assert (row.planned_on, row.planned_why["code"]) == (today + DAY, "planned_by_plan")
