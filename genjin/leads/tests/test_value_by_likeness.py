"""What is learned of leads and customers, what is shown of one, and to whom the quality is shown."""

import random
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from genjin.core.fields.models import Field
from genjin.core.fields.reading import ask_again
from genjin.customers.models import Customer, SourceChannel
from genjin.followups.models import Payment
from genjin.leads.models import Lead
from genjin.leads.scoring.models import Likeness
from genjin.leads.scoring.reading import shown_of
from genjin.leads.scoring.rows import known_of
from genjin.leads.scoring.services import learn

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(lin, at):
    """So many judged leads: those of 无锡 mostly became customers, others hardly; the source says nothing."""

    def made(count):
        chance, sources = random.Random(7), list(SourceChannel.objects.all()[:2])
        rows = []
        for nth in range(count):
            city = chance.choice(["无锡", "苏州"])
            outcome = "converted" if chance.random() < (0.7 if city == "无锡" else 0.1) else "no_need"
            arrived = at - timedelta(days=count - nth)
            rows.append(
                Lead(
                    company=f"公司{nth}",
                    city=city,
                    source=sources[nth % 2],
                    channel="form",
                    owner=lin,
                    unit=lin.unit,
                    arrived_at=arrived,
                    last_arrived_at=arrived,
                    ended_at=arrived,
                    outcome=outcome,
                )
            )
        Lead.objects.bulk_create(rows)
        return sources

    return made


def test_with_little_the_share_of_the_source_is_shown_with_its_bounds(judged, pushed, lin, at):
    source = judged(60)[0]
    learn(at=at)
    lead = pushed(lin, company="新来的", city="无锡")
    Lead.objects.filter(pk=lead.pk).update(source=source)
    shown = shown_of(Lead.objects.get(pk=lead.pk), lin)
    yes = Lead.objects.filter(source=source, outcome="converted").count()
    assert (shown.share.yes, shown.share.all, shown.is_of_source) == (yes, 30, True)
    assert shown.share.low < shown.chance == yes / 30 < shown.share.high
    assert not Likeness.objects.get(subject="lead").is_used


def test_with_enough_the_likeness_is_shown_with_its_grounds(judged, pushed, lin, at):
    judged(600)
    learn(at=at)
    assert Likeness.objects.get(subject="lead").is_used
    here, there = (shown_of(pushed(lin, company=f"新{city}", city=city, phone=f"1380000{n}000"), lin)
                   for n, city in enumerate(["无锡", "苏州"], 1))  # fmt: skip
    assert here.chance > 0.5 > 0.2 > there.chance
    assert (here.said[0].text, here.said[0].is_for) == ("城市：无锡", True)
    assert not there.said[0].is_for


def test_of_nobody_nothing_is_claimed(pushed, lin, at):
    assert shown_of(pushed(lin), lin) is None
    learn(at=at)
    assert shown_of(pushed(lin, phone="13800000009"), lin) is None


def test_what_those_who_bought_paid_gives_the_worth(lin, owned, at):
    learned = []
    for nth in range(12):
        customer = owned(lin, f"客户{nth}")
        if nth < 6:
            Customer.objects.filter(pk=customer.pk).update(won_on=at.date())
            Payment.objects.create(customer=customer, amount=Decimal(1000), paid_on=at.date(), by=lin)
        else:
            dead = {"closed_on": at.date(), "closed_kind": "dead", "due_on": None, "planned_on": None}
            Customer.objects.filter(pk=customer.pk).update(**dead)
        learned.append(customer)
    learn(at=at)
    shown = shown_of(owned(lin, "新客户"), lin)
    assert (shown.share.yes, shown.share.all, shown.worth) == (6, 12, Decimal("500.0"))


def test_only_fields_marked_as_known_on_arrival_are_looked_at(db):
    for code, known in (("headcount", True), ("final_price", False)):
        Field.objects.create(subject="customer", code=code, label=code, kind="number", is_known_at_arrival=known)
    ask_again()
    names = {each.trait.name for each in known_of("customer")}
    assert "own_headcount" in names
    assert "own_final_price" not in names


def test_no_page_loads_the_learning_library():
    """Asked in a process of its own: this one has learned already."""
    loaded = "import genjin.config.urls, genjin.leads.jobs"
    code = f"import django, sys; django.setup(); {loaded}; print('sklearn' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_who_leads_sees_how_good_it_is_and_a_seller_does_not(judged, liang, lin, client_of, at):
    judged(600)
    learn(at=at)
    page = client_of(liang).get(reverse("likeness")).content.decode()
    assert "AUC" in page
    assert page.count('class="plot__s"') == 10
    assert client_of(lin).get(reverse("likeness")).status_code == 403


def test_the_panel_is_shown_to_who_sees_the_lead_only(judged, pushed, lin, zhou, client_of, at):
    judged(60)
    learn(at=at)
    address = reverse("lead_likeness", args=[pushed(lin).pk])
    assert "%" in client_of(lin).get(address).content.decode()
    assert client_of(zhou).get(address).status_code == 404
