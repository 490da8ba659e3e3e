"""Settled together they are what they would be one by one; one that cannot be settled holds up nobody."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from genjin.core.audit.models import Entry
from genjin.leads.models import Arrival, Channel, Lead
from genjin.leads.search import narrowed
from genjin.leads.services.arriving import receive, settle_arrivals, write_arrival
from genjin.leads.tests.ruling import among, made

pytestmark = pytest.mark.django_db


def test_what_is_new_and_what_comes_again(coming, owned, waiting, lin, at):
    owned(lin, "惠山机械", phones=["13812340001"])
    there = waiting(phone="13812340002", email="a@example.com")
    for given in (
        {"phone": "13812340001", "company": "惠山机械"},
        {"phone": "13812340003", "company": "新来的"},
        {"phone": "13812340002", "wants": "又来了"},
        {"phone": "13812340003", "person_name": "徐建国"},
        {"email": "A@Example.com", "wants": "再来"},
        {"wants": "什么联系方式都没有"},
    ):
        write_arrival(coming(**given), by=None, at=at)
    assert settle_arrivals(clock=lambda: at) == 6
    assert settle_arrivals(clock=lambda: at) == 0
    there.refresh_from_db()
    assert there.times == 3
    assert Lead.objects.get(phone="13812340001").owner == lin
    twice = Lead.objects.get(phone="13812340003")
    assert (twice.times, twice.person_name) == (2, "徐建国")
    assert Lead.objects.count() == 4
    assert list(narrowed(Lead.objects.all(), "新来的")) == [twice]
    assert [entry.verb for entry in Entry.objects.about("lead", twice.pk).order_by("pk")] == [
        "lead.arrived",
        "lead.came_again",
    ]


def test_one_that_cannot_be_settled_waits_and_the_others_go_on(coming, east_one, lin, zhou, liang, at):
    made(east_one, among(lin, zhou), by=liang, at=at)
    rows = [write_arrival(coming(phone=f"1381234{n:04}", wants=f"{n}"), by=None, at=at) for n in range(5)]
    Arrival.objects.filter(pk=rows[2].pk).update(given=["nobody understands this"])
    assert settle_arrivals(clock=lambda: at) == 4
    assert list(Arrival.objects.unsettled()) == [rows[2]]
    assert [lead.owner for lead in Lead.objects.order_by("pk")] == [lin, zhou, lin, zhou]


def test_a_batch_costs_few_questions_besides_those_of_replies(
    coming, east_one, lin, zhou, liang, at, django_assert_max_num_queries
):
    made(east_one, among(lin, zhou, way="least", cap_a_day=100), by=liang, at=at)
    for n in range(60):  # out of a file nobody has asked for an answer
        write_arrival(coming(Channel.IMPORT, phone=f"1381234{n:04}"), by=None, at=at)
    with django_assert_max_num_queries(60):
        settle_arrivals(clock=lambda: at)
    assert Lead.objects.filter(owner=lin).count() == 30


@pytest.mark.django_db(transaction=True)
def test_two_that_settle_at_once_take_turns_and_lose_nothing(coming, monkeypatch, east_one, lin, zhou, liang, at):
    monkeypatch.setattr("genjin.leads.services.arriving.BATCH", 5)
    made(east_one, among(lin, zhou), by=liang, at=at)
    for n in range(20):
        write_arrival(coming(phone=f"1381234{n:04}"), by=None, at=at)
    together, settled, wrong = Barrier(3), [], []

    def act(deed):
        try:
            together.wait(timeout=600)
            settled.append(deed())
        except Exception as fault:
            wrong.append(fault)
        finally:
            connection.close()

    def enter():
        for n in range(10):
            receive(coming(phone=f"1391234{n:04}"), by=None, at=at)
        return 0

    deeds = [lambda: settle_arrivals(clock=lambda: at)] * 2 + [enter]
    threads = [Thread(target=act, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert wrong == []
    settle_arrivals(clock=lambda: at)
    assert not Arrival.objects.unsettled().exists()
    assert Lead.objects.count() == 30
    assert [Lead.objects.filter(owner=each).count() for each in (lin, zhou)] == [15, 15]
