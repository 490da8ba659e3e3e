from datetime import date, timedelta

import pytest
from django.urls import reverse

from genjin.core.calendar.models import CalendarDay
from genjin.customers.models import Customer
from genjin.followups.models import Task
from genjin.followups.services.agreements import make_appointment
from genjin.followups.tasks.services import Order, give_tasks
from genjin.followups.week.bookings import bookings_of
from genjin.followups.week.reading import week_of
from genjin.followups.week.rules import Standard
from genjin.organization.absences.services import add_absence

pytestmark = pytest.mark.django_db
MONDAY, THURSDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 28)


def move(client, customer, on, **more):
    address = reverse("week_move", args=[customer.pk])
    return client.post(address, {"on": on, **more}, headers={"HX-Request": "true"})


def test_a_day_shows_who_stands_on_it_and_one_left_from_before_stands_on_today(customer_of, lin, at, today):
    customer_of(lin, "3k", name="星期四装饰", planned_on=THURSDAY)
    customer_of(lin, "4", name="上星期驾校", planned_on=today - timedelta(days=6))
    customer_of(lin, "0", name="排队的")
    week = week_of(lin, monday=MONDAY, at=at)
    assert {day.on: [each.name for each in day.standing] for day in week.days if day.standing} == {
        today: ["上星期驾校"],
        THURSDAY: ["星期四装饰"],
    }
    assert [day.booked.total for day in week.days] == [0, 1, 0, 1, 0, 0, 0]
    assert (week.booked, week.days[0].is_past) == (2, True)


def test_a_customer_appointed_and_planned_for_one_day_counts_once(customer_of, lin, at, today):
    here = customer_of(lin, "3k", planned_on=THURSDAY)
    elsewhere = customer_of(lin, "3k", planned_on=SATURDAY)
    for row in (here, elsewhere):
        make_appointment(customer=row, when=at + timedelta(days=2), kind="visit", by=lin, at=at)
    booked = bookings_of([lin], [THURSDAY, SATURDAY], today=today)
    assert [(each.customers, each.besides, each.visits) for each in booked.values()] == [(1, 1, 2), (1, 0, 0)]


def test_the_week_is_held_against_the_standard_in_words(client_of, customer_of, lin, at):
    customer_of(lin, "3k", planned_on=THURSDAY)
    page = client_of(lin).get(reverse("week")).content.decode()
    assert "周四差 19" in page
    assert "周二差" not in page  # of today itself the plan speaks


def test_a_public_holiday_is_named_and_asks_for_nothing(customer_of, lin, at):
    CalendarDay.objects.create(on=THURSDAY, kind="holiday", name="校庆")
    thursday = week_of(lin, monday=MONDAY, at=at).days[3]
    assert (thursday.off, thursday.standard) == ("校庆", None)


def test_dropping_on_a_day_answers_with_the_week(client_of, customer_of, lin):
    row = customer_of(lin, "3k", planned_on=THURSDAY)
    answer = move(client_of(lin), row, SATURDAY, week="2026-11-23")
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#calendar")
    assert "已挪到 11-28 周六" in answer.content.decode()
    assert Customer.objects.get().planned_on == SATURDAY


def test_outside_the_cycle_the_drawer_asks_why_with_nothing_lost(client_of, customer_of, lin):
    row = customer_of(lin, "3k", planned_on=THURSDAY)
    answer = move(client_of(lin), row, "2026-12-08", week="2026-11-23")
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#verb-in")
    assert 'value="2026-12-08" checked' in answer.content.decode()
    assert Customer.objects.get().planned_on == THURSDAY


def test_without_javascript_one_is_led_back_to_the_week(client_of, customer_of, lin):
    row = customer_of(lin, "3k", planned_on=THURSDAY)
    address = reverse("week_move", args=[row.pk])
    assert client_of(lin).get(address).status_code == 200
    answer = client_of(lin).post(address, {"on": SATURDAY, "week": "2026-11-23"})
    assert (answer.status_code, answer["Location"]) == (303, "/calendar/?week=2026-11-23")


def test_a_customer_in_the_pool_stands_on_no_day(client_of, customer_of, lin, east_one):
    row = customer_of(lin, "3k")
    Customer.objects.update(owner=None, pool=east_one.pool, due_on=None, planned_on=None)
    client = client_of(lin)
    assert client.get(reverse("week_move", args=[row.pk])).status_code == 422


@pytest.mark.parametrize("week", ["nonsense", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_week_that_is_none_is_not_there(client_of, lin, week):
    assert client_of(lin).get(reverse("week"), {"week": week}).status_code == 404


def test_who_leads_sees_the_week_of_their_people_and_a_stranger_does_not(client_of, lin, zhou, liang, fang):
    theirs = reverse("week_of", args=[lin.pk])
    assert client_of(liang).get(theirs).status_code == 200
    assert client_of(fang).get(theirs).status_code == 404
    assert client_of(zhou).get(theirs).status_code == 403


def test_the_week_takes_as_many_queries_for_a_hundred_customers_as_for_one(
    client_of, customer_of, lin, django_assert_max_num_queries
):
    for number in range(12):
        customer_of(lin, "3k", planned_on=THURSDAY + timedelta(days=number % 3))
    client = client_of(lin)
    client.get(reverse("week"))
    with django_assert_max_num_queries(18):
        client.get(reverse("week"))


def test_tasks_stand_on_their_day_and_a_late_one_on_today(customer_of, lin, liang, at, today):
    row = customer_of(lin, "3k", planned_on=SATURDAY)
    give_tasks(order=Order(on=THURSDAY, purpose="催合同"), people=[lin], customer=row, by=liang, at=at)
    give_tasks(order=Order(on=today, purpose="整理异议点"), people=[lin], by=liang, at=at)
    Task.objects.filter(customer=None).update(on=today - timedelta(days=4))
    week = week_of(lin, monday=MONDAY, at=at)
    assert [[each.task.purpose for each in day.tasks] for day in week.days[1:4]] == [["整理异议点"], [], ["催合同"]]
    # The customer counts on both its days; a task without one is no booking.
    assert [day.booked.total for day in week.days] == [0, 0, 0, 1, 0, 1, 0]


def test_leave_is_named_asks_for_nothing_and_half_of_it_for_its_part(customer_of, lin, liang, at):
    add_absence(person=lin, first=THURSDAY, last=THURSDAY, by=liang, at=at, today=at.date())
    add_absence(person=lin, first=SATURDAY, last=SATURDAY, part="afternoon", by=liang, at=at, today=at.date())
    days = week_of(lin, monday=MONDAY, at=at).days
    assert (days[3].off, days[3].standard, days[3].slots) == ("请假", None, 0)
    assert (days[5].standard, days[5].slots) == (Standard(booked=1, inspected=5), 15)


def test_an_appointment_is_ended_by_the_key_of_its_row_on_ones_own_week_alone(client_of, customer_of, lin, liang, at):
    made = make_appointment(
        customer=customer_of(lin, "4"), when=at + timedelta(days=1), kind="visit", purpose="看场地", by=lin, at=at
    )  # fmt: skip
    end = f'href="/appointments/{made.pk}/end/"'
    own = client_of(lin).get("/calendar/").content.decode()
    assert own.count(end) == 1
    assert 'data-row-key="m"' in own.split(end)[1].split("</a>")[0]
    assert end not in client_of(liang).get(f"/calendar/{lin.pk}/").content.decode()
