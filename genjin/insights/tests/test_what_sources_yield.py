"""Effort and cost of each channel against what it brought (B1), and who brought others."""

from decimal import Decimal
from uuid import uuid4

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer, SourceChannel
from genjin.customers.services.identity import create_customer
from genjin.followups.models import Payment
from genjin.insights.rules.period import period
from genjin.insights.sources import referrers_of, yields_of
from genjin.leads.models import Lead
from genjin.leads.services.arriving import Coming, receive
from genjin.leads.services.pushes import Judged, push_lead
from genjin.leads.sources.models import Reward, SourceCost
from genjin.leads.sources.services import note_cost, note_reward, pay_reward, remove_cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return SourceChannel.objects.get(code="event")


@pytest.fixture
def cost(event, east, liang, at):
    def made(amount="600", hours="8", **more):
        given = {"source": event, "unit": east, "on": at.date(), "what_for": "展会摊位", "by": liang, "at": at} | more
        return note_cost(amount=Decimal(amount), hours=Decimal(hours), **given)

    return made


def of_month(actor, today):
    units = frozenset(actor.scope.units) or frozenset([actor.unit_id])
    return yields_of(actor, units, period("month", today=today), today=today)


def test_cost_is_divided_by_what_came(event, cost, lin, liang, east_one, at, today):
    for number in range(3):
        coming = Coming("form", east_one.pk, {"phone": f"1380000000{number}"}, source=event.pk)
        lead = receive(coming, by=lin, at=at, owner=lin)
    push_lead(lead=lead, judged=Judged(uuid4(), "again"), by=lin, at=at)
    won = create_customer(fields={"name": "展会来的", "source_id": event.pk}, owner=lin, by=lin, at=at)
    Customer.objects.filter(pk=won.pk).update(won_on=today)
    Payment.objects.create(customer=won, by=lin, amount=Decimal("3000"), paid_on=today)
    cost()
    (line,) = of_month(liang, today)
    assert (str(line.source), line.leads, line.judged, line.own, line.won) == ("自办活动", 3, 1, 1, 1)
    assert (line.cost, line.hours, line.pushes, line.paid) == (600, 8, 1, 3000)
    assert (line.cost_of_lead, line.cost_of_judged, line.cost_of_won, line.return_on_cost) == (200, 600, 600, 5)
    assert line.cost_of_converted is None


def test_a_customer_that_a_lead_became_counts_once_with_its_leads_source(event, lin, liang, east_one, at, today):
    lead = receive(Coming("form", east_one.pk, {"phone": "13800000001"}, source=event.pk), by=lin, at=at, owner=lin)
    became = create_customer(fields={"name": "转来的"}, owner=lin, by=lin, at=at)
    Customer.objects.filter(pk=became.pk).update(won_on=today)
    Lead.objects.filter(pk=lead.pk).update(ended_at=at, outcome="converted", push_on=None, customer=became)
    Payment.objects.create(customer=became, by=lin, amount=Decimal("800"), paid_on=today)
    (line,) = of_month(liang, today)
    assert (line.leads, line.converted, line.own, line.won, line.paid) == (1, 1, 0, 1, 800)


def test_rewards_are_the_cost_of_informants(liang, east, at, today):
    note_reward(
        informant="老赵", contact="", customer=None, unit=east, on=today, amount=Decimal("200"), paid_on=None,
        remarks="", by=liang, at=at,
    )  # fmt: skip
    (line,) = of_month(liang, today)
    assert (line.source.code, line.cost) == ("informant", 200)


def test_who_brought_others(lin, liang, at, today):
    by = create_customer(fields={"name": "老客户"}, owner=lin, by=lin, at=at)
    for name in ("甲", "乙"):
        create_customer(fields={"name": name, "referred_by_id": by.pk}, owner=lin, by=lin, at=at)
    (found,) = referrers_of(liang, frozenset(liang.scope.units), period("month", today=today))
    assert (found.customer, found.brought, found.won, found.paid) == (by, 2, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"amount": "0", "hours": "0"}, "cost_of_nothing"), ({"on": None}, "cost_day_to_come")],
)
def test_a_cost_of_nothing_or_of_tomorrow_is_refused(cost, at, wrong, code):
    if "on" in wrong:
        wrong = {"on": at.date().replace(year=2027)}
    with pytest.raises(Refused) as refused:
        cost(**wrong)
    assert refused.value.reason.code == code
    assert SourceCost.objects.count() == 0


def test_costs_are_kept_by_who_leads_the_unit(cost, lin, fang, liang, at):
    for stranger in (lin, fang):
        with pytest.raises(NotPermitted):
            cost(by=stranger)
    row = cost()
    with pytest.raises(NotPermitted):
        remove_cost(cost=row, by=fang, at=at)
    remove_cost(cost=row, by=liang, at=at)
    remove_cost(cost=row, by=liang, at=at)
    assert not SourceCost.objects.exists()
    assert [entry.verb for entry in Entry.objects.about("source", row.source_id)] == [
        "source_cost.removed", "source_cost.noted",
    ]  # fmt: skip


def test_a_reward_is_owed_paid_and_owed_again(liang, east, at, today):
    row = note_reward(
        informant="老赵", contact="", customer=None, unit=east, on=today, amount=Decimal("200"), paid_on=None,
        remarks="", by=liang, at=at,
    )  # fmt: skip
    assert pay_reward(reward=row, on=today, by=liang, at=at).paid_on == today
    assert pay_reward(reward=row, on=None, by=liang, at=at).paid_on is None
    with pytest.raises(Refused):
        pay_reward(reward=row, on=today.replace(year=2025), by=liang, at=at)


def test_the_pages_are_for_who_leads(client_of, cost, lin, liang, fang, event, east):
    row = cost()
    for address in ("/leads/costs/", "/leads/costs/new/", "/leads/rewards/new/", "/insights/sources/"):
        assert client_of(lin).get(address).status_code == 403
        assert client_of(liang).get(address).status_code == 200
    assert "展会摊位" in client_of(liang).get("/leads/costs/").content.decode()
    assert "展会摊位" not in client_of(fang).get("/leads/costs/").content.decode()
    assert client_of(fang).post(f"/leads/costs/{row.pk}/removed/").status_code == 404
    form = {
        "source": event.pk,
        "amount": "120.50",
        "hours": "",
        "on": "2026-11-20",
        "what_for": "印资料",
        "unit": east.pk,
    }
    assert client_of(liang).post("/leads/costs/new/", form).status_code == 303
    reward = {"informant": "老赵", "amount": "88", "on": "2026-11-20", "unit": east.pk}
    assert client_of(liang).post("/leads/rewards/new/", reward).status_code == 303
    paid = Reward.objects.get()
    assert client_of(liang).post(f"/leads/rewards/{paid.pk}/paid/").status_code == 303
    assert client_of(liang).get("/leads/costs/?of=rewards").status_code == 200
