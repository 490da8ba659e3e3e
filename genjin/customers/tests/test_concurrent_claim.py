"""Two people claim the same customer at the same moment: exactly one of them has it."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.pools.counting import claimed_on
from genjin.customers.search import reindex_customers
from genjin.customers.services.identity import create_customer
from genjin.customers.services.ownership import claim_customer
from genjin.playbooks.services import adopt_playbook
from genjin.playbooks.tests.changing import changed, made_current


@pytest.fixture
def tidy(transactional_db):
    """Emptying the tables afterwards knows nothing of the index: it is told."""
    yield
    keys = list(Customer.objects.values_list("pk", flat=True))
    Customer.objects.all().delete()
    reindex_customers(keys)


@pytest.mark.django_db(transaction=True)
def test_exactly_one_wins(tidy, lin, zhou, liang, east_one, at):
    row = create_customer(fields={"name": "苏州启禾装饰工程"}, pool=east_one.pool, by=liang, at=at)
    together = Barrier(2)
    outcomes: dict[str, str] = {}

    def claim(person) -> None:
        try:
            together.wait(timeout=600)
            claim_customer(customer=row, by=person, at=at)
            outcomes[person.name] = "won"
        except Refused as refused:
            outcomes[person.name] = refused.reason.code
        finally:
            connection.close()

    threads = [Thread(target=claim, args=(person,)) for person in (lin, zhou)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert sorted(outcomes.values()) == ["claimed_by_another", "won"]
    winner = next(name for name, outcome in outcomes.items() if outcome == "won")
    assert Customer.objects.get().owner.name == winner
    assert Entry.objects.filter(verb="customer.claimed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_hands_of_one_person_do_not_pass_the_claims_of_a_day(tidy, lin, liang, qian, east_one, at, today):
    adopt_playbook(unit=east_one, playbook="telesales", by=qian, at=at)
    made_current(changed({"pool.claims_a_day": 1}), by=qian, at=at)
    rows = [create_customer(fields={"name": f"客户 {n}"}, pool=east_one.pool, by=liang, at=at) for n in range(2)]
    together = Barrier(2)
    outcomes: list[str] = []

    def claim(row) -> None:
        try:
            together.wait(timeout=600)
            claim_customer(customer=row, by=lin, at=at)
            outcomes.append("won")
        except Refused as refused:
            outcomes.append(refused.reason.code)
        finally:
            connection.close()

    threads = [Thread(target=claim, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert sorted(outcomes) == ["claims_of_the_day", "won"]
    assert Customer.objects.owned_by(lin).count() == 1
    assert claimed_on(today, lin) == 1
