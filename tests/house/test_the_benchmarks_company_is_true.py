"""What is measured is measured on rows that could be: the benchmark's company passes `genjin check`."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from bench.company import STOCK, Size, build
from genjin.config.checking import untruths
from genjin.customers.models import Customer
from genjin.followups.models import Touch

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def company(db):
    return build(Size(customers=150, sellers=4, contacts=700, held=20, over=1), TODAY)


def test_nothing_in_it_is_untrue(company):
    assert [str(untruth) for untruth in untruths()] == []


def test_it_holds_what_was_asked_for(company):
    held = Customer.objects.filter(owner__isnull=False)
    assert (Customer.objects.count(), held.exclude(pool=None).count()) == (150, 0)
    assert held.count() == 150 - Customer.objects.in_pool().count() >= 4 * 20
    assert set(Customer.objects.values_list("class_code", flat=True)) <= set(STOCK)
    assert abs(Touch.objects.count() - 700) < 70


def test_what_stands_on_a_customer_is_what_its_contacts_say(company):
    counted = Customer.objects.annotate(
        last=Max("touches__at"),
        effective=Max("touches__at", filter=Q(touches__is_effective=True)),
        misses=Count("touches", filter=Q(touches__is_effective=False)),
    ).filter(attempts__gt=0)
    assert counted.exists()
    assert not counted.exclude(last_touch_at=F("last"), missed_in_row=F("misses")).exists()
    for row in counted:
        assert timezone.localdate(row.effective) == row.last_effective_on < TODAY
    nobody = Customer.objects.filter(attempts=0).exclude(last_effective_on=None, last_touch_at=None)
    assert not nobody.exists()


def test_no_contact_lies_in_the_future_and_each_has_its_class(company):
    tonight = timezone.make_aware(datetime.combine(TODAY, datetime.min.time()) + timedelta(days=1))
    assert not Touch.objects.filter(at__gte=tonight).exists()
    assert not Touch.objects.exclude(class_after=F("customer__class_code")).exists()
