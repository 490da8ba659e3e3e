"""The manager's board counts what stands in the rows, in scope, with as many questions for many as for few."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.followups.models import Promise
from genjin.insights.floor import floor_of
from genjin.insights.supervision import boards_of

pytestmark = pytest.mark.django_db

COPY = "客户很感兴趣，资料已经发过去了，等他回话"


@pytest.fixture
def line_of(liang, at, today):
    def line(person, on=None):
        boards = boards_of(floor_of(liang, None, today=today), at=at, on=on or today)
        return next(line for board in boards for line in board.lines if line.person == person)

    return line


def test_overdue_customers_stand_on_every_step_they_have_passed(lin, customer_of, line_of):
    for due in (date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 11)):
        customer_of(lin, "4", due_on=due)
    assert line_of(lin).overdue == (3, 2, 1, 1)  # 1, 3, 5, 10 working days of a six-day week


def test_a_step_leads_to_exactly_its_customers(lin, liang, customer_of, client_of, line_of):
    customer_of(lin, "4", due_on=date(2026, 11, 23), name="新逾期")
    old = customer_of(lin, "4", due_on=date(2026, 11, 20), name="老逾期")
    mark = line_of(lin).marks[1] + timedelta(days=1)
    query = {"owner": lin.pk, "where": f"due:before:{mark.isoformat()}"}
    page = client_of(liang).get(reverse("customers"), query).content.decode()
    assert old.name in page
    assert "新逾期" not in page


def test_bookings_are_next_weeks_customers_with_a_day(lin, customer_of, line_of):
    monday = date(2026, 11, 30)
    for day in (monday, monday, monday + timedelta(days=5), monday - timedelta(days=1), monday + timedelta(days=7)):
        customer_of(lin, "4", planned_on=day, due_on=day)
    assert line_of(lin).booked == (2, 0, 0, 0, 0, 1)  # Monday to Saturday


def test_promises_are_open_late_kept_or_broken(lin, customer_of, line_of, at):
    row = customer_of(lin, "4")
    ends = [(1, None, False), (-1, None, False), (-1, at, False), (-1, at, True), (-9, at - timedelta(days=8), False)]
    for days, ended, is_broken in ends:
        Promise.objects.create(
            customer=row, by=lin, what="发案例", by_when=at + timedelta(days=days), made_at=at, ended_at=ended,
            is_broken=is_broken,
        )  # fmt: skip
    promises = line_of(lin).promises
    assert (promises.open, promises.late, promises.kept, promises.broken) == (1, 1, 1, 1)


def test_planted_copies_are_counted_and_short_notes_are_not(lin, zhou, customer_of, save, line_of):
    for _nth in range(3):
        save(lin, customer_of(lin, "4"), interests=["peers"], remarks=COPY)
        save(zhou, customer_of(zhou, "4"), interests=["peers"], remarks="说再考虑")
    assert (line_of(lin).notes.copied, line_of(zhou).notes.copied) == (3, 0)
    assert line_of(lin).notes.score == 20


def test_missed_calls_are_not_judged(lin, customer_of, save, line_of):
    save(lin, customer_of(lin, "4"), miss_reason="no_answer")
    assert (line_of(lin).notes.notes, line_of(lin).notes.score) == (0, None)


def test_class_moves_of_the_week_count_for_who_made_them(lin, customer_of, save, line_of):
    said = {"interests": ["peers"], "objections": ["price"], "services": ["front_page"], "remarks": "周四再谈"}
    row = customer_of(lin, "4")
    key_person, day = row.contact_people.get().pk, date(2026, 12, 1)
    save(lin, row, class_wanted="3", contact_person=key_person, next_on=day, **said)
    save(lin, customer_of(lin, "4"), class_wanted="5", **said)
    moves = line_of(lin).moves
    assert (moves.nearer, moves.farther, moves.new_three) == (1, 1, 1)


def test_contacts_are_counted_in_their_block(lin, customer_of, save, line_of, at):
    save(lin, customer_of(lin, "2"), interests=["peers"], moment=at.replace(hour=10, minute=5))
    save(lin, customer_of(lin, "4"), miss_reason="no_answer", moment=at.replace(hour=10, minute=30))
    made = line_of(lin).made
    assert [(each.class_code, each.is_effective) for each in made] == [("2", True), ("4", False)]


def test_the_manager_sees_the_page(lin, liang, customer_of, client_of):
    customer_of(lin, "4")
    answer = client_of(liang).get(reverse("insights"))
    assert answer.status_code == 200
    assert lin.name in answer.content.decode()


def test_a_floor_without_people_says_what_would_stand_here(fang, client_of):
    Customer.objects.all().delete()
    assert "chart" in client_of(fang).get(reverse("insights")).content.decode()


@pytest.mark.parametrize(
    "name", ["insights", "insights_notes", "insights_contacts", "insights_moves", "insights_promises"]
)
def test_a_seller_has_no_board(name, lin, client_of):
    assert client_of(lin).get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    "name", ["insights", "insights_notes", "insights_contacts", "insights_moves", "insights_promises"]
)
def test_another_regions_unit_is_not_there(name, fang, east_one, client_of):
    assert client_of(fang).get(reverse(name), {"unit": east_one.pk}).status_code == 404


def test_the_board_asks_few_questions_however_many_customers(
    lin, liang, customer_of, save, client_of, django_assert_max_num_queries
):
    for _nth in range(4):
        save(lin, customer_of(lin, "4"), interests=["peers"], remarks=COPY)
    client = client_of(liang)
    client.get(reverse("insights"))
    with django_assert_max_num_queries(21):
        client.get(reverse("insights"))
