"""What a failed attempt moves: the planned day, never the due date; after three in a row the person decides."""

from datetime import date, timedelta

import pytest

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.followups.models import Touch

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


def missed(save, lin, customer, times, **last):
    for n in range(times):
        more = last if n == times - 1 else {}
        result = save(lin, Customer.objects.get(pk=customer.pk), miss_reason="no_answer", effective=False, **more)
    return result


@pytest.mark.parametrize("code", ["0", "3", "4", "5", "7"])
def test_the_first_miss_of_a_normal_customer_is_tried_again_the_next_working_day(customer_of, save, lin, code):
    customer = customer_of(lin, code)
    saved = missed(save, lin, customer, 1)
    assert saved.customer.planned_on == WEDNESDAY
    assert saved.customer.due_on == customer.due_on


@pytest.mark.parametrize("code", ["1", "2", "3k", "4k", "0k"])
def test_the_first_miss_of_a_key_customer_is_tried_again_the_same_day(customer_of, save, lin, today, code):
    saved = missed(save, lin, customer_of(lin, code), 1)
    assert saved.customer.planned_on == today
    assert saved.customer.planned_why["code"] == "retry_same_day"


def test_the_second_miss_waits_two_working_days(customer_of, save, lin):
    assert missed(save, lin, customer_of(lin, "3k"), 2).customer.planned_on == THURSDAY


def test_an_overdue_customer_that_is_not_reached_stays_overdue(customer_of, save, lin, today):
    customer = customer_of(lin, "3", due_on=today - timedelta(days=3))
    row = missed(save, lin, customer, 2).customer
    assert row.due_on == today - timedelta(days=3)
    assert row.follow_up_state(today) == "overdue"


@pytest.mark.parametrize(
    ("code", "kp", "proposed"),
    [
        ("0", False, "propose_class_move"),
        ("0", True, "propose_give_up"),
        ("5", True, "propose_give_up"),
        ("4", True, "propose_give_up"),
        ("3", True, "propose_tell_lead"),
        ("4k", True, "propose_tell_lead"),
        ("7", True, "propose_tell_lead"),
    ],
)
def test_the_third_miss_in_a_row_says_what_the_playbook_proposes(customer_of, save, lin, code, kp, proposed):
    saved = missed(save, lin, customer_of(lin, code, kp=kp), 3)
    assert [reason.code for reason in saved.said] == [proposed]
    assert saved.customer.class_code == code


def test_a_decision_before_the_third_miss_is_refused(customer_of, save, lin):
    customer = customer_of(lin, "5")
    with pytest.raises(Refused, match="no_three_misses_yet"):
        missed(save, lin, customer, 1, third_miss="close", decision_reason="空号")
    assert Touch.objects.count() == 0


def test_a_decision_needs_a_reason(customer_of, save, lin):
    customer = customer_of(lin, "5")
    missed(save, lin, customer, 2)
    with pytest.raises(Refused, match="decision_needs_a_reason"):
        missed(save, lin, customer, 1, third_miss="pool")
    assert Customer.objects.get(pk=customer.pk).missed_in_row == 2


def test_a_decision_that_the_playbook_does_not_offer_is_refused(customer_of, save, lin):
    customer = customer_of(lin, "3")
    missed(save, lin, customer, 2)
    with pytest.raises(Refused, match="decision_not_offered"):
        missed(save, lin, customer, 1, third_miss="close", decision_reason="不想打了")


def test_without_a_known_kp_a_new_customer_moves_to_class_5(customer_of, save, lin, today):
    row = missed(save, lin, customer_of(lin, "0", kp=False), 3, third_miss="move", decision_reason="没人接").customer
    assert (row.class_code, row.missed_in_row, row.class_since) == ("5", 0, today)
    assert today < row.planned_on <= row.due_on


def test_into_the_pool_it_loses_owner_and_dates(customer_of, save, lin, east_one):
    row = missed(save, lin, customer_of(lin, "5"), 3, third_miss="pool", decision_reason="三次没人").customer
    assert (row.owner_id, row.pool_id, row.due_on, row.planned_on) == (None, east_one.pool.pk, None, None)
    assert Touch.objects.get(customer=row, reason="三次没人").planned_on is None


def test_closed_it_keeps_the_reason(customer_of, save, lin):
    row = missed(save, lin, customer_of(lin, "4"), 3, third_miss="close", decision_reason="店关了").customer
    assert (row.is_open, row.closed_kind, row.closed_reason) == (False, "dead", "店关了")


def test_to_keep_on_is_a_persons_date_and_counts_anew(customer_of, save, lin, today):
    on = today + timedelta(days=7)
    row = missed(
        save, lin, customer_of(lin, "4"), 3, third_miss="keep", decision_reason="老板下周回来", next_on=on
    ).customer
    assert (row.due_on, row.planned_on, row.missed_in_row) == (on, on, 0)
    assert row.due_why["text"] == "老板下周回来"


def test_an_effective_contact_ends_the_row_of_misses(customer_of, save, lin):
    customer = customer_of(lin, "5")
    missed(save, lin, customer, 2)
    save(lin, customer, effective=True, interests=["peers"])
    assert Customer.objects.get(pk=customer.pk).missed_in_row == 0
