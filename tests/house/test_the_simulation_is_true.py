"""Two sellers' first week of `make simulate`: what it does with the product keeps the product's promises."""

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.models import Count, F

from genjin.customers.models import Customer
from genjin.followups.models import DayPlan, PlannedContact, Touch
from genjin.organization.calendars import forget_calendars
from genjin.playbooks.editions import current
from simulation.__main__ import MODEL
from simulation.parameters import as_table
from simulation.run import simulate

WEEK = {"seed": 3, "sellers": 2, "days": 5, "slots": 8}


@pytest.fixture
def on_sqlite(db) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the simulation keeps a SQLite database of its own")


def test_a_week_keeps_every_promise_and_is_the_same_when_lived_again(on_sqlite):
    with transaction.atomic():
        first = simulate("base", **WEEK)
        transaction.set_rollback(True)
    forget_calendars()
    current.forget()
    result = simulate("base", **WEEK)
    assert result["fingerprint"] == first["fingerprint"]
    assert result["evenings"] == first["evenings"]
    assert result["untrue"] == []
    assert len(result["evenings"]) == WEEK["days"]
    assert Touch.objects.made_here().count() > 50
    held = Customer.objects.open().filter(owner__isnull=False)
    assert not held.filter(due_on=None).exists()
    assert not held.exclude(owner__is_active=True).exists()
    assert DayPlan.objects.exclude(settled_at=None).count() == WEEK["sellers"] * WEEK["days"]
    assert PlannedContact.objects.filter(outcome="done").exists()
    last = datetime.fromisoformat(result["evenings"][-1]["on"]).date()
    assert not Touch.objects.filter(at__date__gt=last).exists()
    assert not Customer.objects.annotate(n=Count("touches")).exclude(n=F("attempts")).exists()


@pytest.mark.parametrize(("variant", "plans"), [("overdue", 0), ("unlevelled", 1)])
def test_a_floor_without_a_mechanism_is_true_as_well(on_sqlite, variant, plans):
    result = simulate(variant, seed=3, sellers=1, days=1, slots=8)
    assert result["untrue"] == []
    assert result["plans"]["number"] == plans


def test_the_table_of_the_model_is_that_of_its_figures():
    assert as_table() in MODEL.read_text()
