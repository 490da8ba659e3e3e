"""One removal company stands there three times, with two sellers and twice the same boss: found at night, merged by
their manager, worked as one for a week, and taken apart when one turns out to be another company after all."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.config.checking import untruths
from genjin.customers.duplicates import searching
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.duplicates.people import who_may_be_one
from genjin.customers.duplicates.services import declare_apart, search_stock
from genjin.customers.duplicates.settings import change_rules
from genjin.customers.merging.automatic import merge_certain_pairs
from genjin.customers.merging.people import merge_people
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import ContactPerson, Customer, Merge
from genjin.customers.services.identity import ContactFile, change_customer, create_customer
from genjin.followups.models import Promise, Touch
from genjin.followups.services.agreements import make_promise
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
MOBILE, DESK = "13812345521", "051088888888"


@pytest.fixture
def made(at):
    def make(owner, name, phone, boss, **fields):
        contact = ContactFile({"name": boss}, [phone])
        return create_customer(fields={"name": name, **fields}, contact=contact, owner=owner, by=owner, at=at)

    return make


def note(customer, by, at, text):
    save_touch(
        customer=Customer.objects.get(pk=customer.pk),
        note=Note(key=uuid4(), effective=True, remarks=text),
        by=by,
        at=at,
    )


def night(by, at):
    searching.carry_out(search_stock(by=by, at=at), lambda: at)


def standing(customer):
    row = Customer.objects.get(pk=customer.pk)
    return row.name, row.city, row.closed_kind, row.attempts, row.contact_people.count(), row.owner


def test_three_become_one_and_one_of_them_leaves_again(made, lin, zhou, liang, qian, at):
    # Tuesday: lin has it twice, zhou calls it by its short name.
    kept = made(lin, "无锡朗悦搬家服务有限公司", MOBILE, "沈总", city="无锡")
    twice = made(lin, "朗悦搬家服务", MOBILE, "沈建国")
    other = made(zhou, "朗悦搬家", DESK, "高建平", city="无锡")
    note(kept, lin, at, "老板在外地")
    note(other, zhou, at + timedelta(hours=1), "想看案例")
    make_promise(customer=other, what="发案例", by_when=at + timedelta(days=9), by=zhou, at=at)
    before = [standing(row) for row in (kept, twice, other)]

    # The night finds all three; nothing is merged by itself.
    night(qian, at + timedelta(hours=15))
    assert SuspectedPair.objects.asked().count() >= 2
    assert merge_certain_pairs(lambda: at) == 0

    # Wednesday: the manager looks at them side by side and makes one of them. The promise is lin's now.
    day = at + timedelta(days=1)
    merge = merge_customers(kept=kept, absorbed=[twice, other], chosen={}, by=liang, at=day)
    assert standing(kept) == ("无锡朗悦搬家服务有限公司", "无锡", "", 2, 3, lin)
    assert Promise.objects.get().by == lin

    # 沈总 and 沈建国 have one number: lin makes one person of them, and works on.
    people = list(ContactPerson.objects.filter(customer=kept).prefetch_related("phones").order_by("pk"))
    (group,) = who_may_be_one(people)
    merge_people(customer=kept, kept=group[0], absorbed=group[1:], chosen={"name": group[1].pk}, by=lin, at=day)
    note(kept, lin, day + timedelta(hours=2), "要合同")
    row = Customer.objects.get(pk=kept.pk)
    change_customer(customer=row, fields={"address": "梁溪区人民路 88 号"}, by=lin, at=day, version=row.version)

    # A week later: zhou's is a company of its own after all. Taken apart, each has what was its own.
    week = at + timedelta(days=8)
    undo_merge(merge=merge, by=liang, at=week)
    declare_apart(one=kept, other=other, by=liang, at=week)
    assert [standing(row) for row in (twice, other)] == before[1:]
    assert (Promise.objects.get().customer, Promise.objects.get().by) == (other, zhou)
    assert Touch.objects.get(customer=other).author == zhou
    assert standing(kept) == ("无锡朗悦搬家服务有限公司", "无锡", "", 2, 1, lin)
    assert Customer.objects.get(pk=kept.pk).address == "梁溪区人民路 88 号"

    # The owner has merged by itself what is equal to the letter: lin's two, and nobody else.
    change_rules(alert=None, merging=["phone_and_company"], across_owners=False, by=qian, at=week)
    night(qian, week + timedelta(hours=15))
    assert merge_certain_pairs(lambda: week) == 0  # somebody took these apart
    again = made(lin, "朗悦搬家服务（无锡）有限公司", MOBILE, "沈总")
    night(qian, week + timedelta(days=1))
    assert merge_certain_pairs(lambda: week + timedelta(days=1)) == 1
    assert Merge.objects.standing().get().absorbed == again
    assert list(untruths()) == []
