"""Who belongs to the day: both sides of each edge."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.services.agreements import make_appointment, make_promise
from genjin.followups.services.corrections import undo_touch

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def listed(day):
    return {row.customer for row in [*day.rows, *day.left_over]}


@pytest.mark.parametrize(
    ("planned", "due", "belongs"),
    [
        (0, 3, True),
        (-1, 3, True),
        (1, 3, False),
        (None, 0, True),
        (None, -2, True),
        (None, 1, False),
        (1, -2, False),
    ],
)
def test_planned_by_today_or_due_and_placed_nowhere(customer_of, lin, at, today, planned, due, belongs):
    customer = customer_of(
        lin, "4", planned_on=None if planned is None else today + timedelta(days=planned),
        due_on=today + timedelta(days=due),
    )  # fmt: skip
    assert (customer.pk in listed(day_of(lin, at=at))) is belongs


@pytest.mark.parametrize(("planned", "belongs"), [(None, True), (1, False)])
def test_the_queue_feeds_the_day_except_for_who_has_a_later_day(customer_of, lin, at, today, planned, belongs):
    customer = customer_of(lin, "0", planned_on=planned and today + timedelta(days=planned))
    assert (customer.pk in listed(day_of(lin, at=at))) is belongs


@pytest.mark.parametrize(("days", "belongs"), [(0, True), (1, False)])
def test_an_appointment_brings_its_customer_onto_its_day(customer_of, lin, at, today, days, belongs):
    customer = customer_of(lin, "4", planned_on=today + timedelta(days=9))
    make_appointment(customer=customer, when=at + timedelta(days=days, hours=2), by=lin, at=at)
    day = day_of(lin, at=at)
    assert (customer.pk in listed(day)) is belongs
    assert day.appointments == int(belongs)
    if belongs:
        assert day.rows[0].appointment_at == time(12)


def test_colleagues_customers_pools_and_closed_ones_stay_out(customer_of, save, lin, zhou, at, today):
    customer_of(zhou, "4", planned_on=today)
    pooled = customer_of(lin, "5", planned_on=today)
    for n in range(3):
        save(lin, pooled, effective=False, **({"third_miss": "pool", "decision_reason": "没人"} if n == 2 else {}))
    assert listed(day_of(lin, at=at)) == set()


def test_a_contact_made_is_done_and_no_longer_to_do(customer_of, save, lin, at, today):
    customer = customer_of(lin, "3", planned_on=today)
    save(lin, customer, effective=True)
    day = day_of(lin, at=at)
    assert [row.customer for row in day.done] == [customer.pk]
    assert (day.rows, day.effective, day.total) == ([], 1, 1)


def test_a_note_taken_back_counts_no_more(customer_of, save, lin, at, today):
    customer = customer_of(lin, "3", planned_on=today)
    undo_touch(touch=save(lin, customer, effective=True).touch, by=lin, at=at)
    day = day_of(lin, at=at)
    assert (day.done, [row.customer for row in day.rows]) == ([], [customer.pk])


def test_a_key_customer_that_was_missed_stands_in_a_later_block_once_more(customer_of, save, lin, at, today):
    customer = customer_of(lin, "3k", planned_on=today)
    save(lin, customer, effective=False, miss_reason="no_answer")
    day = day_of(lin, at=at)
    assert [row.customer for row in day.done] == [row.customer for row in day.rows] == [customer.pk]
    assert "today_second_try" in [reason.code for reason in day.rows[0].reasons]


def test_what_finds_no_place_is_counted_by_class(customer_of, lin, at, today):
    lin.daily_slots = 2
    for _ in range(3):
        customer_of(lin, "4", planned_on=today)
    customer_of(lin, "4k", planned_on=today)
    day = day_of(lin, at=at)
    assert (len(day.rows), len(day.left_over)) == (2, 2)
    assert [(cls.code, count) for cls, count in day.left_over_by_class] == [("4", 2)]
    assert day.rows[0].cls.code == "4k"


def test_overdue_and_unplanned_are_counted_on_their_own_days(customer_of, lin, at, today):
    customer_of(lin, "4", due_on=today, planned_on=None)
    customer_of(lin, "4", due_on=today - timedelta(days=1), planned_on=today + timedelta(days=1))
    customer_of(lin, "4", due_on=today + timedelta(days=1), planned_on=None)
    day = day_of(lin, at=at)
    assert (day.overdue, day.unplanned) == (1, 1)


def test_promises_due_today_and_late_ones_are_counted(customer_of, lin, at):
    customer = customer_of(lin, "4")
    for days in (0, 1):
        make_promise(customer=customer, what="发案例", by_when=at + timedelta(days=days, hours=2), by=lin, at=at)
    assert day_of(lin, at=at).promises_due == 1


def test_on_a_day_off_the_list_is_the_next_working_days(customer_of, lin, at):
    monday = date(2026, 11, 23)
    customer = customer_of(lin, "4", planned_on=monday)
    day = day_of(lin, at=SUNDAY)
    assert (day.is_working_day, day.on) == (False, monday)
    assert customer.pk in listed(day)


@pytest.mark.parametrize(("hour", "over"), [(17, False), (18, True)])
def test_the_day_is_over_when_the_shift_ends(lin, at, hour, over):
    lin.unit.refresh_from_db()
    assert day_of(lin, at=at.replace(hour=hour)).is_over is over


def test_the_end_of_the_day_counts_customers_and_those_that_ripened(customer_of, save, lin, at, today):
    ready = {"interests": ["peers"], "objections": ["price"], "services": ["front_page"]}
    save(lin, customer_of(lin, "4"), class_wanted="3", next_on=today + timedelta(days=7), **ready)
    save(lin, customer_of(lin, "3"), effective=True)
    effective, ripened = day_of(lin, at=at).standards
    assert (effective.done, effective.wanted) == (2, 30)
    assert (ripened.done, ripened.wanted) == (1, 3)


def test_the_halves_add_up_to_the_day(customer_of, save, lin, at, today):
    for code in ("0", "2", "3k", "4", "4", "5"):
        customer_of(lin, code, planned_on=today)
    save(lin, Customer.objects.filter(class_code="2").get(), effective=True)
    day = day_of(lin, at=at)
    assert sum(half.total for half in day.halves) == day.total
    assert [half.name for half in day.halves] == ["morning", "afternoon"]


def test_a_playbook_with_one_block_has_one_line(fang, at):
    assert [half.name for half in day_of(fang, at=at).halves] == ["day"]


def test_a_thousand_customers_take_no_more_questions_than_ten(
    customer_of, lin, at, today, django_assert_max_num_queries
):
    row = customer_of(lin, "4", planned_on=today)
    rows = [
        Customer(**{f.attname: getattr(row, f.attname) for f in Customer._meta.fields if f.name != "id"})
        for _ in range(999)
    ]
    Customer.objects.bulk_create(rows)
    with django_assert_max_num_queries(10):
        day = day_of(lin, at=at)
    assert len(day.rows) + len(day.left_over) == 1000
