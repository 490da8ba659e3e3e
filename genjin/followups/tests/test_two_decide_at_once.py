"""The seller and the manager decide the same proposal at the same moment: one of them does, the other hears so."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.followups.models import Proposal
from genjin.followups.proposals.deciding import Wish, decide


@pytest.mark.django_db(transaction=True)
def test_exactly_one_decides(customer_of, missed, lin, liang, at):
    missed(lin, customer_of(lin, "5"), 3)
    proposal = Proposal.objects.get()
    together = Barrier(2)
    outcomes: dict[str, str] = {}

    def deciding(person, way) -> None:
        try:
            together.wait(timeout=600)
            decide(proposal=proposal, wish=Wish(way=way, reason="三次没人"), by=person, at=at)
            outcomes[person.name] = way
        except Refused as refused:
            outcomes[person.name] = refused.reason.code
        finally:
            connection.close()

    threads = [Thread(target=deciding, args=given) for given in ((lin, "close"), (liang, "pool"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert list(outcomes.values()).count("proposal_is_decided") == 1
    assert Entry.objects.filter(verb="customer.given_up").count() == 1
    row = Customer.objects.get()
    assert row.is_open == (outcomes[liang.name] == "pool")
