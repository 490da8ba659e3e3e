"""The demo company is a true one: what its rows say of each other agrees, and no promise is broken in it."""

from datetime import timedelta

import pytest
from django.db.models import Count, F, Q

from genjin.config.demo import load_demo
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Report, ReportComment, Task, Touch, Workday
from genjin.followups.reports.reading import team_page
from genjin.organization.absences.models import Absence
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


def test_last_days_reports_were_handed_in_but_for_one(demo, today):
    yesterday = today - timedelta(days=1)
    people = Person.objects.active().filter(role__in=["seller", "service"])
    page = team_page(people.select_related("unit"), "day", yesterday, today=today)
    assert page.owed - page.handed_in == 1
    assert all(line.report.words for line in page.lines if line.report)
    assert ReportComment.objects.filter(seen_at=None, report__person__sign_in="zhouyutong").count() == 1
    assert not Report.objects.filter(submitted_at__gt=F("read_at")).exists()


def test_everybody_finds_something_of_the_day(demo, today):
    tomorrow = today + timedelta(days=1)
    assert Appointment.objects.filter(kind="visit", at__date=tomorrow, confirmed_at=None).exists()
    assert set(Task.objects.values_list("outcome", flat=True)) == {"", "done", "declined"}
    assert {absence.part for absence in Absence.objects.filter(first__gte=today)} == {"afternoon", "day"}


def test_a_class_is_only_moved_by_talking(demo):
    assert not Touch.objects.filter(is_effective=False).exclude(class_after=F("class_before")).exists()


def test_nothing_lies_in_the_future_that_has_happened(demo, at):
    assert not Touch.objects.filter(at__gt=at).exists()
    assert not Report.objects.filter(submitted_at__gt=at).exists()
    assert not Workday.objects.filter(Q(began_at__gt=at) | Q(ended_at__gt=at)).exists()


def test_it_is_never_loaded_over_somebodys_data(demo):
    before = Customer.objects.count()
    with pytest.raises(RuntimeError):
        load_demo()
    assert Customer.objects.count() == before
