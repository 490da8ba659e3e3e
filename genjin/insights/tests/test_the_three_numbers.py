"""Quantity, conversion and speed are counted from contacts and class moves, by the stations on the way."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.customers.services.standing import move_class
from genjin.followups import team
from genjin.insights.rules.period import Period, period
from genjin.insights.three_numbers import numbers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def count_of(east_one, today):
    def counted(person, code, wanted=None):
        boards = team.boards(units=[east_one], today=today)
        [numbers] = numbers_of(boards, wanted or Period("chosen", today - timedelta(days=6), today), today=today)
        place = next(n for n, station in enumerate(numbers.stations) if code in station.codes)
        return numbers.counts[person.pk][place]

    return counted


@pytest.fixture
def move(liang):
    def moved(row, to, at):
        return move_class(customer=Customer.objects.get(pk=row.pk), to=to, reason="主管看过", by=liang, at=at)

    return moved


def test_conversion_is_who_went_on_over_all_who_were_in_the_class(lin, customer_of, move, count_of, at):
    rows = [customer_of(lin, "4") for _nth in range(4)]
    move(rows[0], "3", at)
    move(rows[1], "5", at)
    count = count_of(lin, "4")
    assert (count.had, count.exits, count.rate) == (4, 1, 0.25)


def test_who_came_and_went_on_counts_at_both_stations(lin, customer_of, move, count_of, at):
    row = customer_of(lin, "4")
    move(row, "3", at)
    move(row, "3k", at + timedelta(hours=1))
    normal, key = count_of(lin, "3"), count_of(lin, "3k")
    assert (normal.had, normal.came, normal.exits) == (1, 1, 1)
    assert (key.had, key.came, key.exits) == (1, 1, 0)


def test_marks_within_a_class_are_no_move_on_the_way(lin, customer_of, move, count_of, at):
    move(customer_of(lin, "4"), "4k", at)
    count = count_of(lin, "4")
    assert (count.had, count.came, count.exits) == (1, 0, 0)


def test_speed_is_the_days_since_the_class_was_first_entered(lin, customer_of, move, count_of, at):
    row = customer_of(lin, "4")
    move(row, "3", at - timedelta(days=9))
    move(row, "4", at - timedelta(days=8))
    move(row, "3", at - timedelta(days=3))
    move(row, "3k", at)
    assert count_of(lin, "3").days == (9,)


def test_quantity_is_effective_contacts_with_the_class(lin, customer_of, save, count_of):
    row = customer_of(lin, "4")
    save(lin, row, interests=["peers"])
    save(lin, customer_of(lin, "4"), miss_reason="no_answer")
    assert count_of(lin, "4").contacts == 1
    assert count_of(lin, "3").contacts == 0


def test_who_was_taken_on_later_was_not_there_before(lin, customer_of, count_of, today):
    customer_of(lin, "4", owned_since=today)
    customer_of(lin, "4", owned_since=today - timedelta(days=30))
    last_week = period("last_week", today=today)
    assert count_of(lin, "4").had == 2
    assert count_of(lin, "4", last_week).had == 1


def test_moves_of_another_period_do_not_count(lin, customer_of, move, count_of, at, today):
    move(customer_of(lin, "4", owned_since=today - timedelta(days=60)), "3", at - timedelta(days=30))
    assert count_of(lin, "4").exits == 0
    assert count_of(lin, "3").had == 1


def test_the_page_names_the_leak(lin, zhou, liang, customer_of, move, client_of, at):
    for nth in range(10):
        customer_of(lin, "4")
        row = customer_of(zhou, "4")
        if nth < 6:
            move(row, "3", at)
    page = client_of(liang).get(reverse("insights_numbers")).content.decode()
    assert f"{lin.name}：普4→普3 只有 0.0%（10 个里升 0 个），其他人是 60.0%" in page


def test_nothing_happened_and_the_page_says_so(lin, liang, customer_of, client_of):
    customer_of(lin, "4")
    assert "没看到漏口" in client_of(liang).get(reverse("insights_numbers")).content.decode()


@pytest.mark.parametrize(
    "query", [{"period": "last_month"}, {"period": "chosen", "from": "2026-11-30", "to": "x"}, {"period": "?"}]
)
def test_any_period_is_answered(query, lin, liang, customer_of, client_of):
    customer_of(lin, "4")
    assert client_of(liang).get(reverse("insights_numbers"), query).status_code == 200


def test_a_seller_has_no_numbers_and_a_stranger_no_unit(lin, fang, east_one, client_of):
    assert client_of(lin).get(reverse("insights_numbers")).status_code == 403
    assert client_of(fang).get(reverse("insights_numbers"), {"unit": east_one.pk}).status_code == 404
