"""林小满's stock is full: nothing more is taken on, every fact is still written, and the way out works. Then a stock
that lacks what is near to payment: the plan makes room for development."""

from collections import Counter
from datetime import datetime, time, timedelta
from math import ceil
from uuid import uuid4

import pytest
from django.utils import timezone

from genjin.config.checking import untruths
from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.services.ownership import assign_customer, claim_customer, release_customer, stock_of
from genjin.customers.services.standing import move_class
from genjin.customers.tests.conftest import codes, in_bulk  # noqa: F401  the fixture
from genjin.followups.models import DayPlan, Touch
from genjin.followups.plans.services import make_plans
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.followups.stock import Stock
from genjin.organization.events import HandOver
from genjin.organization.services.leaving import deactivate_person
from genjin.playbooks.practice import practice_of
from genjin.web.wording import word

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
DAY = timedelta(days=1)
LIMIT = 150  # of class 4, key and normal together (C1)


@pytest.fixture
def holds(at):
    """`holds(lin, "4", 150)`: as many customers of a class, taken on over the two weeks before."""

    def make(person, code, number):
        return [
            create_customer(
                fields={"name": f"{code} 类第 {n} 家"}, class_code=code, owner=person, by=person,
                at=at - (1 + n % 14) * DAY,
            )
            for n in range(number)
        ]  # fmt: skip

    return make


@pytest.fixture
def lying(at, qian, east_one):
    """Customers of class 4 in the team's pool."""

    def make(number):
        return [
            create_customer(fields={"name": f"公海第 {n} 家"}, class_code="4", pool=east_one.pool, by=qian, at=at)
            for n in range(number)
        ]

    return make


def line_of(person, code):
    playbook = practice_of(person.unit).playbook
    held = Stock(playbook, stock_of(person, playbook), 40)
    return next(each for each in held.lines if code in {cls.code for cls in each.classes})


def refused(verb, **given):
    """The figures of the refusal, which left no trace."""
    before = list(Customer.objects.order_by("pk").values()), Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        verb(**given)
    assert (list(Customer.objects.order_by("pk").values()), Entry.objects.count()) == before
    return refusal.value.reason


def test_nothing_is_taken_on_above_a_limit_and_no_fact_is_refused(
    holds, lying, in_bulk, lin, zhou, liang, qian, at,  # noqa: F811
):  # fmt: skip
    def deal(rows, *, among):
        return in_bulk("deal", rows, by=liang, among=[person.pk for person in among])

    fours, [three] = holds(lin, "4", LIMIT), holds(lin, "3", 1)
    pool = lying(8)

    # Claimed, assigned, dealt out: refused with the figures, and with what to do about it.
    for reason in (
        refused(claim_customer, customer=pool[0], by=lin, at=at),
        refused(assign_customer, customer=pool[0], to=lin, by=liang, at=at),
    ):
        assert reason.code == "stock_limit"
        figures = {name: reason.figures[name] for name in ("held", "adding", "limit", "room", "over")}
        assert figures == {"held": LIMIT, "adding": 1, "limit": LIMIT, "room": 0, "over": 1}
        assert "150" in word(reason)
    assert codes(deal(pool, among=[lin])) == dict.fromkeys((row.pk for row in pool), "stock_limit")
    assert codes(deal(pool, among=[lin, zhou])) == {}
    assert (stock_of(lin, practice_of(lin.unit).playbook)["4"], Customer.objects.owned_by(zhou).count()) == (LIMIT, 8)

    # Facts: a class 3 that has cooled down, a customer of one's own, whom a leaver leaves behind.
    save_touch(
        customer=three, by=lin, at=at,
        note=Note(key=uuid4(), objections=("price",), class_wanted="4", remarks="又说不急"),
    )  # fmt: skip
    assert Customer.objects.get(pk=three.pk).class_code == "4"
    create_customer(fields={"name": "上门来问的"}, class_code="4", owner=lin, by=lin, at=at)
    deactivate_person(zhou, hand_over=HandOver("successor", successor=lin), by=qian, at=at, today=at.date())
    line = line_of(lin, "4")
    assert (line.holding.held, line.holding.state, line.holding.excess) == (LIMIT + 10, "above_limit", 10)
    assert line.remedy == "give_up"
    assert Customer.objects.owned_by(lin).count() == LIMIT + 10, "nobody is taken away"

    # The way out: let go as many as are too many, and one more, and the next claim goes through.
    [free] = lying(1)
    for row in fours[:10]:
        release_customer(customer=row, reason="手上太多，放一放", by=lin, at=at)
    assert refused(claim_customer, customer=free, by=lin, at=at).figures["held"] == LIMIT
    move_class(customer=fours[10], to="5", reason="KP 换人了", by=liang, at=at)
    claim_customer(customer=free, by=lin, at=at)
    assert line_of(lin, "4").holding.state == "fine"
    assert Touch.objects.count() == 1
    assert list(untruths()) == []


def test_below_a_stock_target_the_plan_makes_room_for_new_customers_and_refuses_nothing(holds, lying, lin, at):
    """150 fours, 50 fives and 20 sevens ask for 150/14 + 70/22 contacts a day; 2, key 3 and 3 are empty."""
    for code, number in (("4", LIMIT), ("5", 50), ("7", 20), ("0", 60)):
        holds(lin, code, number)
    asked = 5 / 3 + 12 / 5 + 30 / 8  # who is missing, at the longest interval of each class (C1)
    spare = 40 - 14 - (LIMIT / 14 + 70 / 22)  # what stock and blocks for new customers leave of forty
    assert spare > asked
    monday = at + 6 * DAY
    morning = timezone.make_aware(datetime.combine(monday.date(), time(5, 5)))
    assert make_plans(at=morning) == 1
    plan = DayPlan.objects.get()
    placed = Counter(plan.contacts.exclude(block="").values_list("class_code", flat=True))
    assert placed["0"] == 14 + ceil(asked)
    assert placed.total() <= plan.slots == 40
    assert set(plan.contacts.filter(block="").values_list("class_code", flat=True)) <= {"0"} or placed.total() == 40

    # A target never refuses: one more of what there is enough of may be taken on, as far as its limit goes.
    [row] = lying(1)
    assert refused(claim_customer, customer=row, by=lin, at=at).code == "stock_limit"
    for code, number in (("2", 5), ("3k", 12), ("3", 30)):
        holds(lin, code, number)
    tuesday = morning + DAY
    assert make_plans(at=tuesday) == 1
    placed = Counter(
        DayPlan.objects.get(on=tuesday.date()).contacts.exclude(block="").values_list("class_code", flat=True)
    )
    assert placed["0"] <= 14, "the targets are reached: new customers have their own blocks and no more"
    assert line_of(lin, "3").holding.state == "fine"
    assert list(untruths()) == []
