"""Leave: the plan has no slots on it, nobody is proposed for it, who stood there has another day, due dates stay."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.models import DayPlan, PlannedContact
from genjin.followups.plans.services import make_plans
from genjin.followups.services.replanning import replan_until_yesterday
from genjin.organization.absences.services import add_absence, remove_absence

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def morning(today):
    return timezone.make_aware(datetime.combine(today, time(5, 5)))


@pytest.fixture
def away(today, morning):
    """Somebody is away some days from now, as a whole or in part."""

    def said(person, first=0, last=None, part="day", at=morning):
        first = today + first * DAY
        last = None if last is None else today + last * DAY
        return add_absence(person=person, first=first, last=last, part=part, by=person, at=at, today=today)

    return said


def days():
    return dict(Customer.objects.values_list("pk", "planned_on"))


def test_who_stands_on_coming_leave_moves_at_once_and_keeps_the_due_date(customer_of, away, lin, today):
    row = customer_of(lin, "4", planned_on=today + DAY, due_on=today + 6 * DAY)
    other = customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    away(lin, 1, 2)
    assert days() == {row.pk: today + 3 * DAY, other.pk: today}
    moved = Customer.objects.get(pk=row.pk)
    assert moved.due_on == row.due_on
    assert moved.planned_why == {
        "code": "levelled_on_leave", "was": str(today + DAY), "day": str(today + 3 * DAY), "asked": 1, "slots": 0,
        "due_on": str(row.due_on),
    }  # fmt: skip


def test_who_is_to_pay_moves_too_but_what_was_agreed_stays(customer_of, away, lin, today, morning):
    presses = customer_of(lin, "2", planned_on=today + DAY, due_on=today + 3 * DAY)
    agreed = customer_of(
        lin, "4", planned_on=today + DAY, due_on=today + 3 * DAY, appointment_at=morning + DAY + timedelta(hours=6)
    )
    away(lin, 1)
    assert days() == {presses.pk: today + 2 * DAY, agreed.pk: today + DAY}


def test_who_falls_due_meanwhile_keeps_its_day_and_learns_why(customer_of, away, lin, today):
    row = customer_of(lin, "3", planned_on=today + DAY, due_on=today + 2 * DAY)
    away(lin, 1, 3)
    row.refresh_from_db()
    assert (row.planned_on, row.planned_why["code"], row.planned_why["away"]) == (today + DAY, "no_day_is_free", 2)


def test_a_day_off_has_no_plan_and_shows_the_next_day(customer_of, away, lin, today, morning):
    row = customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    away(lin, 0)
    assert make_plans(at=morning) == 0
    day = day_of(lin, at=morning)
    assert (day.is_on_leave, day.on, [each.customer for each in day.rows]) == (True, today + DAY, [row.pk])


def test_half_a_day_holds_the_blocks_of_the_other_half(customer_of, away, lin, today, morning):
    for _n in range(30):
        customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    away(lin, 0, part="morning")
    make_plans(at=morning)
    plan = DayPlan.objects.get()
    blocks = set(PlannedContact.objects.values_list("block", flat=True))
    assert (plan.slots, plan.contacts.count(), blocks) == (25, 25, {"new_afternoon", "three", "four", "rest"})


def test_a_plan_that_is_made_goes_with_the_day_and_comes_back_with_it(customer_of, away, lin, today, morning):
    customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    make_plans(at=morning)
    absence = away(lin, 0)
    assert DayPlan.objects.count() == 0
    remove_absence(absence, by=lin, at=morning, today=today)
    make_plans(at=morning)
    assert DayPlan.objects.get().slots == 40


def test_a_plan_whose_work_has_begun_stays_as_it_was_made(customer_of, save, away, lin, today, morning):
    done = customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    left = customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    make_plans(at=morning)
    save(lin, done, effective=True, moment=morning + timedelta(hours=4))
    away(lin, 0, part="afternoon", at=morning + timedelta(hours=5))
    assert PlannedContact.objects.count() == 2
    assert days()[left.pk] == today
    away(lin, 0, part="morning", at=morning + timedelta(hours=5))
    assert days()[left.pk] == today + DAY


def test_no_proposal_falls_on_leave_and_the_cycle_does_not_stand_still(customer_of, save, away, lin, today):
    row = customer_of(lin, "3k", planned_on=today, due_on=today)  # every 2 to 5 working days
    away(lin, 2, 3)
    saved = save(lin, row, effective=True, interests=("peers",))
    assert saved.customer.planned_on == today + 4 * DAY
    assert saved.customer.planned_why["code"] == "planned_after_leave"
    assert saved.customer.due_on == today + 6 * DAY  # Monday: the fifth day of a six-day week


def test_a_retry_waits_for_the_first_day_back(customer_of, save, away, lin, today):
    row = customer_of(lin, "4", planned_on=today, due_on=today + 6 * DAY)
    away(lin, 1)
    assert save(lin, row, miss_reason="no_answer", effective=False).customer.planned_on == today + 2 * DAY


def test_no_second_try_in_an_afternoon_that_is_off(customer_of, save, away, lin, today):
    row = customer_of(lin, "3k", planned_on=today, due_on=today + 4 * DAY)
    away(lin, 0, part="afternoon")
    at = timezone.make_aware(datetime.combine(today, time(11, 30)))
    assert save(lin, row, moment=at, miss_reason="no_answer", effective=False).customer.planned_on == today + DAY


def test_the_night_moves_what_was_not_done_past_the_leave(customer_of, away, lin, today, morning):
    row = customer_of(lin, "4", planned_on=today, due_on=today + 9 * DAY)
    coming = customer_of(lin, "4", planned_on=today + 4 * DAY, due_on=today + 9 * DAY)
    away(lin, 1, 3)
    replan_until_yesterday(at=morning + DAY)
    assert days() == {row.pk: today + 4 * DAY, coming.pk: today + 4 * DAY}
    assert Customer.objects.get(pk=coming.pk).postponements == 0


def test_pages_say_who_is_away(customer_of, client_of, away, lin, liang, today):
    customer_of(lin, "4", planned_on=today, due_on=today + 9 * DAY)
    away(lin, 0)
    assert "今天请假。这是回来那天（11月25日 周三）的名单" in client_of(lin).get("/today/").content.decode()
    assert "这天请假" in client_of(lin).get("/plan/").content.decode()
    assert lin.name in client_of(liang).get("/team/plans/").content.decode()
