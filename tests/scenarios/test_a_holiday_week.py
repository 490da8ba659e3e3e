"""Weeks that are not five plain days: a holiday with its make-up Saturday, six days, somebody on leave."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.services import fill_known_years
from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.jobs import go_on_to_the_next_day
from genjin.followups.models import DayPlan, PlannedContact
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.followups.tests.conftest import customer_of  # noqa: F401  the fixture
from genjin.organization.absences.services import add_absence
from genjin.organization.calendars import calendar_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLASSES = ["2", "3k", "3k", "3", "3", "3", "4k", "4", "4", "4", "5", "5"]


def hour(day, clock):
    return timezone.make_aware(datetime.combine(day, clock))


@pytest.fixture
def floor(customer_of, lin):  # noqa: F811
    """Twelve customers, six contacts a day."""
    lin.daily_slots = 6
    lin.save()
    return [customer_of(lin, code) for code in CLASSES]


def worked(person, day, clock):
    """A day as the product lives it: the night, the plan, every row of the list contacted."""
    clock.move_to(hour(day, time(5, 5)))
    go_on_to_the_next_day()
    plan = DayPlan.objects.filter(person=person, on=day).first()
    if plan is None:
        return None
    for nth, row in enumerate(day_of(person, at=hour(day, time(9))).rows):
        at = hour(day, time(9)) + timedelta(minutes=12 * nth)
        note = Note(key=uuid4(), effective=True, interests=("peers",))
        save_touch(customer=Customer.objects.get(pk=row.customer), note=note, by=person, at=at)
    return plan


def test_a_holiday_week_has_no_plans_and_its_make_up_saturday_has_one(floor, lin, at, clock):
    fill_known_years(at=at)
    unit = lin.unit
    unit.week = "five"
    unit.save()
    first, last = date(2026, 9, 28), date(2026, 10, 12)
    Customer.objects.update(planned_on=first, due_on=first + 3 * DAY)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    planned = {day for day in days if worked(lin, day, clock)}
    off = set(CalendarDay.objects.filter(kind="holiday").values_list("on", flat=True))
    makeup = set(CalendarDay.objects.filter(kind="makeup").values_list("on", flat=True))
    assert date(2026, 10, 10) in makeup & planned  # a Saturday
    assert planned == {day for day in days if day in makeup or (day.weekday() < 5 and day not in off)}
    assert not Customer.objects.filter(planned_on__in=off).exists()
    calendar = calendar_for(unit)
    for row in Customer.objects.filter(class_code="3k"):
        assert 0 <= calendar.between(row.last_effective_on, row.planned_on) <= 5
    settled = DayPlan.objects.exclude(settled_at=None)
    assert settled.count() == len(planned) - 1
    assert not PlannedContact.objects.filter(plan__in=settled, outcome="undone").exists()


def test_a_six_day_week_works_its_saturday_and_rests_on_sunday(floor, lin, today, clock):
    monday = today - DAY
    Customer.objects.update(planned_on=monday, due_on=monday + 5 * DAY)
    days = [monday + n * DAY for n in range(14)]
    planned = [day for day in days if worked(lin, day, clock)]
    assert [day.weekday() for day in planned] == [0, 1, 2, 3, 4, 5] * 2
    on = Customer.objects.values_list("planned_on", flat=True)
    assert all(day.weekday() != 6 for day in on if day)


def test_leave_in_a_six_day_week_is_planned_around_and_slips_nobody_who_could_be_called(floor, lin, today, clock):
    monday = today - DAY
    Customer.objects.update(planned_on=monday, due_on=monday + 5 * DAY)
    clock.move_to(hour(monday, time(8)))
    away = {monday + 2 * DAY, monday + 3 * DAY}
    add_absence(
        person=lin, first=min(away), last=max(away), by=lin, at=hour(monday, time(8)), today=monday
    )  # fmt: skip
    days = [monday + n * DAY for n in range(6)]
    planned = {day for day in days if worked(lin, day, clock)}
    assert planned == set(days) - away
    contacted = Customer.objects.exclude(last_effective_on=None)
    assert contacted.count() == len(CLASSES)
    assert not Customer.objects.filter(last_effective_on__in=away).exists()
    assert not Customer.objects.filter(planned_on__in=away).exists()
