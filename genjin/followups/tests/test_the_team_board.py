"""The manager's board counts what stands in the rows, in scope."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.followups.team import boards

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(lin, zhou, at, today):
    """Lin holds three: one overdue, one silent for a month, one called today."""
    made = [create_customer(fields={"name": f"客户{n}"}, owner=lin, by=lin, at=at) for n in range(3)]
    Customer.objects.filter(pk=made[0].pk).update(due_on=today - timedelta(days=1))
    Customer.objects.filter(pk=made[1].pk).update(last_effective_on=today - timedelta(days=30))
    save_touch(customer=made[2], note=Note(key=uuid4(), interests=["peers"]), by=lin, at=at)
    return made


def line_of(person, unit, today):
    [board] = boards(units=[unit], today=today)
    return next(line for line in board.lines if line.person == person)


def test_a_line_says_what_is_overdue_silent_and_done(stock, lin, east_one, today):
    line = line_of(lin, east_one, today)
    assert (line.held, line.overdue, line.effective, line.missed) == (3, 1, 1, 0)
    assert (line.silent[30], line.silent[90]) == (1, 0)


def test_the_thirtieth_day_counts_and_the_twenty_ninth_does_not(stock, lin, east_one, today):
    Customer.objects.filter(pk=stock[1].pk).update(last_effective_on=today - timedelta(days=29))
    assert line_of(lin, east_one, today).silent[30] == 0


def test_who_holds_most_overdue_stands_first(stock, lin, zhou, east_one, today):
    [board] = boards(units=[east_one], today=today)
    assert [line.person for line in board.lines][:2] == [lin, zhou]


def test_the_manager_sees_the_team_and_every_figure_leads_to_its_list(stock, client_of, liang, lin, clock):
    answer = client_of(liang).get(reverse("team"))
    assert answer.status_code == 200
    assert f"?owner={lin.pk}&amp;state=overdue" in answer.content.decode()


def test_a_seller_has_no_board(stock, client_of, lin):
    assert client_of(lin).get(reverse("team")).status_code == 403


def test_another_regions_unit_is_not_there_for_a_manager(stock, client_of, fang, east_one):
    assert client_of(fang).get(reverse("team"), {"unit": east_one.pk}).status_code == 404


def test_the_board_asks_few_questions_however_many_customers(
    stock, client_of, liang, django_assert_max_num_queries, clock
):
    client = client_of(liang)
    with django_assert_max_num_queries(13):
        client.get(reverse("team"))
