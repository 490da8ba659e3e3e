"""Before anything is written: who could not reach the new ones in time, who would stand above a limit, who is late."""

from datetime import date

import pytest

from genjin.customers.importing.capacity import first_contact_classes, reach
from genjin.customers.models import Customer
from genjin.customers.tests.importing import checked, counts, imported
from genjin.playbooks.schema import shipped

TELESALES, GENERAL = shipped()["telesales"].resolved(), shipped()["general"].resolved()


def rows(count: int, owner: str = "lin", cls: str = "", last: str = "", start: int = 0) -> str:
    lines = [f"客户{start + n},{owner},{cls},{last}" for n in range(count)]
    return "客户,负责人,类别,最后跟进时间\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("playbook", "slots", "waiting", "room"),
    [
        (TELESALES, 40, 0, 112),  # C3: 6 and 8 a day, in 8 working days
        (TELESALES, 40, 100, 12),
        (TELESALES, 40, 200, 0),
        (TELESALES, 10, 0, 80),
        (GENERAL, 20, 0, 100),
        (GENERAL, 5, 0, 25),
    ],
)
def test_how_many_new_ones_can_be_reached_in_time(playbook, slots, waiting, room):
    assert reach(playbook, slots=slots, waiting=waiting).room == room


def test_new_ones_stand_in_the_classes_with_a_first_contact():
    assert first_contact_classes(TELESALES) == {"0", "0k"}
    assert first_contact_classes(GENERAL) == {"C"}


@pytest.mark.django_db
def test_too_many_new_ones_are_said_with_their_figures(liang, lin, at):
    run = checked(liang, at, rows(120))
    assert run.preview["unreachable"] == [
        {"name": "林小满", "new": 120, "waiting": 0, "room": 112, "excess": 8, "a_day": 14, "days": 8}
    ]
    assert checked(liang, at, rows(112)).preview["unreachable"] == []


@pytest.mark.django_db
def test_those_already_waiting_take_room_and_those_talked_with_do_not(liang, lin, at):
    imported(liang, at, rows(100))
    assert checked(liang, at, rows(20, start=100)).preview["unreachable"][0]["excess"] == 8
    assert checked(liang, at, rows(20, cls="0", last="2026-11-20", start=200)).preview["unreachable"] == []


@pytest.mark.django_db
def test_the_excess_may_go_to_the_pool_of_the_owners_team(liang, lin, zhou, east_one, at):
    run = imported(liang, at, rows(120) + rows(5, "zhou", start=200).partition("\n")[2], excess_to_pool=True)
    assert counts(run) == (125, 125, 0, 0)
    assert Customer.objects.owned_by(lin).count() == 112
    assert Customer.objects.owned_by(zhou).count() == 5
    pooled = Customer.objects.filter(pool=east_one.pool)
    assert list(pooled.order_by("pk").values_list("name", flat=True)) == [f"客户{n}" for n in range(112, 120)]
    assert not pooled.exclude(due_on=None, planned_on=None, owned_since=None).exists()


@pytest.mark.django_db
def test_a_limit_is_said_and_refuses_nothing(liang, lin, at):
    run = imported(liang, at, rows(160, cls="4", last="2026-11-20"))
    assert run.preview["limits"] == [
        {"name": "林小满", "classes": "重4、普4", "held": 0, "adding": 160, "limit": 150, "over": 10}
    ]
    assert Customer.objects.owned_by(lin).count() == 160


@pytest.mark.django_db
def test_who_is_overdue_at_once_is_counted_per_person(liang, lin, zhou, at):
    text = rows(3, cls="3", last="2026-09-01") + rows(2, "zhou", "3", "2026-11-23", start=9).partition("\n")[2]
    run = imported(liang, at, text)
    assert run.preview["overdue"] == 3
    assert [(one["name"], one["rows"], one["overdue"]) for one in run.preview["owners"]] == [
        ("林小满", 3, 3),
        ("周雨桐", 2, 0),
    ]
    assert Customer.objects.overdue(date(2026, 11, 24)).count() == 3
