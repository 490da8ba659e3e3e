"""What days bring by themselves: close windows that are over, payments promised and not made. Each once."""

from datetime import date, timedelta

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.standing import move_class
from genjin.followups.models import Payment, Proposal, Touch
from genjin.followups.proposals import morning
from genjin.followups.proposals.deciding import Wish, decide
from genjin.followups.proposals.morning import propose_what_days_bring

pytestmark = pytest.mark.django_db


def entered(customer, code: str, on: date) -> None:
    Customer.objects.filter(pk=customer.pk).update(entered_classes={code: on.isoformat()}, class_since=on)


@pytest.mark.parametrize(
    ("code", "days", "to"),
    [
        ("3k", 11, ["3", "4"]),
        ("3k", 10, None),  # the tenth day is still within
        ("3", 21, ["4"]),
        ("3", 20, None),
        ("2", 30, None),  # nothing is proposed for it by its window
        ("4", 90, None),  # has no window
    ],
)
def test_a_window_that_is_over_proposes_its_classes(customer_of, lin, at, today, code, days, to):
    customer = customer_of(lin, code)
    entered(customer, code, today - timedelta(days=days))
    assert propose_what_days_bring(at=at) == (1 if to else 0)
    proposal = Proposal.objects.filter(customer=customer).first()
    assert (proposal.to_codes if proposal else None) == to
    assert Customer.objects.get().class_code == code


def test_run_again_and_again_it_proposes_once(customer_of, lin, at, today):
    entered(customer_of(lin, "3"), "3", today - timedelta(days=30))
    assert [propose_what_days_bring(at=at + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]


def test_kept_on_once_it_is_not_asked_again_as_long_as_it_stays_there(customer_of, lin, liang, at, today):
    customer = customer_of(lin, "3")
    entered(customer, "3", today - timedelta(days=30))
    propose_what_days_bring(at=at)
    due_on = Customer.objects.get().due_on
    decide(proposal=Proposal.objects.get(), wish=Wish(way="keep", reason="合同在走流程"), by=lin, at=at)
    assert Customer.objects.get().due_on == due_on
    assert propose_what_days_bring(at=at + timedelta(days=1)) == 0
    # Away and back again it is another stay; the window still counts from the first entry.
    for n, to in enumerate(("4", "3")):
        row = Customer.objects.get()
        move_class(customer=row, to=to, reason="看过", by=liang, at=at + timedelta(days=2 + n))
    assert propose_what_days_bring(at=at + timedelta(days=4)) == 1


def test_who_lies_in_a_pool_or_is_closed_is_not_asked_about(customer_of, lin, liang, at, today):
    from genjin.customers.services.ownership import release_customer
    from genjin.customers.services.standing import close_customer

    for n in range(2):
        customer = customer_of(lin, "3")
        entered(customer, "3", today - timedelta(days=30))
        row = Customer.objects.get(pk=customer.pk)
        if n:
            release_customer(customer=row, reason="清理", by=lin, at=at)
        else:
            close_customer(customer=row, kind="dead", reason="倒闭", by=lin, at=at)
    assert propose_what_days_bring(at=at) == 0


@pytest.mark.parametrize(("code", "promised", "made"), [("2", 20, 1), ("1", 20, 1), ("2", 23, 0), ("3", 20, 0)])
def test_a_payment_promised_and_not_made_is_asked_about(customer_of, save, lin, at, code, promised, made):
    save(lin, customer_of(lin, code), interests=["peers"], pays_on=date(2026, 11, promised))
    assert propose_what_days_bring(at=at) == made
    if made:
        proposal = Proposal.objects.get()
        assert (proposal.to_codes, proposal.rule["code"]) == (["6"], "propose_reneged")
        assert proposal.evidence == [Touch.objects.get().pk]


def test_paid_meanwhile_nobody_is_asked(customer_of, save, lin, at, today):
    customer = customer_of(lin, "2")
    save(lin, customer, interests=["peers"], pays_on=date(2026, 11, 20), moment=at - timedelta(days=8))
    Payment.objects.create(customer=customer, by=lin, amount=3600, paid_on=today - timedelta(days=1))
    assert propose_what_days_bring(at=at) == 0


def test_only_the_last_day_promised_counts(customer_of, save, lin, at, today):
    customer = customer_of(lin, "2")
    save(lin, customer, interests=["peers"], pays_on=date(2026, 11, 20), moment=at - timedelta(days=8))
    propose_what_days_bring(at=at)
    row = Customer.objects.get(pk=customer.pk)
    save(lin, row, interests=["peers"], pays_on=today + timedelta(days=3), moment=at + timedelta(hours=1))
    assert [each.state for each in Proposal.objects.all()] == ["lapsed"]
    assert propose_what_days_bring(at=at + timedelta(hours=2)) == 0
    assert propose_what_days_bring(at=at + timedelta(days=7)) == 1


def test_what_is_a_fact_no_longer_lapses_in_the_morning(customer_of, lin, zhou, at, today):
    customer = customer_of(lin, "3")
    entered(customer, "3", today - timedelta(days=30))
    propose_what_days_bring(at=at)
    Customer.objects.update(class_code="4")  # as a restored backup or another's hand might leave it
    propose_what_days_bring(at=at)
    assert [each.state for each in Proposal.objects.all()] == ["lapsed"]


def test_killed_at_any_batch_and_run_again_the_end_is_the_same(customer_of, lin, at, today, monkeypatch):
    for _n in range(7):
        entered(customer_of(lin, "3"), "3", today - timedelta(days=30))
    monkeypatch.setattr(morning, "BATCH", 2)
    real, asked = morning._propose_window, []

    def killed(row, *given, **more):
        asked.append(row.pk)
        if len(asked) in (2, 5, 9):
            raise KeyboardInterrupt
        return real(row, *given, **more)

    monkeypatch.setattr(morning, "_propose_window", killed)
    for _try in range(3):
        with pytest.raises(KeyboardInterrupt):
            propose_what_days_bring(at=at)
    propose_what_days_bring(at=at)
    assert Proposal.objects.standing().count() == 7
    assert Proposal.objects.values("customer").distinct().count() == 7
