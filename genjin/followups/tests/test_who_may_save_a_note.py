"""Rights, versions and repetition of saving."""

from uuid import uuid4

import pytest

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.customers.models import Customer
from genjin.customers.services.ownership import lend_customer
from genjin.customers.services.standing import close_customer
from genjin.followups.models import Touch
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["zhou", "fang", "han"])
def test_nobody_outside_writes_and_nothing_changes(request, customer_of, save, lin, who):
    customer = customer_of(lin, "3")
    with pytest.raises(NotPermitted):
        save(request.getfixturevalue(who), customer, effective=True)
    assert Touch.objects.count() == 0
    assert Customer.objects.get().version == customer.version


@pytest.mark.parametrize("who", ["lin", "liang", "qian"])
def test_owner_manager_and_the_head_may_write(request, customer_of, save, lin, who):
    assert save(request.getfixturevalue(who), customer_of(lin, "3"), effective=True).customer.attempts == 1


@pytest.mark.parametrize(("may_work", "refused"), [(True, False), (False, True)])
def test_a_colleague_it_is_lent_to_writes_only_when_lent_to_work(customer_of, save, lin, zhou, at, may_work, refused):
    customer = customer_of(lin, "3")
    lend_customer(customer=customer, to=zhou, may_work=may_work, ends_on=None, by=lin, at=at)
    if refused:
        with pytest.raises(NotPermitted):
            save(zhou, customer, effective=True)
    else:
        assert save(zhou, customer, effective=True).touch.author == zhou


def test_somebody_elses_change_is_told_before_anything_is_written(customer_of, save, lin, liang, at, note):
    customer = customer_of(lin, "3")
    save(liang, customer, effective=True)
    with pytest.raises(Outdated) as outdated:
        save_touch(customer=customer, note=note(effective=True), by=lin, at=at, version=customer.version)
    assert [entry.verb for entry in outdated.value.changes] == ["touch.saved"]
    assert Touch.objects.count() == 1


def test_the_same_note_again_is_answered_even_after_the_version_moved_on(customer_of, lin, at):
    customer, note = customer_of(lin, "3"), Note(key=uuid4(), effective=True)
    first = save_touch(customer=customer, note=note, by=lin, at=at, version=customer.version)
    again = save_touch(customer=customer, note=note, by=lin, at=at, version=customer.version)
    assert again.again
    assert again.touch == first.touch


def test_one_key_is_not_two_customers_note(customer_of, lin, at):
    note = Note(key=uuid4(), effective=True)
    save_touch(customer=customer_of(lin, "3"), note=note, by=lin, at=at)
    with pytest.raises(Refused, match="note_belongs_elsewhere"):
        save_touch(customer=customer_of(lin, "3"), note=note, by=lin, at=at)


def test_a_closed_customer_takes_no_note(customer_of, save, lin, at):
    customer = customer_of(lin, "3")
    close_customer(customer=customer, kind="dead", reason="关店", by=lin, at=at)
    with pytest.raises(Refused, match="customer_is_closed"):
        save(lin, customer, effective=True)


def test_the_persons_word_and_the_rules_are_both_kept(customer_of, save, lin):
    touch = save(lin, customer_of(lin, "3"), effective=True).touch
    assert (touch.is_effective, touch.proposed_effective) == (True, False)
    touch = save(lin, customer_of(lin, "3"), effective=False, interests=["peers"]).touch
    assert (touch.is_effective, touch.proposed_effective) == (False, True)
