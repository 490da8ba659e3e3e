"""A person decides what was proposed: who may, with what words, what follows, and all of it undone."""

from datetime import date, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import ClassMove, Customer
from genjin.followups.models import Proposal, Touch
from genjin.followups.proposals.deciding import Wish, agree, decide, send_back, undo_decision
from genjin.followups.services.agreements import make_promise

pytestmark = pytest.mark.django_db
STANDING = ("owner_id", "pool_id", "class_code", "due_on", "planned_on", "missed_in_row", "closed_on", "conditions")


def stands(customer) -> list:
    row = Customer.objects.get(pk=customer.pk)
    return [getattr(row, name) for name in STANDING]


def everything() -> list:
    return [list(table.objects.order_by("pk").values()) for table in (Customer, Proposal, Entry, Touch)]


@pytest.fixture
def given_up(customer_of, missed, lin):
    """A class 5 that was missed three times: to be given up."""
    missed(lin, customer_of(lin, "5"), 3)
    return Proposal.objects.get(kind="give_up")


@pytest.fixture
def to_class_5(customer_of, missed, lin):
    missed(lin, customer_of(lin, "0", kp=False), 3)
    return Proposal.objects.get(kind="class")


def test_the_move_is_made_and_says_by_which_rule(to_class_5, lin, at, today):
    done = decide(proposal=to_class_5, wish=Wish(way="move"), by=lin, at=at)
    row = Customer.objects.get()
    assert (done.state, done.decided_by, row.class_code, row.missed_in_row) == ("accepted", lin, "5", 0)
    assert today < row.planned_on <= row.due_on
    move = ClassMove.objects.get()
    assert (move.cause, move.rule["code"], move.by) == ("proposal", "propose_class_move", lin)


def test_into_the_pool_with_a_reason(given_up, lin, east_one, at):
    decide(proposal=given_up, wish=Wish(way="pool", reason="三次没人"), by=lin, at=at)
    row = Customer.objects.get()
    assert (row.owner, row.pool, row.missed_in_row) == (None, east_one.pool, 0)
    entry = Entry.objects.about("customer", row.pk).first()
    assert (entry.verb, entry.note) == ("customer.given_up", "三次没人")


def test_closed_with_a_reason_and_what_was_agreed_ends(given_up, lin, at):
    promise = make_promise(customer=given_up.customer, what="发样册", by_when=at + timedelta(days=1), by=lin, at=at)
    decide(proposal=given_up, wish=Wish(way="close", reason="店关了"), by=lin, at=at)
    row = Customer.objects.get()
    promise.refresh_from_db()
    assert (row.closed_kind, row.closed_reason, promise.is_broken) == ("dead", "店关了", True)


def test_to_keep_on_sets_the_day_anew_and_counts_from_nought(given_up, lin, at, today):
    on = today + timedelta(days=9)
    done = decide(proposal=given_up, wish=Wish(way="keep", reason="老板下周回来", next_on=on), by=lin, at=at)
    row = Customer.objects.get()
    assert (done.state, row.due_on, row.planned_on, row.missed_in_row) == ("declined", on, on, 0)


def test_kept_on_the_count_begins_anew(given_up, missed, lin, at):
    decide(proposal=given_up, wish=Wish(way="keep", reason="再试"), by=lin, at=at)
    missed(lin, given_up.customer, 2)
    assert not Proposal.objects.standing().exists()
    missed(lin, given_up.customer, 1)
    assert Proposal.objects.standing().get().rule["missed"] == 3


@pytest.mark.parametrize("way", ["move", "pool", "close", "keep"])
def test_every_decision_is_taken_back_whole(given_up, to_class_5, lin, at, way):
    proposal = to_class_5 if way == "move" else given_up
    before = stands(proposal.customer)
    done = decide(proposal=proposal, wish=Wish(way=way, reason="试试"), by=lin, at=at)
    undo_decision(proposal=done, by=lin, at=at + timedelta(minutes=1))
    assert stands(proposal.customer) == before
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("open", None)
    assert not ClassMove.objects.standing().exists()


def test_touched_since_it_stays(given_up, save, lin, at):
    done = decide(proposal=given_up, wish=Wish(way="keep", reason="再试"), by=lin, at=at)
    save(lin, Customer.objects.get(), interests=["peers"])
    with pytest.raises(Refused, match="touched_since"):
        undo_decision(proposal=done, by=lin, at=at)


def test_only_who_decided_takes_it_back(given_up, lin, liang, at):
    done = decide(proposal=given_up, wish=Wish(way="keep", reason="再试"), by=lin, at=at)
    with pytest.raises(Refused, match="cannot_be_undone"):
        undo_decision(proposal=done, by=liang, at=at)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(way="pool"), "decision_needs_a_reason"),
        (Wish(way="close", reason="  "), "decision_needs_a_reason"),
        (Wish(way="keep"), "decision_needs_a_reason"),
        (Wish(way="move", to="3"), "decision_not_offered"),
        (Wish(way="keep", reason="下次", next_on=date(2026, 11, 1)), "date_before_today"),
    ],
)
def test_refused_means_nothing_changed(given_up, lin, at, wish, code):
    before = everything()
    with pytest.raises(Refused, match=code):
        decide(proposal=given_up, wish=wish, by=lin, at=at)
    assert everything() == before


def test_twice_is_refused_with_words(given_up, lin, at):
    decide(proposal=given_up, wish=Wish(way="keep", reason="再试"), by=lin, at=at)
    before = everything()
    with pytest.raises(Refused, match="proposal_is_decided"):
        decide(proposal=given_up, wish=Wish(way="pool", reason="算了"), by=lin, at=at)
    assert everything() == before


@pytest.mark.parametrize("who", ["zhou", "fang"])
def test_whose_it_is_not_decides_nothing(given_up, request, at, who):
    with pytest.raises(NotPermitted, match="belongs_to_another"):
        decide(proposal=given_up, wish=Wish(way="keep", reason="我来"), by=request.getfixturevalue(who), at=at)


def test_the_manager_may_decide_for_the_seller(given_up, liang, at):
    assert decide(proposal=given_up, wish=Wish(way="close", reason="空号"), by=liang, at=at).decided_by == liang


def test_a_pool_that_one_may_not_look_into_is_refused(given_up, lin, south, at):
    with pytest.raises(NotPermitted, match="pool_out_of_scope"):
        decide(proposal=given_up, wish=Wish(way="pool", pool=south.pool, reason="给南区"), by=lin, at=at)


# ---- where the team lead has to agree


def test_it_waits_and_nothing_moves(given_up, lin, at, giving_up_needs_the_lead):
    before = stands(given_up.customer)
    done = decide(proposal=given_up, wish=Wish(way="pool", reason="三次没人"), by=lin, at=at)
    assert (done.state, done.asked_by, done.wish["reason"]) == ("waiting", lin, "三次没人")
    assert stands(given_up.customer) == before


def test_the_lead_agrees_and_it_happens(given_up, lin, liang, at, giving_up_needs_the_lead):
    asked = decide(proposal=given_up, wish=Wish(way="close", reason="空号"), by=lin, at=at)
    done = agree(proposal=asked, by=liang, at=at)
    row = Customer.objects.get()
    assert (done.state, done.decided_by, row.closed_reason) == ("accepted", liang, "空号")


def test_the_lead_sends_it_back_with_words_and_it_is_to_be_decided_again(
    given_up, lin, liang, at, giving_up_needs_the_lead
):
    asked = decide(proposal=given_up, wish=Wish(way="pool", reason="三次没人"), by=lin, at=at)
    with pytest.raises(Refused, match="decision_needs_a_reason"):
        send_back(proposal=asked, words=" ", by=liang, at=at)
    back = send_back(proposal=asked, words="先打他们总机", by=liang, at=at)
    assert (back.state, back.answer) == ("open", "先打他们总机")
    assert decide(proposal=back, wish=Wish(way="keep", reason="打总机"), by=lin, at=at).state == "declined"


def test_the_lead_takes_an_answer_back(given_up, lin, liang, at, giving_up_needs_the_lead):
    asked = decide(proposal=given_up, wish=Wish(way="close", reason="空号"), by=lin, at=at)
    before = stands(given_up.customer)
    undo_decision(proposal=agree(proposal=asked, by=liang, at=at), by=liang, at=at)
    assert stands(given_up.customer) == before
    asked.refresh_from_db()
    assert (asked.state, asked.wish["way"]) == ("waiting", "close")


def test_who_asked_takes_the_question_back(given_up, lin, at, giving_up_needs_the_lead):
    asked = decide(proposal=given_up, wish=Wish(way="pool", reason="三次没人"), by=lin, at=at)
    assert undo_decision(proposal=asked, by=lin, at=at).state == "open"


@pytest.mark.parametrize("who", ["lin", "zhou", "fang"])
def test_only_who_leads_the_team_agrees(given_up, lin, request, at, who, giving_up_needs_the_lead):
    asked = decide(proposal=given_up, wish=Wish(way="pool", reason="三次没人"), by=lin, at=at)
    with pytest.raises(NotPermitted):
        agree(proposal=asked, by=request.getfixturevalue(who), at=at)


def test_a_manager_needs_nobodys_word(given_up, liang, at, giving_up_needs_the_lead):
    assert decide(proposal=given_up, wish=Wish(way="close", reason="空号"), by=liang, at=at).state == "accepted"


# ---- 主管配合确认


def test_the_leads_word_opens_class_1(customer_of, save, lin, liang, at):
    save(lin, customer_of(lin, "2"), class_wanted="1", interests=["peers"])
    asked = Proposal.objects.get()
    with pytest.raises(NotPermitted):
        agree(proposal=asked, by=lin, at=at)
    agree(proposal=asked, by=liang, at=at)
    row = Customer.objects.get()
    assert (row.class_code, "lead_confirmed" in row.conditions) == ("1", True)


def test_without_it_the_class_stays_with_the_leads_words(customer_of, save, lin, liang, at):
    save(lin, customer_of(lin, "2"), class_wanted="1", interests=["peers"])
    back = send_back(proposal=Proposal.objects.get(), words="先问清谁付", by=liang, at=at)
    assert (back.state, back.answer, Customer.objects.get().class_code) == ("declined", "先问清谁付", "2")
    assert undo_decision(proposal=back, by=liang, at=at).state == "waiting"
