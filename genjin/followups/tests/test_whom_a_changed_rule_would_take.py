"""Before rules of going back are switched on: how many they would take, of which class, from whom, with examples."""

from datetime import date, timedelta

import pytest

from genjin.customers.models import Customer
from genjin.followups.recycling.models import RecycledCustomer
from genjin.followups.recycling.services import recycle_until_yesterday
from genjin.playbooks.editions.effects import effects
from genjin.playbooks.editions.services import begin_draft, change_draft
from genjin.playbooks.schema import shipped
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = pytest.mark.django_db
NOW = shipped()["telesales"]
RULES = [{"classes": ["4", "4k"], "no_contact": 42}, {"classes": ["0"], "no_contact": 16}]
WANTED = {"recycle.active": True, "recycle.rules": RULES}


@pytest.fixture
def floor(customer_of, lin, zhou):
    """Lin holds three of class 4 that nobody reached since summer, one fresh; Zhou one whose last day is tomorrow."""
    for n in range(3):
        customer_of(lin, "4", name=f"林的 {n}", owned_since=date(2026, 6, 1))
    customer_of(lin, "4", name="林的新客户")
    customer_of(zhou, "0", name="周的", owned_since=date(2026, 11, 6))


def test_the_first_night_is_counted_by_class_and_person_with_examples(floor, lin, zhou, east_one, today):
    back = effects(NOW, changed(WANTED), today).taken_back
    assert (back.first, back.before, back.after) == (date(2026, 11, 25), 0, 4)
    assert dict(back.by_class) == {"4": (0, 3), "0": (0, 1)}
    assert [(each.name, each.customers) for each in back.people] == [(lin.name, 3), (zhou.name, 1)]
    assert {each.name for each in back.examples} == {"林的 0", "林的 1", "林的 2", "周的"}
    assert back.examples[0].reason.code == "recycle_no_contact"


def test_what_is_said_before_is_what_the_first_night_takes(floor, qian, at, today):
    said = effects(NOW, changed(WANTED), today).taken_back
    made_current(changed(WANTED), by=qian, at=at)
    midnight = at.replace(hour=0, minute=1)
    assert recycle_until_yesterday(at=midnight + timedelta(days=1)) == 0
    assert recycle_until_yesterday(at=midnight + timedelta(days=2)) == said.after
    names = Customer.objects.filter(pk__in=RecycledCustomer.objects.values("customer")).values_list("name", flat=True)
    assert set(names) == {each.name for each in said.examples}


def test_other_changes_say_nothing_of_it(floor, today):
    assert effects(NOW, changed({"daily_slots": 30}), today).taken_back is None


def test_the_page_tells_it(floor, qian, client_of, at):
    begin_draft(playbook="telesales", by=qian, at=at)
    change_draft(playbook="telesales", content=changed(WANTED), by=qian, at=at)
    text = client_of(qian).get("/settings/playbooks/telesales/effects/").content.decode()
    assert "林的 0" in text
    assert "42 个工作日没有有效联系" in text
