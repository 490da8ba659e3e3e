"""The figures before a playbook takes effect are those that come true after it."""

from datetime import timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.standing import move_class
from genjin.organization.models import Unit
from genjin.playbooks.editions.effects import effects
from genjin.playbooks.models import Adoption
from genjin.playbooks.schema import shipped
from genjin.playbooks.tests.changing import changed, made_current, without_class

pytestmark = pytest.mark.django_db
NOW = shipped()["telesales"]


@pytest.fixture
def floor(owned, lin, zhou, liang, at):
    """Lin holds six of normal 3, the n-th spoken with n days ago; Zhou two of class 5."""
    for n in range(6):
        row = move_class(customer=owned(lin, f"客户 {n}"), to="3", reason="x", by=liang, at=at - timedelta(days=n))
        assert row.due_why["code"] == "due_after_class_move"
    for n in range(2):
        move_class(customer=owned(zhou, f"别的 {n}"), to="5", reason="x", by=liang, at=at)


def dates(rows):
    return dict(rows.values_list("pk", "due_on"))


@pytest.mark.parametrize("cycle", [{"min": 1, "max": 1}, {"min": 1, "max": 3}, {"min": 5, "max": 12}])
def test_the_dates_said_before_are_the_dates_after(floor, qian, at, today, cycle):
    wanted, before = changed({"classes.3.cycle": cycle}), dates(Customer.objects.all())
    (said,) = effects(NOW, wanted, today).dates
    made_current(wanted, by=qian, at=at, dates_too=True)
    after = dates(Customer.objects.all())
    assert (said.class_code, said.customers) == ("3", 6)
    assert said.earlier == sum(after[pk] < day for pk, day in before.items())
    assert said.later == sum(after[pk] > day for pk, day in before.items())
    assert said.newly_overdue == sum(after[pk] < today <= day for pk, day in before.items())
    assert said.no_longer_overdue == sum(day < today <= after[pk] for pk, day in before.items())
    assert said.earlier + said.later == 6


def test_a_limit_below_what_people_hold_is_told_and_not_refused(floor, zhou, qian, at, today):
    wanted = changed({"sizes.0.stock.4.limit": 1})
    (limit,) = effects(NOW, wanted, today).limits
    assert (limit.classes, limit.before, limit.after, limit.above_before) == (("5",), 50, 1, 0)
    assert [(each.name, each.held, each.excess) for each in limit.above_after] == [(zhou.name, 2, 1)]
    made_current(wanted, by=qian, at=at)


def test_a_limit_is_told_once_for_all_units_with_the_same_number_set(floor, east, today):
    other = Unit.objects.create(name="华东二组", parent=east)
    Adoption.objects.create(unit=other, playbook="telesales", size="standard")
    assert len(effects(NOW, changed({"sizes.0.stock.4.limit": 1}), today).limits) == 1


def test_the_load_of_each_person_before_and_after(floor, lin, today):
    found = effects(
        NOW, changed({"classes.3.cycle": {"min": 1, "max": 1}, "daily_slots": 30, "blocks.0.target": 0}), today
    )
    line = next(each for each in found.loads if each.name == lin.name)
    assert (line.before.slackest, line.after.slackest) == (0.75, 6.0)
    assert (line.slots_before, line.slots_after, found.people, found.customers) == (40, 30, 2, 8)


def test_too_much_for_a_day_is_counted(floor, lin, today):
    lin.daily_slots = 5
    lin.save()
    found = effects(NOW, changed({"classes.3.cycle": {"min": 1, "max": 1}}), today)
    assert (found.too_much_before, found.too_much_after) == (0, 1)


def test_how_many_stand_in_a_class_that_is_left_out(floor, today):
    found = effects(NOW, without_class("5", became="6"), today)
    assert found.merged == {"5": 2}


def test_nobody_who_works_by_another_playbook_is_counted(floor, owned, fang, today):
    owned(fang)
    assert effects(NOW, changed({"daily_slots": 41}), today).customers == 8


def test_it_asks_a_few_questions_however_many_customers(floor, today, django_assert_max_num_queries):
    wanted = changed({"classes.3.cycle": {"min": 1, "max": 1}})
    with django_assert_max_num_queries(9):
        effects(NOW, wanted, today)
