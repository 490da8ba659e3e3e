"""The year's public holidays and make-up days in the settings."""

from datetime import date

import pytest

from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.services import fill_known_years
from genjin.organization.models import Person


@pytest.fixture
def published(db, at):
    fill_known_years(at=at)


def test_the_page_shows_the_year_and_warns_of_the_unknown_next(published, client_of, qian):
    page = client_of(qian).get("/settings/calendar/").content.decode()
    assert "国庆节" in page
    assert "2026 年上班 248 天" in page
    assert "2027 年的放假安排还没有" in page


def test_the_unknown_year_itself_says_so_and_another_year_can_be_seen(published, client_of, qian):
    client = client_of(qian)
    assert "2027 年的放假安排还没有" in client.get("/settings/calendar/?year=2027").content.decode()
    assert "2024 年上班 251 天" in client.get("/settings/calendar/?year=2024").content.decode()


@pytest.mark.parametrize("year", ["x", "99999", "1066", "²026"])
def test_a_year_that_is_none_shows_this_one(published, client_of, qian, year):
    assert "2026 年上班 248 天" in client_of(qian).get("/settings/calendar/", {"year": year}).content.decode()


def test_the_owner_adds_a_holiday_and_the_warning_goes(published, client_of, qian):
    client = client_of(qian)
    answer = client.post(
        "/settings/calendar/days/", {"kind": "holiday", "first": "2027-10-01", "last": "2027-10-07", "name": "国庆节"}
    )
    assert (answer.status_code, answer.url) == (302, "/settings/calendar/?year=2027")
    assert CalendarDay.objects.filter(on__year=2027, kind="holiday", name="国庆节").count() == 7
    assert "2027 年的放假安排还没有" not in client.get("/settings/calendar/?year=2027").content.decode()


def test_the_owner_takes_a_day_out(published, client_of, qian):
    day = CalendarDay.objects.get(on=date(2026, 10, 10))
    answer = client_of(qian).post(f"/settings/calendar/days/{day.pk}/remove/")
    assert answer.url == "/settings/calendar/?year=2026"
    assert not CalendarDay.objects.filter(pk=day.pk).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "holiday", "first": "2026-10-01"}, "2026-10-01 已经在日历里"),
        ({"kind": "holiday", "first": "2027-10-07", "last": "2027-10-01"}, "一次加 1–31 天"),
        ({"kind": "holiday", "first": "2027-02-30"}, "2027-02-30"),
        ({"kind": "party", "first": "2027-02-03"}, "2027-02-03"),
    ],
)
def test_what_cannot_be_added_is_said_and_stays_typed(published, client_of, qian, typed, said):
    days = CalendarDay.objects.count()
    answer = client_of(qian).post("/settings/calendar/days/", {**typed, "year": "2027"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert CalendarDay.objects.count() == days


def test_a_seller_sees_it_and_may_change_nothing(published, client_of, lin):
    client = client_of(lin)
    page = client.get("/settings/calendar/").content.decode()
    assert "国庆节" in page
    assert "/settings/calendar/days/" not in page
    day = CalendarDay.objects.get(on=date(2026, 10, 10))
    assert client.post("/settings/calendar/days/", {"kind": "holiday", "first": "2027-10-01"}).status_code == 403
    assert client.post(f"/settings/calendar/days/{day.pk}/remove/").status_code == 403
    assert CalendarDay.objects.filter(pk=day.pk).exists()


def test_published_days_are_called_in_the_readers_language_and_others_as_typed(published, client_of, qian):
    CalendarDay.objects.create(on=date(2026, 7, 9), kind="holiday", name="厂庆")
    Person.objects.filter(pk=qian.pk).update(language="en")
    page = client_of(Person.objects.get(pk=qian.pk)).get("/settings/calendar/?year=2026").content.decode()
    assert "National Day" in page
    assert "国庆节" not in page
    assert "厂庆" in page
