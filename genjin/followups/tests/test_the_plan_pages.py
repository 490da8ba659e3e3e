"""The plan on a page: block by block, who found no place, and whom it is shown to."""

from datetime import datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from genjin.followups.models import DayPlan
from genjin.followups.plans.services import make_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(customer_of, lin, today):
    """Lin makes two contacts a day and has three customers due today."""
    lin.daily_slots = 2
    lin.save()
    rows = [customer_of(lin, "4", planned_on=today, due_on=today, name=f"锦程物流 {n}") for n in range(3)]
    make_plans(at=timezone.make_aware(datetime.combine(today, time(5, 5))))
    return rows


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    return answer.status_code, answer.content.decode()


def test_the_seller_sees_what_was_planned_and_who_found_no_place(planned, client_of, lin):
    status, body = page(client_of(lin), "plan")
    assert status == 200
    assert '<tfoot><tr><th scope="row" class="l">合计</th><td data-label="已排">2</td>' in body
    assert "锦程物流 2" in body
    assert "轮不到" in body


def test_a_day_without_a_plan_says_so(client_of, lin, planned):
    status, body = page(client_of(lin), "plan", on="2026-11-03")
    assert status == 200
    assert "这天没有做计划" in body


@pytest.mark.parametrize("on", ["2026-02-30", "heute", "1"])
def test_a_day_that_is_none_is_not_found(client_of, lin, on):
    assert page(client_of(lin), "plan", on=on)[0] == 404


def test_who_leads_the_seller_sees_the_plan_and_others_do_not(planned, client_of, lin, zhou, liang, fang):
    assert page(client_of(liang), "plan_of", lin.pk)[0] == 200
    assert page(client_of(fang), "plan_of", lin.pk)[0] == 404
    assert page(client_of(zhou), "plan_of", lin.pk)[0] == 403


def test_the_manager_sees_the_teams_plans(planned, client_of, liang, zhou, fang, lin):
    status, body = page(client_of(liang), "team_plans")
    assert status == 200
    assert lin.name in body
    assert lin.name not in page(client_of(fang), "team_plans")[1]
    assert page(client_of(zhou), "team_plans")[0] == 403


def test_a_plan_is_made_anew_by_the_person_and_refused_to_a_stranger(planned, client_of, lin, fang):
    lin.daily_slots = 3
    lin.save()
    answer = client_of(lin).post(reverse("plan_remade", args=[lin.pk]))
    assert answer.headers["Location"] == reverse("plan")
    assert DayPlan.objects.get().slots == 3
    assert client_of(fang).post(reverse("plan_remade", args=[lin.pk])).status_code == 404
