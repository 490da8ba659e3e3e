from datetime import date, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.services import restoring
from genjin.followups.week.services import move_to_day

pytestmark = pytest.mark.django_db
THURSDAY, SATURDAY, SUNDAY = date(2026, 11, 26), date(2026, 11, 28), date(2026, 11, 29)


@pytest.fixture
def customer(customer_of, lin):
    """Key 3, its class from today: from Thursday the 26th to Monday the 30th."""
    return customer_of(lin, "3k", planned_on=THURSDAY, planned_why={"code": "planned_first_day"})


def test_a_day_inside_the_cycle_needs_no_reason_and_leaves_the_due_date(customer, lin, at):
    moved = move_to_day(customer=customer, on=SATURDAY, by=lin, at=at)
    row = Customer.objects.get()
    assert (row.planned_on, row.due_on) == (SATURDAY, customer.due_on)
    assert (row.planned_why["code"], row.planned_why["by"]) == ("planned_by_person", lin.name)
    assert (moved.load, moved.slots, moved.is_full) == (1, 40, False)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 11, 25), "day_before_cycle"),
        (SUNDAY, "day_is_off"),
        (date(2026, 12, 8), "reason_needed_past_cycle"),
        (date(2026, 11, 23), "date_before_today"),
    ],
)
def test_refused_means_nothing_changed(customer, lin, at, on, code):
    with pytest.raises(Refused) as refused:
        move_to_day(customer=customer, on=on, by=lin, at=at)
    assert refused.value.reason.code == code
    row = Customer.objects.get()
    assert (row.planned_on, row.version) == (THURSDAY, customer.version)


@pytest.mark.parametrize(
    ("on", "due_on"),
    [(date(2026, 11, 25), date(2026, 11, 30)), (SUNDAY, date(2026, 11, 30)), (date(2026, 12, 8), date(2026, 12, 8))],
    ids=["earlier", "a day off", "later: the due date goes with it"],
)
def test_with_a_reason_a_person_has_any_day(customer, lin, at, on, due_on):
    move_to_day(customer=customer, on=on, reason="他只有那天在", by=lin, at=at)
    row = Customer.objects.get()
    assert (row.planned_on, row.due_on, row.planned_why["text"]) == (on, due_on, "他只有那天在")


def test_a_full_day_takes_it_and_says_so(customer, customer_of, lin, at):
    lin.daily_slots = 1
    lin.save()
    customer_of(lin, "3k", planned_on=SATURDAY)
    moved = move_to_day(customer=customer, on=SATURDAY, by=lin, at=at)
    assert (moved.load, moved.slots, moved.is_full) == (2, 1, True)


def test_the_same_day_again_changes_nothing(customer, lin, at):
    move_to_day(customer=customer, on=THURSDAY, by=lin, at=at)
    assert Customer.objects.get().version == customer.version


def test_the_move_is_taken_back(customer, lin, at):
    move_to_day(customer=customer, on=SATURDAY, by=lin, at=at)
    restoring.undo(entry=Entry.objects.about("customer", customer.pk).first(), by=lin, at=at + timedelta(minutes=1))
    assert Customer.objects.get().planned_on == THURSDAY


def test_a_colleague_may_not_and_who_leads_may(customer, zhou, liang, at):
    with pytest.raises(NotPermitted):
        move_to_day(customer=customer, on=SATURDAY, by=zhou, at=at)
    move_to_day(customer=customer, on=SATURDAY, by=liang, at=at)
    assert Customer.objects.get().planned_why["by"] == liang.name
