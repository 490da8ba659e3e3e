from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.models import Task
from genjin.followups.tasks.services import Order, end_task, give_tasks

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 11, 25)


@pytest.fixture
def customer(customer_of, lin):
    return customer_of(lin, "4", name="无锡朗悦搬家")


@pytest.fixture
def task(customer, lin, liang, at, today):
    order = Order(on=today, purpose="催合同", wanted="盖章寄回")
    return give_tasks(order=order, people=[lin], customer=customer, by=liang, at=at).tasks[0]


def test_a_manager_gives_one_from_the_customers_page(client_of, liang, lin, customer):
    client, address = client_of(liang), reverse("task_new")
    form = client.get(address, {"customer": customer.pk}).content.decode()
    assert f'value="{lin.pk}" class="check"' in form or "checked" in form
    sent = {
        "customer": customer.pk,
        "among": [lin.pk],
        "purpose": "催合同",
        "on": TOMORROW,
        "kind": "visit",
        "at": "14:30",
    }
    assert client.post(address, sent).status_code == 303
    row = Task.objects.get()
    assert (row.person, row.customer, row.kind, row.at.hour) == (lin, customer, "visit", 6)


def test_what_is_wrong_is_said_in_place_with_nothing_lost(client_of, liang, zhou, customer):
    sent = {"customer": customer.pk, "among": [zhou.pk], "purpose": "催合同", "on": TOMORROW}
    answer = client_of(liang).post(reverse("task_new"), sent)
    assert answer.status_code == 422
    assert "归 林小满" in answer.content.decode()
    assert 'value="催合同"' in answer.content.decode()
    assert Task.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"among": "x", "on": "2026-02-30", "purpose": "y" * 300}, {"customer": "a"}])
def test_bad_input_is_refused(client_of, liang, sent):
    assert client_of(liang).post(reverse("task_new"), sent).status_code in (404, 422)
    assert Task.objects.count() == 0


def test_the_seller_finds_it_in_the_day_at_the_customer_and_in_the_list(client_of, lin, task, customer):
    client = client_of(lin)
    for address in (reverse("today"), reverse("customer_tasks", args=[customer.pk]), reverse("tasks")):
        assert "催合同" in client.get(address).content.decode()


def test_its_customer_stands_in_the_day_with_who_asks(task, customer, lin, at):
    day = day_of(lin, at=at)
    row = next(row for row in day.rows if row.customer == customer.pk)
    assert [(reason.code, reason.figures.get("by")) for reason in row.reasons][:1] == [("task_given", "梁静")]
    assert Customer.objects.get().version == customer.version


def test_who_was_talked_with_is_done_for_the_day_though_the_task_is_open(task, customer, lin, save, at):
    save(lin, customer, interests=["brand"])
    assert [row.customer for row in day_of(lin, at=at).rows] == []
    assert Task.objects.open().count() == 1


def test_a_lent_customer_stands_in_the_colleagues_day(customer, zhou, liang, at, today):
    order = Order(on=today, purpose="陪访")
    give_tasks(order=order, people=[zhou], customer=customer, lend=True, by=liang, at=at)
    assert [row.customer for row in day_of(zhou, at=at).rows] == [customer.pk]


def test_the_seller_answers_and_the_manager_reads_it(client_of, lin, liang, task):
    seller, address = client_of(lin), reverse("task_declined", args=[task.pk])
    assert seller.post(address, {"result": ""}).status_code == 422
    assert seller.post(address, {"result": "对方出差到月底"}).status_code == 303
    page = client_of(liang).get(reverse("tasks"), {"state": "declined"}).content.decode()
    assert "对方出差到月底" in page
    assert "没办成 1" in page


def test_late_ones_are_named_by_person(client_of, task, liang):
    Task.objects.update(on=date(2026, 11, 20))
    page = client_of(liang).get(reverse("tasks"), {"state": "late"}).content.decode()
    assert "拖了 1" in page
    assert "催合同" in page


def test_the_note_is_offered_and_an_older_one_is_not(client_of, lin, task, customer, save, at):
    save(lin, customer, interests=["brand"], remarks="周五寄出")
    page = client_of(lin).get(reverse("task_done", args=[task.pk])).content.decode()
    assert "周五寄出" in page
    touch = customer.touches.get()
    assert client_of(lin).post(reverse("task_done", args=[task.pk]), {"note": touch.pk}).status_code == 303
    assert Task.objects.get().touch == touch


def test_giving_many_at_once_from_the_list(client_of, customer_of, lin, zhou, liang):
    rows = [customer_of(lin), customer_of(zhou)]
    chosen = {"chosen": [row.pk for row in rows], "back": "/customers/"}
    client = client_of(liang)
    assert client.post(reverse("bulk_task"), chosen).status_code == 200
    sent = {**chosen, "sure": "1", "purpose": "月底前报个价", "on": TOMORROW}
    assert client.post(reverse("bulk_task"), sent).status_code == 303
    assert {task.person for task in Task.objects.all()} == {lin, zhou}
    assert client.post(reverse("tasks_taken_back", args=[Task.objects.first().batch])).status_code == 303
    assert Task.objects.open().count() == 0


def test_sellers_give_none_and_strangers_see_none(client_of, lin, zhou, fang, task, customer):
    assert client_of(lin).get(reverse("task_new")).status_code == 403
    assert client_of(lin).post(reverse("bulk_task"), {"chosen": [customer.pk]}).status_code == 403
    for person in (zhou, fang):
        client = client_of(person)
        assert client.get(reverse("task_done", args=[task.pk])).status_code == 404
        assert "催合同" not in client.get(reverse("tasks")).content.decode()
    assert client_of(fang).post(reverse("tasks_taken_back", args=[task.batch])).status_code == 404
    assert client_of(lin).post(reverse("tasks_taken_back", args=[uuid4()])).status_code == 404


def test_who_left_it_undone_is_told_apart_from_what_was_withdrawn(client_of, lin, liang, task, at):
    end_task(task=task, outcome="declined", result="没空", by=lin, at=at)
    client = client_of(lin)
    assert client.post(reverse("task_reopened", args=[task.pk])).status_code == 303
    assert client_of(liang).post(reverse("task_withdrawn", args=[task.pk]), {"result": "不用了"}).status_code == 303
    assert Task.objects.get().outcome == "withdrawn"
