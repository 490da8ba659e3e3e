"""Two add the same phone at the same moment, by form or by file: the second is told, and one customer has it."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from genjin.core.reasons import Refused
from genjin.core.transfer import runs
from genjin.customers.models import Customer, Phone
from genjin.customers.search import reindex_customers
from genjin.customers.services.identity import create_customer
from genjin.customers.tests.importing import checked

NUMBER = "13812345678"


@pytest.fixture
def tidy(transactional_db):
    """Emptying the tables afterwards knows nothing of the index: it is told."""
    yield
    keys = list(Customer.objects.values_list("pk", flat=True))
    Phone.objects.all().delete()
    Customer.objects.all().delete()
    reindex_customers(keys)


def at_once(*acts) -> list[str]:
    """What each answers, all beginning together."""
    together, answers = Barrier(len(acts)), []

    def run(act) -> None:
        try:
            together.wait(timeout=600)
            act()
            answers.append("done")
        except Refused as refused:
            answers.append(refused.reason.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_two_forms(tidy, lin, zhou, at):
    def add(person):
        given = {"fields": {"name": f"怡美 {person.name}"}, "phones": [NUMBER], "owner": person, "by": person, "at": at}
        return lambda: create_customer(**given, anyway=False)

    assert at_once(add(lin), add(zhou)) == ["done", "phone_is_known"]
    assert Phone.objects.filter(number=NUMBER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_and_a_file(tidy, lin, liang, at):
    run = checked(liang, at, f"客户,电话\n怡美,{NUMBER}\n")
    runs.start(run=run, by=liang, at=at)

    def add():
        create_customer(fields={"name": "怡美"}, phones=[NUMBER], owner=lin, by=lin, at=at, anyway=False)

    answers = at_once(add, lambda: runs.carry_out(run, at=at))
    run.refresh_from_db()
    assert Phone.objects.filter(number=NUMBER).count() == 1
    assert (answers, run.created, run.skipped) in [
        (["done", "done"], 0, 1),
        (["done", "phone_is_known"], 1, 0),
    ]
