"""Promise 1 on meaning: when nobody works for longer than the longest cycle, everybody is overdue."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.services.replanning import replan_until_yesterday
from genjin.playbooks.practice import practice_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("owner", ["lin", "fang"])
def test_a_team_that_stops_working_sees_every_customer_overdue(request, customer_of, save, today, owner):
    person = request.getfixturevalue(owner)
    practice = practice_of(person.unit)
    for cls in practice.playbook.classes:
        if not cls.closes_as:
            customer_of(person, cls.code)
            save(person, customer_of(person, cls.code), effective=True)
            save(person, customer_of(person, cls.code), effective=False, miss_reason="no_answer")
    due = dict(Customer.objects.values_list("pk", "due_on"))

    last = practice.calendar.add(today, practice.playbook.longest_cycle + 1)
    day = today
    while day <= last:
        replan_until_yesterday(at=timezone.make_aware(datetime.combine(day, time(0, 5))))
        day += timedelta(days=1)

    assert dict(Customer.objects.values_list("pk", "due_on")) == due
    rows = Customer.objects.open().filter(owner__isnull=False)
    assert {row.follow_up_state(last) for row in rows} == {"overdue"}
    assert not rows.filter(planned_on__lt=last).exists()
