"""The demo company is a true one: what its rows say of each other agrees, and no promise is broken in it."""

import pytest
from django.db.models import Count, F, Q

from genjin.config.demo import load_demo
from genjin.customers.models import Customer
from genjin.followups.models import Touch
from genjin.organization.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


@pytest.fixture
def demo(at):
    load_demo(now=at, share=0.05)


def test_every_open_customer_is_owned_with_a_date_or_lies_in_a_pool(demo, today):
    assert Customer.objects.owned_by(None).count() == Customer.objects.in_pool().count() > 0
    assert Customer.objects.filter(owner__isnull=False, due_on=None).count() == 0
    assert Customer.objects.open().filter(owner__is_active=False).count() == 0


def test_counts_on_the_customer_are_those_of_its_touches(demo):
    wrong = (
        Customer.objects.annotate(made=Count("touches"), reached=Count("touches", filter=Q(touches__is_effective=True)))
        .exclude(made=F("attempts"), reached=F("effective_contacts"))
        .count()
    )
    assert wrong == 0
    assert Touch.objects.exists()


def test_somebody_left_and_everything_went_over(demo):
    left = Person.objects.get(is_active=False)
    assert left.customers.open().count() == 0
    assert Touch.objects.filter(author=left).exists()


def test_nothing_lies_in_the_future_that_has_happened(demo, at):
    assert not Touch.objects.filter(at__gt=at).exists()


def test_it_is_never_loaded_over_somebodys_data(demo):
    before = Customer.objects.count()
    with pytest.raises(RuntimeError):
        load_demo()
    assert Customer.objects.count() == before
