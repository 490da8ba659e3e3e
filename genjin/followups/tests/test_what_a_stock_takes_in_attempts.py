"""A contact takes more than one attempt: the plan page reckons what a stock takes by the person's own weeks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.customers.attempts import Attempts
from genjin.followups.plans.attempts import FEWEST, attempts_of
from genjin.followups.plans.services import make_plans

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def weeks(customer_of, save, lin, at, today):
    """So many attempts of the last fortnight, every second of them effective."""

    def make(number: int, *, back: int = 14) -> None:
        rows = [customer_of(lin, "4") for _n in range(number)]
        for nth, row in enumerate(rows):
            save(lin, row, effective=nth % 2 == 0, moment=at - back * DAY + timedelta(minutes=nth))

    return make


@pytest.mark.parametrize(("made", "effective", "contacts", "taken"), [(400, 200, 24.0, 48.0), (100, 100, 22.5, 22.5)])
def test_contacts_in_attempts(made, effective, contacts, taken):
    assert Attempts(made, effective).taken_by(contacts) == taken


def test_a_few_attempts_say_nothing(weeks, lin, today):
    weeks(FEWEST - 1)
    assert attempts_of(lin, until=today) is None


def test_the_four_weeks_before_the_day_count(weeks, lin, zhou, today):
    weeks(FEWEST)
    assert attempts_of(lin, until=today) == Attempts(FEWEST, FEWEST // 2)
    assert attempts_of(zhou, until=today) is None
    assert attempts_of(lin, until=today - 14 * DAY) is None
    assert attempts_of(lin, until=today + 60 * DAY) is None


def test_the_plan_page_says_what_the_stock_takes(weeks, client_of, lin, at, today):
    weeks(FEWEST)
    lin.daily_slots = 10
    lin.save()
    make_plans(at=at.replace(hour=5))
    page = client_of(lin).get(reverse("plan")).content.decode()
    # 100 of class 4 at most every 14 working days are 7.1 contacts a day, and 14.3 attempts of 10.
    assert "最近 100 次联系 50% 有效" in page
    assert "一天要打 14.3 次" in page
    assert "打不过来" in page


def test_a_stock_that_fits_is_left_in_peace(weeks, client_of, lin, at):
    weeks(FEWEST)
    make_plans(at=at.replace(hour=5))
    page = client_of(lin).get(reverse("plan")).content.decode()
    assert "最近 100 次联系 50% 有效" in page
    assert "打不过来" not in page


def test_so_does_the_forecast_of_dealing_out(weeks, customer_of, client_of, lin, zhou, liang, east_one):
    weeks(FEWEST)
    row = customer_of(zhou, "4")
    fields = {
        "chosen": row.pk,
        "sure": "1",
        "preview": "1",
        "among": [lin.pk],
        "way": "capacity",
        "back": "/customers/",
    }
    page = client_of(liang).post(reverse("bulk_deal"), fields).content.decode()
    # 101 of class 4 at most every 14 working days are 7.2 contacts a day, and 14.4 attempts of 40.
    assert "最近 100 次联系 50% 有效" in page
    assert "一天要 7.2 次有效联系，合 14.4 次，一天能打 40 次" in page


def test_of_who_made_too_few_the_forecast_says_nothing(customer_of, client_of, lin, zhou, liang):
    row = customer_of(zhou, "4")
    fields = {
        "chosen": row.pk,
        "sure": "1",
        "preview": "1",
        "among": [lin.pk],
        "way": "capacity",
        "back": "/customers/",
    }
    page = client_of(liang).post(reverse("bulk_deal"), fields).content.decode()
    assert "次有效联系" not in page
