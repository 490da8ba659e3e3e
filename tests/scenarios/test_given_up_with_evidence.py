"""林小满 and the customers that come to nothing: two weeks, day by day, until one is given up with all that shows why,
one is kept on, one goes to class 5, one is reneged, and the given-up one rests where nobody can take it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.config.checking import untruths
from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import ClassMove, Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.services.ownership import claim_customer
from genjin.followups.models import Proposal, Touch
from genjin.followups.proposals.deciding import Wish, decide, undo_decision
from genjin.followups.proposals.morning import propose_what_days_bring
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


@pytest.fixture
def four(lin, at):
    """A lukewarm 4 with a KP, a new one without, one who promised to pay, one in class 3 for three weeks."""

    def made(name, code, *, kp=True):
        contact = ContactFile({"name": "高建平", "is_key_person": kp}, [])
        return create_customer(fields={"name": name}, contact=contact, class_code=code, owner=lin, by=lin, at=at)

    return (
        made("昆山辰光叉车租赁", "4"),
        made("无锡朗悦搬家", "0", kp=False),
        made("镇江佰顺驾校", "2"),
        made("苏州启禾装饰", "3"),
    )


@pytest.fixture
def writes(lin):
    def write(customer, at, **said):
        return save_touch(customer=Customer.objects.get(pk=customer.pk), note=Note(key=uuid4(), **said), by=lin, at=at)

    return write


def open_ones() -> dict[str, str]:
    return {each.customer.name: each.rule["code"] for each in Proposal.objects.standing().select_related("customer")}


def test_two_weeks_of_lin(four, writes, lin, zhou, liang, at):
    considering, nobody, promised, waiting = four

    def day(n):
        return at + timedelta(days=n)

    # Tuesday and Wednesday: the first tries. Nothing is proposed yet.
    writes(considering, day(0), objections=["price"], attitude="considering", remarks="说要跟合伙人商量")
    writes(nobody, day(0), effective=False, miss_reason="no_answer")
    writes(promised, day(0), interests=["customers"], pays_on=(day(2)).date(), remarks="周四打款")
    writes(nobody, day(1), effective=False, miss_reason="no_answer")
    assert propose_what_days_bring(at=day(1)) == 0
    assert open_ones() == {}

    # Friday: the third miss of the new one; no KP is known, so class 5 is proposed, where one is looked for.
    writes(nobody, day(3), effective=False, miss_reason="no_answer")
    assert open_ones() == {"无锡朗悦搬家": "propose_class_move"}
    decide(proposal=Proposal.objects.get(), wish=Wish(way="move"), by=lin, at=day(3))
    assert Customer.objects.get(pk=nobody.pk).class_code == "5"

    # Monday: Thursday's payment did not come; one working day later it is asked whether it reneged.
    assert propose_what_days_bring(at=day(6)) == 1
    reneged = Proposal.objects.standing().get()
    assert (reneged.customer, reneged.rule["code"], reneged.to_codes) == (promised, "propose_reneged", ["6"])
    decide(proposal=reneged, wish=Wish(way="move"), by=lin, at=day(6))
    assert ClassMove.objects.get(customer=promised).rule["code"] == "propose_reneged"

    # The KP says for the third time that he is still considering: the standard of C11, with the three talks.
    writes(considering, day(7), objections=["price"], attitude="considering", remarks="还在商量")
    writes(considering, day(9), objections=["effect"], attitude="considering", remarks="再看看")
    proposal = Proposal.objects.standing().get()
    evidence = Touch.objects.filter(pk__in=proposal.evidence).order_by("at").values_list("remarks", flat=True)
    assert list(evidence) == ["说要跟合伙人商量", "还在商量", "再看看"]
    assert Customer.objects.get(pk=considering.pk).owner == lin, "nothing moves by itself"

    # Lin gives it up, thinks better of it, and gives it up after all.
    with pytest.raises(Refused, match="decision_needs_a_reason"):
        decide(proposal=proposal, wish=Wish(way="pool"), by=lin, at=day(9))
    done = decide(proposal=proposal, wish=Wish(way="pool", reason="问了三次都在考虑"), by=lin, at=day(9))
    undo_decision(proposal=done, by=lin, at=day(9) + timedelta(minutes=2))
    assert Customer.objects.get(pk=considering.pk).owner == lin
    decide(proposal=done, wish=Wish(way="pool", reason="问了三次都在考虑"), by=lin, at=day(10))

    # It rests: on the next day nobody can claim it; after the quarantine a colleague may.
    row = Customer.objects.get(pk=considering.pk)
    assert row.claimable_from == (day(10) + timedelta(days=90)).date()
    with pytest.raises(Refused):
        claim_customer(customer=row, by=zhou, at=day(11))
    entry = Entry.objects.about("customer", row.pk).filter(verb="customer.given_up").first()
    assert (entry.note, entry.changes["rule"][1]["standard"]) == ("问了三次都在考虑", "kp_considering")
    claim_customer(customer=row, by=zhou, at=day(101))

    # Three weeks in class 3: its twenty days are over. Lin keeps on with a reason, and is not asked again.
    assert propose_what_days_bring(at=day(20)) == 0
    assert propose_what_days_bring(at=day(22)) == 1
    window = Proposal.objects.standing().get(customer=waiting)
    decide(proposal=window, wish=Wish(way="keep", reason="合同在他们法务那里"), by=lin, at=day(22))
    assert propose_what_days_bring(at=day(23)) == 0
    assert Customer.objects.get(pk=waiting.pk).class_code == "3"

    assert open_ones() == {}
    assert list(untruths()) == []
