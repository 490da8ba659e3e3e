"""From arrival to the first push: in working minutes, by unit, person, source and form; each sees their own units."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.insights.first_contact import BY, first_contacts
from genjin.insights.rules.period import period
from genjin.insights.units import units_within
from genjin.leads.services.arriving import receive
from genjin.leads.services.ownership import accept_lead
from genjin.leads.services.pushes import Judged, push_lead
from genjin.leads.tests.conftest import coming, pushed, waiting  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(coming, lin, at):  # noqa: F811
    """One accepted after five and called after eight minutes, one that came last evening and was called at nine today,
    one that nobody has called."""
    evening = at - timedelta(hours=15)  # 19:00, after the shift
    for number, came, accepted, push in [
        (1, at, at + timedelta(minutes=5), at + timedelta(minutes=8)),
        (2, evening, at - timedelta(hours=1), at - timedelta(hours=1)),
        (3, at, None, None),
    ]:
        lead = receive(coming(phone=f"1380000000{number}"), by=None, at=came)
        if accepted:
            lead = accept_lead(lead=lead, by=lin, at=accepted)
            push_lead(lead=lead, judged=Judged(uuid4(), "again"), by=lin, at=push)


def measured(actor, today, by="unit"):
    return first_contacts(actor, units_within(actor, None), period("month", today=today), by=by)


def test_only_working_minutes_count_and_the_clock_stands_beside(called, liang, today):
    total = measured(liang, today).total
    assert (total.arrived, sorted(total.to_accept)) == (3, [5, 30])
    assert sorted(total.to_push) == [8, 30]
    assert sorted(total.clock_to_push) == [8, 14 * 60]
    assert total.medians == (17.5, 17.5, 19, 424)
    assert (total.share_within(10), total.share_within(60)) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("unit", {"华东一组": 3}),
        ("person", {"林小满": 2, "": 1}),
        ("source", {"": 3}),
        ("form", {"": 3}),
    ],
)
def test_by_whom_and_by_where_it_came_from(called, liang, today, by, lines):
    assert {line.called: line.arrived for line in measured(liang, today, by).lines} == lines


def test_what_somebody_entered_for_themselves_is_left_out(pushed, lin, liang, today):  # noqa: F811
    pushed(lin)
    assert measured(liang, today).total.arrived == 0


def test_another_region_sees_nothing_of_it(called, fang, today):
    assert measured(fang, today).total.arrived == 0


def test_the_page(called, client_of, liang, fang, lin):
    for by in BY:
        page = client_of(liang).get(reverse("insights_first_contact"), {"by": by, "period": "month"})
        assert page.status_code == 200
        assert "33.3%" in page.content.decode()
    assert client_of(lin).get(reverse("insights_first_contact")).status_code == 403
    assert client_of(fang).get(reverse("insights_first_contact")).status_code == 200
