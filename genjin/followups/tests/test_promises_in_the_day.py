"""What was promised by today stands in the day and in its plan, at its time, once; a question left open comes again."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from genjin.followups.day import day_of
from genjin.followups.models import PlannedContact
from genjin.followups.plans.progress import progress_of, second_contacts
from genjin.followups.plans.services import make_plans
from genjin.followups.services.agreements import end_promise, make_promise
from genjin.playbooks.practice import practice_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clockwork(today):
    def moment(hour, minute=0, day=0):
        return timezone.make_aware(datetime.combine(today + day * DAY, time(hour, minute)))

    return moment


@pytest.fixture
def promised(lin, clockwork):
    def promise(row, *, by_when, made=None, what="发报价"):
        return make_promise(customer=row, what=what, by_when=by_when, by=lin, at=made or clockwork(9))

    return promise


def stand(lin, at):
    """Customer → block and the codes of why it is there."""
    blocks = day_of(lin, at=at).blocks
    return {
        row.customer: (block.block.code, [reason.code for reason in row.reasons])
        for block in blocks
        for row in block.rows
    }


def test_a_promise_of_today_stands_at_its_time_though_the_customer_is_planned_later(
    customer_of, promised, lin, today, clockwork
):
    row = customer_of(lin, "4", planned_on=today + 5 * DAY, due_on=today + 6 * DAY)
    promised(row, by_when=clockwork(15, 30))
    assert stand(lin, clockwork(9)) == {row.pk: ("three", ["today_promise", "today_cycle"])}
    make_plans(at=clockwork(5, 5))
    contact = PlannedContact.objects.get()
    assert (contact.customer_id, contact.block, contact.why[0]["what"]) == (
        row.pk, "three", "发报价",
    )  # fmt: skip


def test_a_customer_with_a_promise_an_appointment_and_a_due_date_stands_once(
    customer_of, promised, lin, today, clockwork
):
    row = customer_of(lin, "3", planned_on=today, due_on=today, appointment_at=clockwork(14))
    promised(row, by_when=clockwork(11))
    promised(row, by_when=clockwork(17), what="发案例")
    codes = ["today_appointment", "today_promise", "today_cycle"]
    assert stand(lin, clockwork(9)) == {row.pk: ("new_afternoon", codes)}


def test_a_late_promise_comes_first_and_a_kept_one_not_at_all(customer_of, promised, lin, today, clockwork):
    late = customer_of(lin, "5", planned_on=today + 5 * DAY, due_on=today + 6 * DAY)
    kept = customer_of(lin, "5", planned_on=today + 5 * DAY, due_on=today + 6 * DAY)
    promised(late, by_when=clockwork(10), made=clockwork(9))
    end_promise(promise=promised(kept, by_when=clockwork(10)), kept=True, by=lin, at=clockwork(9, 30))
    tomorrow = stand(lin, clockwork(9, day=1))
    assert tomorrow == {late.pk: ("new_morning", ["today_promise_late", "today_cycle"])}


def test_a_promise_of_another_day_or_another_person_is_not_there(customer_of, promised, lin, zhou, today, clockwork):
    row = customer_of(lin, "4", planned_on=today + 5 * DAY, due_on=today + 6 * DAY)
    promised(row, by_when=clockwork(10, day=2))
    assert stand(lin, clockwork(9)) == {}
    assert stand(zhou, clockwork(9, day=2)) == {}


def test_who_was_spoken_with_waits_for_the_ticking_off_only(customer_of, promised, save, lin, today, clockwork):
    row = customer_of(lin, "4", planned_on=today, due_on=today)
    promised(row, by_when=clockwork(17))
    save(lin, row, moment=clockwork(11), effective=True, interests=("peers",))
    assert stand(lin, clockwork(12)) == {}
    assert day_of(lin, at=clockwork(12)).promises_due == 1


def test_what_was_promised_in_the_talk_for_today_comes_again_at_its_time(customer_of, save, lin, today, clockwork):
    row = customer_of(lin, "4", planned_on=today, due_on=today)
    save(
        lin, row, moment=clockwork(11), effective=True, promise_what="下午回电", promise_by_when=clockwork(15, 30)
    )  # fmt: skip
    assert stand(lin, clockwork(12))[row.pk][0] == "three"
    assert stand(lin, clockwork(12))[row.pk][1][:2] == ["today_promise", "today_open_question"]


def test_a_key_customer_left_with_an_open_promise_gets_one_second_slot_and_no_third(
    customer_of, promised, save, lin, today, clockwork
):
    row = customer_of(lin, "3k", planned_on=today, due_on=today)
    promised(row, by_when=clockwork(17))
    make_plans(at=clockwork(9, 30))
    save(lin, row, moment=clockwork(11), effective=True, interests=("peers",))
    day = day_of(lin, at=clockwork(12))
    (again,) = day.rows
    assert (again.customer, again.is_second, [b.block.code for b in day.blocks if b.rows]) == (row.pk, True, ["four"])
    (block,) = progress_of(PlannedContact.objects.get().plan)
    assert (block.planned, block.done) == (1, 1)
    save(lin, row, moment=clockwork(17, 10), effective=True, interests=("peers",))
    assert day_of(lin, at=clockwork(17, 20)).rows == []
    assert PlannedContact.objects.count() == 1


def test_a_key_customer_that_was_not_reached_comes_again_in_another_block_and_is_planned_once(
    customer_of, save, lin, today, clockwork
):
    lin.daily_slots = 4
    lin.save()
    key = customer_of(lin, "3k", planned_on=today, due_on=today + 3 * DAY)
    for _n in range(3):
        customer_of(lin, "4", planned_on=today, due_on=today)
    make_plans(at=clockwork(5, 5))
    plan = PlannedContact.objects.first().plan
    practice = practice_of(lin.unit)
    save(lin, key, moment=clockwork(11, 10), miss_reason="no_answer", effective=False)
    day = day_of(lin, at=clockwork(12))
    assert [row.customer for row in day.rows if row.is_second] == [key.pk]
    assert stand(lin, clockwork(12))[key.pk][0] in ("three", "new_afternoon", "four")
    assert day.total <= 4 + 1
    seconds = second_contacts(plan, practice.playbook)
    assert (seconds.asked, seconds.made) == (1, 0)
    save(lin, key, moment=clockwork(15, 10), effective=True, interests=("peers",))
    seconds = second_contacts(plan, practice.playbook)
    assert (seconds.asked, seconds.made) == (1, 1)
    assert sum(block.planned for block in progress_of(plan)) == 4


def test_once_more_today_is_a_second_slot(customer_of, save, lin, today, clockwork):
    row = customer_of(lin, "3k", planned_on=today, due_on=today)
    save(lin, row, moment=clockwork(10, 20), effective=True, interests=("peers",), next_on=today)
    assert stand(lin, clockwork(10, 30))[row.pk][1][0] == "today_open_question"


def test_the_form_offers_once_more_today_to_key_customers(customer_of, client_of, lin, today):
    key = customer_of(lin, "3k", planned_on=today, due_on=today)
    normal = customer_of(lin, "4", planned_on=today, due_on=today)
    client = client_of(lin)
    assert 'value="today" data-key="0"' in client.get(f"/today/{key.pk}/").content.decode()
    assert 'value="today" data-key="0"' not in client.get(f"/today/{normal.pk}/").content.decode()
