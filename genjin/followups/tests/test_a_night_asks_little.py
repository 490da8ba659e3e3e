"""The jobs of a night ask the database as often for a person who holds many as for one who holds few."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from genjin.followups.models import PlannedContact
from genjin.followups.plans.services import make_plans, remake_plan, settle_plans
from genjin.followups.services.replanning import replan_until_yesterday

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(step):
    with CaptureQueriesContext(connection) as queries:
        step()
    return len(queries)


@pytest.fixture
def night(customer_of, today):
    """The questions of a morning with so many customers, of its plan made anew, and of the night after it."""
    morning = timezone.make_aware(datetime.combine(today, time(5, 5)))

    def night(person, number):
        for nth in range(number):
            due_on = today + (nth % 3) * DAY
            customer_of(person, "4", planned_on=None if nth % 4 else today, due_on=due_on)
        return {
            "morning": asked(lambda: make_plans(at=morning)),
            "anew": asked(lambda: remake_plan(person=person, by=person, at=morning)),
            "settled": asked(lambda: settle_plans(at=morning + DAY)),
            "replanned": asked(lambda: replan_until_yesterday(at=morning + DAY)),
        }

    return night


def test_a_night_asks_as_often_for_ninety_customers_as_for_thirty(night, lin, zhou):
    for person in (lin, zhou):
        person.daily_slots = 5
        person.save()
    few = night(lin, 30)
    contacts = PlannedContact.objects.count()
    many = night(zhou, 90)
    assert PlannedContact.objects.count() > contacts + 20
    assert many == few
