"""Two people make a customer of one lead at the same moment: there is one, and one hears who was faster."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from genjin.core.reasons import Refused
from genjin.core.search import index
from genjin.customers.models import Customer
from genjin.customers.search import reindex_customers
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.services import Wanted, convert_lead
from genjin.leads.models import Lead
from genjin.leads.search import KIND


@pytest.fixture
def tidy(transactional_db):
    """Emptying the tables afterwards knows nothing of the index: it is told."""
    yield
    customers, leads = (list(table.objects.values_list("pk", flat=True)) for table in (Customer, Lead))
    Conversion.objects.all().delete()
    Lead.objects.all().delete()
    Customer.objects.all().delete()
    reindex_customers(customers)
    index.remove(KIND, leads)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["two people", "one person twice"])
def test_there_is_one_customer(tidy, pushed, lin, liang, at, who):
    lead = pushed(lin, company="苏州启禾装饰工程", phone="13812345678")
    together = Barrier(2)
    outcomes: list[str] = []

    def convert(person) -> None:
        try:
            together.wait(timeout=600)
            convert_lead(lead=lead, wanted=Wanted(), by=person, at=at)
            outcomes.append("won")
        except Refused as refused:
            outcomes.append(refused.reason.code)
        finally:
            connection.close()

    people = (lin, liang) if who == "two people" else (lin, lin)
    threads = [Thread(target=convert, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert sorted(outcomes) == (["lead_converted_by", "won"] if who == "two people" else ["won", "won"])
    assert (Customer.objects.count(), Conversion.objects.count()) == (1, 1)
