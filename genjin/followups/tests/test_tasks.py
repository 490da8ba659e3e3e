from datetime import date, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Collaboration, Customer
from genjin.customers.services.ownership import assign_customer, lend_customer, release_customer
from genjin.customers.services.standing import close_customer
from genjin.followups.models import Task
from genjin.followups.services.corrections import undo_touch
from genjin.followups.tasks import services
from genjin.followups.tasks.services import Order, end_task, give_tasks, give_tasks_to_owners
from genjin.organization.events import HandOver
from genjin.organization.services import deactivate_person

pytestmark = pytest.mark.django_db
ORDER = Order(on=date(2026, 11, 25), purpose="催合同", wanted="盖章寄回")


@pytest.fixture
def customer(customer_of, lin):
    return customer_of(lin, "2", name="无锡朗悦搬家")


@pytest.fixture
def task(customer, lin, liang, at):
    return give_tasks(order=ORDER, people=[lin], customer=customer, by=liang, at=at).tasks[0]


def test_one_is_given_to_several_and_each_has_their_own(lin, zhou, liang, at):
    given = give_tasks(order=ORDER, people=[lin, zhou], by=liang, at=at)
    assert [(task.person, task.batch, task.customer) for task in Task.objects.order_by("pk")] == [
        (lin, given.batch, None),
        (zhou, given.batch, None),
    ]
    assert Entry.objects.filter(verb="task.given", kind="task").count() == 2


def test_at_a_customer_its_record_tells_it(task, customer):
    entry = Entry.objects.about("customer", customer.pk).first()
    assert (entry.verb, entry.changes["purpose"]) == ("task.given", [None, "催合同"])
    assert Customer.objects.get().version == customer.version


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purpose": "  "}, "task_says_nothing"),
        ({"on": date(2026, 11, 23)}, "date_before_today"),
    ],
)
def test_what_cannot_be_given_is_refused_and_nothing_is_there(lin, liang, at, change, code):
    order = Order(**{"on": ORDER.on, "purpose": ORDER.purpose, **change})
    with pytest.raises(Refused) as refused:
        give_tasks(order=order, people=[lin], by=liang, at=at)
    assert refused.value.reason.code == code
    assert Task.objects.count() == 0


def test_a_time_that_has_passed_is_refused(lin, liang, at, today):
    with pytest.raises(Refused, match="time_is_past"):
        give_tasks(order=Order(on=today, purpose="拜访", at=at - timedelta(hours=1)), people=[lin], by=liang, at=at)


def test_nobody_chosen_is_refused(liang, at):
    with pytest.raises(Refused, match="task_for_nobody"):
        give_tasks(order=ORDER, people=[], by=liang, at=at)


def test_only_who_leads_gives_and_only_to_their_own_people(lin, zhou, fang, han, liang, at):
    for by, person in ((lin, zhou), (fang, lin), (liang, han)):
        with pytest.raises(NotPermitted):
            give_tasks(order=ORDER, people=[person], by=by, at=at)
    assert Task.objects.count() == 0


def test_a_customer_of_another_is_refused_in_words_or_lent(customer, zhou, liang, at):
    with pytest.raises(Refused) as refused:
        give_tasks(order=ORDER, people=[zhou], customer=customer, by=liang, at=at)
    assert refused.value.reason.code == "task_customer_of_another"
    assert Collaboration.objects.count() == Task.objects.count() == 0
    give_tasks(order=ORDER, people=[zhou], customer=customer, lend=True, by=liang, at=at)
    lent = Collaboration.objects.get()
    assert (lent.person, lent.may_work, lent.ends_on) == (zhou, True, ORDER.on + services.LENT_FOR)


def test_the_owners_of_chosen_customers_each_have_theirs(customer_of, lin, zhou, liang, east_one, at):
    of_lin, of_zhou, pooled = customer_of(lin), customer_of(zhou), customer_of(lin)
    release_customer(customer=pooled, reason="测试", by=lin, at=at)
    given = give_tasks_to_owners(order=ORDER, customers=[of_lin, of_zhou, pooled], by=liang, at=at)
    assert {(task.person, task.customer) for task in Task.objects.all()} == {(lin, of_lin), (zhou, of_zhou)}
    assert given.left_out == [pooled]


def test_carried_out_with_a_short_result(task, lin, at):
    end_task(task=task, outcome="done", result="合同已寄出", by=lin, at=at)
    row = Task.objects.get()
    assert (row.outcome, row.result, row.ended_at) == ("done", "合同已寄出", at)


def test_carried_out_by_a_note_and_open_again_when_the_note_is_taken_back(task, customer, lin, save, at):
    touch = save(lin, customer, interests=["brand"], remarks="周五寄").touch
    end_task(task=task, outcome="done", touch=touch, by=lin, at=at)
    assert Task.objects.get().touch == touch
    undo_touch(touch=touch, by=lin, at=at)
    row = Task.objects.get()
    assert (row.outcome, row.ended_at, row.touch) == ("", None, None)


@pytest.mark.parametrize(("outcome", "code"), [("done", "task_done_how"), ("declined", "task_declined_why")])
def test_an_answer_says_something(task, lin, at, outcome, code):
    with pytest.raises(Refused, match=code):
        end_task(task=task, outcome=outcome, result=" ", by=lin, at=at)
    assert Task.objects.open().count() == 1


def test_a_note_of_another_customer_does_not_do(task, customer_of, lin, save, at):
    other = save(lin, customer_of(lin, "2"), interests=["brand"]).touch
    with pytest.raises(Refused, match="task_note_does_not_fit"):
        end_task(task=task, outcome="done", touch=other, by=lin, at=at)


def test_only_its_person_answers_and_only_who_leads_withdraws(task, lin, zhou, liang, fang, at):
    for by in (zhou, liang, fang):
        with pytest.raises(NotPermitted):
            end_task(task=task, outcome="done", result="好了", by=by, at=at)
    for by in (lin, zhou, fang):
        with pytest.raises(NotPermitted):
            services.withdraw_task(task=task, by=by, at=at)
    services.withdraw_task(task=task, reason="不用了", by=liang, at=at)
    assert (Task.objects.get().outcome, Task.objects.get().result) == ("withdrawn", "不用了")


def test_answering_twice_changes_nothing_and_a_slip_is_taken_back(task, lin, at):
    end_task(task=task, outcome="done", result="好了", by=lin, at=at)
    end_task(task=task, outcome="declined", result="没空", by=lin, at=at + timedelta(minutes=1))
    assert Task.objects.get().outcome == "done"
    services.reopen_task(task=task, by=lin, at=at)
    assert (Task.objects.get().outcome, Task.objects.get().result) == ("", "")


def test_giving_is_undone_with_what_was_lent_and_what_was_answered_stays(customer, lin, zhou, liang, at):
    given = give_tasks(order=ORDER, people=[lin, zhou], customer=customer, lend=True, by=liang, at=at)
    end_task(task=given.tasks[0], outcome="done", result="好了", by=lin, at=at)
    assert services.take_back_tasks(batch=given.batch, by=liang, at=at) == 1
    assert [task.outcome for task in Task.objects.order_by("pk")] == ["done", "withdrawn"]
    assert Collaboration.objects.count() == 0


def test_undoing_ends_no_lending_that_somebody_made_besides(customer, lin, zhou, liang, at):
    lend_customer(customer=customer, to=zhou, may_work=True, ends_on=ORDER.on + services.LENT_FOR, by=lin, at=at)
    given = give_tasks(order=ORDER, people=[zhou], customer=customer, lend=True, by=liang, at=at + timedelta(hours=1))
    services.take_back_tasks(batch=given.batch, by=liang, at=at + timedelta(hours=2))
    assert Collaboration.objects.get().ends_on == ORDER.on + services.LENT_FOR


def test_undoing_leaves_a_lending_that_was_changed_since(customer, lin, zhou, liang, at):
    given = give_tasks(order=ORDER, people=[zhou], customer=customer, lend=True, by=liang, at=at)
    until = ORDER.on + services.LENT_FOR
    lend_customer(customer=customer, to=zhou, may_work=True, ends_on=until, by=lin, at=at + timedelta(hours=1))
    services.take_back_tasks(batch=given.batch, by=liang, at=at + timedelta(hours=2))
    assert Collaboration.objects.count() == 1


def test_undoing_leaves_what_another_task_still_needs(customer, zhou, liang, at):
    given = give_tasks(order=ORDER, people=[zhou], customer=customer, lend=True, by=liang, at=at)
    give_tasks(order=ORDER, people=[zhou], customer=customer, by=liang, at=at)
    services.take_back_tasks(batch=given.batch, by=liang, at=at)
    assert Collaboration.objects.count() == 1


def test_undoing_gives_back_the_lending_of_before(customer, lin, zhou, liang, at):
    lend_customer(customer=customer, to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    given = give_tasks(order=ORDER, people=[zhou], customer=customer, lend=True, by=liang, at=at + timedelta(hours=1))
    assert Collaboration.objects.get().may_work
    services.take_back_tasks(batch=given.batch, by=liang, at=at + timedelta(hours=2))
    lent = Collaboration.objects.get()
    assert (lent.may_work, lent.ends_on) == (False, None)


def test_a_task_goes_with_its_customer(task, customer, zhou, liang, at):
    assign_customer(customer=customer, to=zhou, by=liang, at=at)
    assert Task.objects.get().person == zhou


def test_in_the_pool_it_waits_with_who_gave_it(task, customer, lin, liang, at):
    release_customer(customer=customer, reason="不合适", by=lin, at=at)
    row = Task.objects.get()
    assert (row.person, row.ended_at) == (liang, None)


def test_a_closed_customer_ends_it_and_undoing_the_close_opens_it(task, customer, lin, at):
    from genjin.customers.services import restoring

    close_customer(customer=customer, kind="dead", reason="关门了", by=lin, at=at)
    assert (Task.objects.get().outcome, Task.objects.get().withdrawn_by_rule) == ("withdrawn", "closed")
    entry = Entry.objects.about("customer", customer.pk).filter(verb="customer.closed").first()
    restoring.undo(entry=entry, by=lin, at=at)
    assert (Task.objects.get().outcome, Task.objects.get().person) == ("", lin)


def test_nothing_stays_open_with_somebody_who_left(task, lin, liang, zhou, at, today):
    give_tasks(order=ORDER, people=[lin], by=liang, at=at)
    deactivate_person(lin, hand_over=HandOver("successor", successor=zhou), by=liang, at=at, today=today)
    assert [each.person for each in Task.objects.open().order_by("pk")] == [zhou, liang]


def test_when_who_gave_it_has_left_too_it_ends(lin, liang, qian, at, today):
    give_tasks(order=ORDER, people=[lin], by=liang, at=at)
    for person in (liang, lin):
        deactivate_person(person, hand_over=HandOver("pool"), by=qian, at=at, today=today)
    assert (Task.objects.get().outcome, Task.objects.get().withdrawn_by_rule) == ("withdrawn", "left")
