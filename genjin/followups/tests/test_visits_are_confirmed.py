from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import Appointment
from genjin.followups.services.agreements import end_appointment, make_appointment
from genjin.followups.services.corrections import undo_touch
from genjin.followups.week.confirming import confirm_visit, visits_to_confirm
from genjin.followups.week.rules import confirmed_from
from genjin.followups.week.team import team_week

SIX = WorkingCalendar(week=Week.SIX)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("visit_on", "since"),
    [
        (FRIDAY, date(2026, 11, 26)),
        (date(2026, 11, 30), date(2026, 11, 28)),
        (date(2026, 11, 29), date(2026, 11, 28)),
    ],
    ids=["the day before", "on Monday: Saturday is worked", "on a Sunday"],
)
def test_a_visit_is_confirmed_from_the_last_working_day_before(visit_on, since):
    assert confirmed_from(visit_on, SIX) == since


@pytest.fixture
def visit(db, customer_of, lin, at):
    """Tomorrow at ten."""
    row = customer_of(lin, "2", name="无锡朗悦搬家")
    return make_appointment(customer=row, when=at + timedelta(days=1), kind="visit", purpose="签约", by=lin, at=at)


def asked(lin, at):
    return visits_to_confirm({lin.pk: SIX}, at=at)[lin.pk]


def test_tomorrows_visit_is_asked_for_and_a_later_one_or_a_call_is_not(visit, customer_of, lin, at):
    for days, kind in ((2, "visit"), (1, "call")):
        make_appointment(customer=customer_of(lin, "2"), when=at + timedelta(days=days), kind=kind, by=lin, at=at)
    assert [(each.appointment, each.is_confirmed) for each in asked(lin, at)] == [(visit, False)]


def test_over_a_sunday_it_is_asked_for_on_saturday(visit, lin):
    Appointment.objects.update(at=datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai")))
    friday, saturday = (datetime(2026, 11, day, 9, tzinfo=ZoneInfo("Asia/Shanghai")) for day in (27, 28))
    assert asked(lin, friday) == []
    assert len(asked(lin, saturday)) == 1


def test_one_tick_confirms_it_and_is_taken_back(visit, lin, at):
    confirm_visit(appointment=visit, confirmed=True, by=lin, at=at)
    assert [each.by_tick for each in asked(lin, at)] == [True]
    confirm_visit(appointment=visit, confirmed=False, by=lin, at=at)
    assert [each.is_confirmed for each in asked(lin, at)] == [False]


def test_having_talked_confirms_it_until_the_note_is_taken_back(visit, lin, save, at):
    touch = save(lin, visit.customer, interests=["brand"]).touch
    assert [(each.by_tick, each.by_note) for each in asked(lin, at)] == [(False, True)]
    undo_touch(touch=touch, by=lin, at=at)
    assert [each.is_confirmed for each in asked(lin, at)] == [False]


def test_a_talk_of_the_day_before_yesterday_confirms_nothing(visit, lin, save, at):
    save(lin, visit.customer, interests=["brand"], moment=at - timedelta(days=1))
    assert [each.is_confirmed for each in asked(lin, at)] == [False]


def test_the_talk_in_which_it_was_agreed_does_not_confirm_it(db, customer_of, lin, save, at):
    row = customer_of(lin, "2")
    save(lin, row, interests=["brand"], appointment_at=at + timedelta(days=1), appointment_kind="visit")
    assert [each.is_confirmed for each in asked(lin, at)] == [False]


def test_only_an_open_visit_and_only_by_who_works_it(visit, customer_of, lin, zhou, at):
    with pytest.raises(NotPermitted):
        confirm_visit(appointment=visit, confirmed=True, by=zhou, at=at)
    end_appointment(appointment=visit, result="改期", by=lin, at=at)
    with pytest.raises(Refused, match="no_visit_to_confirm"):
        confirm_visit(appointment=visit, confirmed=True, by=lin, at=at)
    assert Appointment.objects.get().confirmed_at is None


def test_it_stands_in_the_day_and_is_ticked_there(visit, client_of, lin):
    client = client_of(lin)
    assert "确认明天的拜访：无锡朗悦搬家" in client.get(reverse("today")).content.decode()
    answer = client.post(reverse("visit_confirmed", args=[visit.pk]), headers={"HX-Request": "true"})
    assert 'id="today_besides"' in answer.content.decode()
    assert "已确认" in answer.content.decode()
    assert client.post(reverse("visit_confirmed", args=[visit.pk]), {"taken_back": "1"}).status_code == 303
    assert Appointment.objects.get().confirmed_at is None


def test_the_manager_sees_what_nobody_confirmed(visit, client_of, liang, fang, zhou, lin, at):
    page = client_of(liang).get(reverse("week_team")).content.decode()
    assert "有 1 个拜访没确认。" in page
    assert "无锡朗悦搬家" in page
    assert "无锡朗悦搬家" not in client_of(fang).get(reverse("week_team")).content.decode()
    assert client_of(zhou).get(reverse("week_team")).status_code == 403
    assert client_of(fang).post(reverse("visit_confirmed", args=[visit.pk])).status_code == 404
    confirm_visit(appointment=visit, confirmed=True, by=lin, at=at)
    assert "没确认" not in client_of(liang).get(reverse("week_team")).content.decode()


def test_a_teams_week_has_a_row_for_each_with_what_lacks(visit, customer_of, lin, zhou, at, today):
    for _number in range(3):
        customer_of(zhou, "3k", planned_on=today + timedelta(days=2))
    week = team_week([lin, zhou], monday=date(2026, 11, 23), at=at)
    lines = {line.person: line for line in week.lines}
    assert [day.booked.total for day in lines[zhou].days] == [0, 0, 0, 3, 0, 0, 0]
    assert [day.lacking for day in lines[zhou].days] == [0, 0, 25, 17, 15, 15, 0]
    assert [day.booked.total for day in lines[lin].days] == [0, 0, 1, 0, 0, 0, 0]
    assert week.totals == [0, 0, 1, 3, 0, 0, 0]


def test_a_teams_week_takes_as_many_queries_for_two_as_for_one(
    db, customer_of, lin, zhou, at, django_assert_max_num_queries
):
    for owner in (lin, zhou):
        customer_of(owner, "3k", planned_on=FRIDAY)
    with django_assert_max_num_queries(8):
        team_week([lin, zhou], monday=date(2026, 11, 23), at=at)
