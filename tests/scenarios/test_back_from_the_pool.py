"""One customer's way out of 林小满's hands and back: recycled in the night, locked out for who let it go, claimed by a
colleague, with its history; and its neighbour, which the manager gave back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from genjin.config.checking import untruths
from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import clocks_of, goes_back
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.services.ownership import claim_customer
from genjin.followups.jobs import go_on_to_the_next_day, take_back_whom_nobody_works
from genjin.followups.models import DayPlan, Promise, Touch
from genjin.followups.recycling.giving_back import give_customer_back
from genjin.followups.recycling.models import RecycledCustomer
from genjin.followups.recycling.warning import going_soon, taken_last_night
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.playbooks.practice import practice_of
from genjin.playbooks.tests.changing import changed, made_current
from genjin.web.wording import word

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
DAY = timedelta(days=1)
# Ten working days without a talk; whoever let one go is locked out for five.
RULES = {"recycle.active": True, "recycle.rules": [{"classes": ["3"], "no_contact": 10}], "pool.lock_out_days": 5}


@pytest.fixture
def days(at, qian, east_one, clock):
    """`days(n)`: ten o'clock n days after that Tuesday; the clock stands there, and the hours before have run."""
    made_current(changed(RULES), by=qian, at=at - DAY, note="打开自动回收")

    def night_and_morning(n):
        for hour in (0, 5, 8):
            clock.move_to(at.replace(hour=hour, minute=6) + n * DAY)
            take_back_whom_nobody_works()
            go_on_to_the_next_day()
        moment = at + n * DAY
        clock.move_to(moment)
        return moment

    return night_and_morning


@pytest.fixture
def two(lin, at):
    """Both talked with on that Tuesday; the first is promised an offer by the end of the week."""
    rows = []
    for name in ("昆山辰光叉车租赁", "常熟金利纺织"):
        contact = ContactFile({"name": "高建平", "is_key_person": True}, [f"1380000{len(rows):04d}"])
        row = create_customer(fields={"name": name}, contact=contact, class_code="3", owner=lin, by=lin, at=at)
        note = Note(
            key=uuid4(), objections=("price",), remarks="要报价",
            promise_what="" if rows else "报价", promise_by_when=None if rows else at + 3 * DAY,
        )  # fmt: skip
        save_touch(customer=row, note=note, by=lin, at=at)
        rows.append(Customer.objects.get(pk=row.pk))
    return rows


def fresh(row):
    return Customer.objects.select_related("owner", "pool", "unit").get(pk=row.pk)


def test_out_of_one_hand_into_another(two, days, lin, zhou, liang, east_one, today):
    first, second = two
    practice = practice_of(east_one)

    # Ten working days of a six-day week after Tuesday the 24th end on Saturday, 5 December; it is said three before.
    back = goes_back(first, practice, today)
    assert (back.on, back.reason.code) == (date(2026, 12, 5), "recycle_no_contact")
    days(7)
    assert going_soon(lin, practice, date(2026, 12, 1)) == {}
    days(8)
    assert set(going_soon(lin, practice, date(2026, 12, 2))) == {first.pk, second.pk}
    days(11)
    assert fresh(first).owner == lin, "the last day is the owner's own"

    # The night after it takes both, once, with the reason; Lin is told in the morning.
    monday = days(13)
    for row in two:
        now = fresh(row)
        assert (now.owner, now.pool, now.due_on, now.former_owner) == (None, east_one.pool, None, lin)
    listed = {each.customer_id: each for each in RecycledCustomer.objects.select_related("run")}
    assert set(listed) == {first.pk, second.pk}
    reason = Entry.objects.get(verb="customer.recycled", subject=first.pk).changes["recycled"][1]
    assert reason == {"code": "recycle_no_contact", "days": 10, "since": "2026-11-24"}
    assert taken_last_night(lin, practice, monday.date()).customers == 2
    assert Promise.objects.get().by is None, "what was promised waits for whoever comes"
    assert not DayPlan.objects.filter(person=lin, on=monday.date()).exists(), "nobody is left to plan"

    # The manager gives the second back: as it stood, kept for a while.
    lent_until = monday.date() + 10 * DAY
    give_customer_back(listed=listed[second.pk], until=lent_until, reason="月底签", by=liang, at=monday)
    back = fresh(second)
    assert (back.owner, back.pool, back.due_on, back.kept_until) == (lin, None, second.due_on, lent_until)
    assert clocks_of(back).began("no_contact") == today

    # Lin let the first go: five working days. Zhou may have it at once; Lin hears who was faster.
    with pytest.raises(Refused) as refusal:
        claim_customer(customer=fresh(first), by=lin, at=monday)
    figures = refusal.value.reason.figures
    assert (refusal.value.reason.code, figures["days"], figures["on"]) == ("locked_out", 5, "2026-12-11")
    assert "12-11" in word(refusal.value.reason)
    claim_customer(customer=fresh(first), by=zhou, at=monday)
    with pytest.raises(Refused, match="claimed_by_another"):
        claim_customer(customer=fresh(first), by=lin, at=monday)

    # Fresh clocks and a cycle of its own; history, promise and record are all there.
    mine = fresh(first)
    began = [clocks_of(mine).began(clock) for clock in ("no_contact", "no_move_up", "not_won")]
    assert began == [monday.date()] * 3
    assert (mine.owned_since, mine.former_owner, mine.released_on) == (monday.date(), None, None)
    assert mine.due_on > monday.date()
    assert goes_back(mine, practice, monday.date()).on > date(2026, 12, 17)
    assert list(Touch.objects.visible_to(zhou).filter(customer=mine).values_list("author", "remarks")) == [
        (lin.pk, "要报价")
    ]
    assert (mine.attempts, mine.effective_contacts, Promise.objects.get().by) == (1, 1, zhou)
    verbs = set(Entry.objects.about("customer", mine.pk).values_list("verb", flat=True))
    assert verbs >= {"customer.created", "customer.recycled", "customer.claimed"}

    # It stands in Zhou's plan, the second in Lin's; no night takes either before its time.
    days(14)
    on = DayPlan.objects.filter(on=date(2026, 12, 8))
    stands = dict(on.values_list("person", "contacts__customer"))
    assert stands[lin.pk] == second.pk
    assert stands.get(zhou.pk, first.pk) == first.pk
    assert list(untruths()) == []
    days(23)
    assert fresh(second).owner == lin, "kept up to and including the day"
    assert fresh(first).owner == zhou
