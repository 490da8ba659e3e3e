"""What is wrong with the data is counted by the conditions of the lists behind it, day by day, in scope."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from genjin.core.reasons import NotPermitted
from genjin.customers import filters
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.insights.models import QualityDay
from genjin.insights.quality.counting import FAULTS, KEPT_DAYS, count_quality, recount
from genjin.insights.quality.reading import quality_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def faults_of(east_one, at):
    def counted(person) -> dict[str, int]:
        count_quality(units=[east_one.pk], at=at)
        row = QualityDay.objects.filter(owner=person).first()
        return row.faults if row else {}

    return counted


@pytest.fixture
def names(today):
    def found(fault: str) -> set[str]:
        condition = next(each.condition for each in FAULTS if each.code == fault)
        asked = filters.read(QueryDict(f"where={condition}"))
        assert asked.left_out == ()
        return {row.name for row in filters.narrowed(Customer.objects.all(), asked, person=0, today=today)}

    return found


def test_a_sound_customer_has_no_fault(lin, customer_of, faults_of):
    customer_of(lin, "4")
    assert faults_of(lin) == {}


def test_without_phone_or_key_person(lin, customer_of, faults_of, names):
    row = customer_of(lin, "0", name="没人认识")
    Phone.objects.filter(customer=row).delete()
    ContactPerson.objects.filter(customer=row).update(is_key_person=False)
    customer_of(lin, "4")
    assert faults_of(lin) == {"no_phone": 1, "no_key_person": 1}
    assert names("no_phone") == names("no_key_person") == {"没人认识"}


def test_a_phone_that_stands_at_two_customers_is_a_fault_of_both(lin, zhou, customer_of, faults_of, names):
    one, other = customer_of(lin, "4", name="甲"), customer_of(zhou, "4", name="乙")
    customer_of(lin, "4", name="丙")
    Phone.objects.create(customer=other, number=one.phones.get().number)
    assert (faults_of(lin), faults_of(zhou)) == ({"shared_phone": 1}, {"shared_phone": 1})
    assert names("shared_phone") == {"甲", "乙"}


def test_the_same_number_twice_at_one_customer_is_none(lin, customer_of, faults_of):
    row = customer_of(lin, "4")
    Phone.objects.create(customer=row, number=row.phones.get().number)
    assert faults_of(lin) == {}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"class_since": date(2026, 11, 25)}, True),
        ({"class_since": date(2026, 11, 24)}, False),
        ({"owned_since": date(1900, 1, 1)}, True),
        ({"last_effective_on": date(2027, 1, 1)}, True),
        ({"won_on": date(1989, 12, 31)}, True),
        ({"won_on": date(1990, 1, 1)}, False),
        ({"due_on": date(2027, 11, 24)}, True),
        ({"due_on": date(2027, 1, 20)}, False),  # three cycles of fourteen working days, and a week
        ({"due_on": date(2020, 1, 1)}, False),  # long overdue is no wrong date
    ],
)
def test_which_dates_cannot_be(lin, customer_of, faults_of, names, fields, wrong):
    customer_of(lin, "4", name="改过", **fields)
    assert faults_of(lin) == ({"impossible": 1} if wrong else {})
    assert names("impossible") == ({"改过"} if wrong else set())


def test_no_such_number_counts_until_somebody_is_reached(lin, customer_of, save, faults_of, at):
    row = customer_of(lin, "4")
    save(lin, row, miss_reason="empty_number")
    assert faults_of(lin) == {"unreachable": 1}
    save(lin, row, interests=["peers"], moment=at + timedelta(hours=1))
    assert faults_of(lin) == {}


def test_no_such_number_of_long_ago_does_not_come_back(lin, customer_of, save, faults_of, at):
    row = customer_of(lin, "4")
    save(lin, row, miss_reason="empty_number")
    save(lin, row, interests=["peers"], moment=at + timedelta(hours=1))
    save(lin, row, miss_reason="no_answer", moment=at + timedelta(hours=2))
    assert faults_of(lin) == {}


def test_switched_off_counts_after_three_misses_in_a_row(lin, customer_of, save, faults_of, at):
    row = customer_of(lin, "3")
    for nth, reason in enumerate(("switched_off", "no_answer")):
        save(lin, row, miss_reason=reason, moment=at + timedelta(hours=nth))
    assert "unreachable" not in faults_of(lin)
    Customer.objects.filter(pk=row.pk).update(missed_in_row=3)
    assert faults_of(lin)["unreachable"] == 1


def test_customers_in_a_pool_and_closed_ones_are_not_counted(lin, customer_of, faults_of, today):
    row = customer_of(lin, "4")
    Phone.objects.filter(customer=row).delete()
    Customer.objects.filter(pk=row.pk).update(closed_on=today, closed_kind="dead", due_on=None, planned_on=None)
    assert faults_of(lin) == {}


def test_counting_twice_a_day_replaces_and_old_days_go(lin, customer_of, east_one, faults_of, at, today):
    old = today - timedelta(days=KEPT_DAYS + 1)
    QualityDay.objects.create(on=old, unit=east_one, owner=lin, held=1, counted_at=at)
    Phone.objects.filter(customer=customer_of(lin, "4")).delete()
    faults_of(lin)
    faults_of(lin)
    assert list(QualityDay.objects.values_list("on", "faults")) == [(today, {"no_phone": 1})]


def test_the_change_is_since_a_week_ago(lin, liang, customer_of, east_one, at, today):
    rows = [customer_of(lin, "4") for _nth in range(3)]
    Phone.objects.filter(customer__in=rows).delete()
    count_quality(units=[east_one.pk], at=at - timedelta(days=7))
    Phone.objects.create(customer=rows[0], number="13900001111")
    count_quality(units=[east_one.pk], at=at)
    found = quality_of(liang, [east_one.pk], today=today)
    assert found.compared_with == today - timedelta(days=7)
    assert (found.together.faults["no_phone"], found.together.change("no_phone")) == (2, -1)
    assert [line.of for line in found.people] == [lin]


def test_without_a_count_of_a_week_ago_nothing_is_said_of_change(lin, liang, customer_of, east_one, at, today):
    customer_of(lin, "4")
    count_quality(units=[east_one.pk], at=at)
    assert quality_of(liang, [east_one.pk], today=today).together.change("no_phone") is None


def test_a_seller_may_not_count(lin, east_one, at):
    with pytest.raises(NotPermitted):
        recount(units=[east_one.pk], by=lin, at=at)
    assert not QualityDay.objects.exists()


def test_the_manager_counts_and_every_figure_leads_to_its_list(lin, liang, customer_of, client_of):
    Phone.objects.filter(customer=customer_of(lin, "4", name="没电话的")).delete()
    customer_of(lin, "4", name="有电话的")
    client = client_of(liang)
    assert "还没数过" in client.get(reverse("insights_quality")).content.decode()
    client.post(reverse("insights_quality_counted"))
    page = client.get(reverse("insights_quality")).content.decode()
    assert f"owner={lin.pk}&amp;where=phone:empty" in page
    listed = client.get(f"{reverse('customers')}?view=team&owner={lin.pk}&where=phone:empty").content.decode()
    assert "没电话的" in listed
    assert "有电话的" not in listed


def test_another_region_sees_none_of_it(lin, fang, customer_of, east_one, client_of, at):
    customer_of(lin, "4")
    count_quality(units=[east_one.pk], at=at)
    client = client_of(fang)
    assert lin.name not in client.get(reverse("insights_quality")).content.decode()
    assert client.get(reverse("insights_quality"), {"unit": east_one.pk}).status_code == 404
    assert client.post(reverse("insights_quality_counted"), {"unit": east_one.pk}).status_code == 404


def test_a_seller_has_no_board_of_it(lin, client_of):
    assert client_of(lin).get(reverse("insights_quality")).status_code == 403
    assert client_of(lin).post(reverse("insights_quality_counted")).status_code == 403
