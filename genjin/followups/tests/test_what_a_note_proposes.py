"""Saving a note proposes what the playbook says, with the contacts it rests on; nothing moves by itself."""

from datetime import date, timedelta

import pytest

from genjin.customers.models import ClassMove, Customer
from genjin.customers.services.ownership import assign_customer, claim_customer
from genjin.customers.services.standing import close_customer, move_class
from genjin.followups.models import Proposal, Touch
from genjin.followups.services.corrections import undo_touch

pytestmark = pytest.mark.django_db


def the_proposal(customer) -> Proposal:
    return Proposal.objects.standing().get(customer=customer)


def states(customer) -> list[str]:
    return list(Proposal.objects.filter(customer=customer).order_by("pk").values_list("state", flat=True))


def test_the_third_miss_proposes_and_moves_nothing(customer_of, missed, lin, today):
    customer = customer_of(lin, "4")
    missed(lin, customer, 2)
    assert not Proposal.objects.exists()
    saved = missed(lin, customer, 1)
    proposal = the_proposal(customer)
    assert (proposal.kind, proposal.state, proposal.owner, proposal.from_code) == ("give_up", "open", lin, "4")
    assert proposal.rule == {"code": "propose_give_up", "playbook": "telesales", "class_code": "4", "missed": 3}
    assert proposal.evidence == list(Touch.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    assert (saved.customer.class_code, saved.customer.owner) == ("4", lin)


def test_without_a_kp_the_third_miss_proposes_class_5(customer_of, missed, lin):
    customer = customer_of(lin, "0", kp=False)
    missed(lin, customer, 3)
    proposal = the_proposal(customer)
    assert (proposal.kind, proposal.to_codes, proposal.rule["code"]) == ("class", ["5"], "propose_class_move")


@pytest.mark.parametrize("code", ["3", "3k", "4k", "7"])
def test_any_other_class_stays_overdue_and_nothing_is_proposed(customer_of, missed, lin, code):
    missed(lin, customer_of(lin, code), 4)
    assert not Proposal.objects.exists()


def test_one_more_miss_is_the_same_question_with_one_more_attempt(customer_of, missed, lin):
    customer = customer_of(lin, "5")
    saved = missed(lin, customer, 4)
    proposal = the_proposal(customer)
    assert (len(proposal.evidence), proposal.rule["missed"]) == (4, 4)
    undo_touch(touch=saved.touch, by=lin, at=saved.touch.at + timedelta(minutes=1))
    proposal = the_proposal(customer)
    assert (len(proposal.evidence), proposal.rule["missed"]) == (3, 3)


def test_the_note_taken_back_takes_its_proposal_along(customer_of, missed, lin, at):
    customer = customer_of(lin, "5")
    undo_touch(touch=missed(lin, customer, 3).touch, by=lin, at=at)
    assert states(customer) == ["lapsed"]
    missed(lin, customer, 1)
    assert states(customer) == ["lapsed", "open"]


def test_spoken_with_it_lapses_and_that_note_taken_back_it_stands_again(customer_of, missed, save, lin, at):
    customer = customer_of(lin, "5")
    missed(lin, customer, 3)
    saved = save(lin, Customer.objects.get(pk=customer.pk), interests=["peers"])
    assert states(customer) == ["lapsed"]
    undo_touch(touch=saved.touch, by=lin, at=at)
    assert states(customer) == ["open"]


@pytest.mark.parametrize(("way", "state"), [("pool", "accepted"), ("close", "accepted"), ("keep", "declined")])
def test_decided_with_the_note_itself_it_is_decided(customer_of, missed, lin, at, way, state):
    customer = customer_of(lin, "5")
    missed(lin, customer, 3)
    saved = missed(lin, customer, 1, third_miss=way, decision_reason="问过隔壁，搬走了")
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.decided_by, proposal.reason) == (state, lin, "问过隔壁，搬走了")
    undo_touch(touch=saved.touch, by=lin, at=at)
    proposal.refresh_from_db()
    assert (proposal.state, len(proposal.evidence), proposal.decided_by) == ("open", 3, None)


def test_a_move_with_the_note_names_the_rule(customer_of, missed, lin):
    customer = customer_of(lin, "0", kp=False)
    missed(lin, customer, 3, third_miss="move", decision_reason="没人接")
    assert Proposal.objects.get().state == "accepted"
    assert ClassMove.objects.get().to_code == "5"


def test_where_the_lead_has_to_agree_the_note_only_asks(customer_of, missed, lin, giving_up_needs_the_lead):
    customer = customer_of(lin, "5")
    saved = missed(lin, customer, 3, third_miss="pool", decision_reason="三次没人")
    proposal = the_proposal(customer)
    assert (proposal.state, proposal.asked_by, proposal.wish["way"]) == ("waiting", lin, "pool")
    assert (saved.customer.owner, saved.customer.missed_in_row) == (lin, 3)
    assert [reason.code for reason in saved.said] == ["giving_up_waits_for_lead"]


def test_a_lukewarm_normal_3_is_proposed_for_class_4(customer_of, save, lin):
    customer = customer_of(lin, "3")
    save(lin, customer, interests=["peers"], attitude="lukewarm")
    proposal = the_proposal(customer)
    assert (proposal.kind, proposal.to_codes, proposal.rule["code"]) == ("class", ["4"], "propose_low_willingness")


def test_a_willing_talk_takes_it_back(customer_of, save, lin):
    customer = customer_of(lin, "3")
    save(lin, customer, interests=["peers"], attitude="lukewarm")
    save(lin, Customer.objects.get(pk=customer.pk), interests=["peers"], attitude="willing")
    assert states(customer) == ["lapsed"]


def test_a_kp_who_still_considers_after_three_talks_is_proposed_to_be_given_up(customer_of, save, lin, at):
    customer = customer_of(lin, "4")
    for n in range(3):
        row = Customer.objects.get(pk=customer.pk)
        save(lin, row, objections=["price"], attitude="considering", moment=at + timedelta(hours=n))
    proposal = the_proposal(customer)
    assert proposal.rule["standard"] == "kp_considering"
    assert proposal.evidence == list(Touch.objects.order_by("-at").values_list("pk", flat=True))


def test_talks_before_the_last_class_move_do_not_count(customer_of, save, lin, liang, at):
    customer = customer_of(lin, "4")
    for n in range(2):
        row = Customer.objects.get(pk=customer.pk)
        save(lin, row, objections=["price"], attitude="considering", moment=at + timedelta(hours=n))
    for to in ("3", "4"):
        row = Customer.objects.get(pk=customer.pk)
        move_class(customer=row, to=to, reason="看过", by=liang, at=at + timedelta(hours=3))
    row = Customer.objects.get(pk=customer.pk)
    save(lin, row, objections=["price"], attitude="considering", moment=at + timedelta(hours=4))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("how", ["closed", "handed on", "moved"])
def test_whatever_changes_the_facts_lets_it_lapse(customer_of, missed, lin, zhou, liang, at, how):
    customer = customer_of(lin, "5")
    missed(lin, customer, 3)
    row = Customer.objects.get(pk=customer.pk)
    if how == "closed":
        close_customer(customer=row, kind="dead", reason="倒闭", by=lin, at=at)
    elif how == "handed on":
        assign_customer(customer=row, to=zhou, by=liang, at=at)
    else:
        move_class(customer=row, to="7", reason="年后再说", by=liang, at=at)
    assert states(customer) == ["lapsed"]


def test_for_class_1_only_the_leads_word_is_missing_so_it_is_asked_for(customer_of, save, lin):
    customer = customer_of(lin, "2")
    saved = save(lin, customer, class_wanted="1", interests=["peers"])
    proposal = the_proposal(customer)
    assert (proposal.state, proposal.to_codes, proposal.asked_by) == ("waiting", ["1"], lin)
    assert proposal.rule["missing"] == ["lead_confirmed"]
    assert saved.customer.class_code == "2"


def test_what_the_seller_still_has_to_do_asks_nobody(customer_of, save, lin):
    save(lin, customer_of(lin, "2", kp=False), class_wanted="1", interests=["peers"])
    assert not Proposal.objects.exists()


def test_a_day_promised_for_paying_is_kept_with_the_note(customer_of, save, lin):
    saved = save(lin, customer_of(lin, "2"), interests=["peers"], pays_on=date(2026, 11, 27))
    assert Touch.objects.get(pk=saved.touch.pk).pays_on == date(2026, 11, 27)


def test_who_claims_it_out_of_the_pool_begins_anew(customer_of, missed, lin, zhou, qian, at):
    customer = customer_of(lin, "5")
    missed(lin, customer, 3, third_miss="pool", decision_reason="三次没人")
    Customer.objects.update(**({"claimable_from": None} if hasattr(Customer, "claimable_from") else {}), version=99)
    claim_customer(customer=Customer.objects.get(), by=zhou, at=at + timedelta(days=200))
    assert not Proposal.objects.standing().exists()
