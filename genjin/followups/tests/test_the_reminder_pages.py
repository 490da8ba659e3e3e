"""One's reminders; who is overdue step by step; the list behind each figure."""

from datetime import date

import pytest
from django.urls import reverse

from genjin.followups.escalation.digests import make_digests
from genjin.followups.escalation.models import Digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def slipped(customer_of, lin, zhou, liang, qian, at):
    customer_of(lin, name="春和装饰", due_on=date(2026, 11, 17), planned_on=None)
    customer_of(zhou, name="秋月家政", due_on=date(2026, 11, 23), planned_on=None)
    make_digests(at=at)


def test_ones_reminders_name_the_customer_and_lead_to_the_list(slipped, client_of, lin):
    page = client_of(lin).get(reverse("digest_list")).content.decode()
    assert "春和装饰" in page
    assert "秋月家政" not in page
    assert reverse("escalation_list") in page


def test_read_the_bell_is_silent(slipped, client_of, lin):
    client = client_of(lin)
    digest = Digest.objects.get(person=lin)
    assert 'title="未看"' in client.get(reverse("digest_list")).content.decode()
    client.post(reverse("digest_read", args=[digest.pk]))
    assert 'title="未看"' not in client.get(reverse("digest_list")).content.decode()


def test_somebody_elses_reminders_are_not_there(slipped, client_of, lin, liang):
    digest = Digest.objects.get(person=lin)
    assert client_of(liang).post(reverse("digest_read", args=[digest.pk])).status_code == 404
    assert Digest.objects.get(pk=digest.pk).read_at is None


def test_a_customer_that_changed_hands_is_named_no_longer(slipped, client_of, lin, zhou):
    from genjin.customers.models import Customer

    Customer.objects.filter(name="春和装饰").update(owner=zhou)
    assert "春和装饰" not in client_of(lin).get(reverse("digest_list")).content.decode()


def test_who_leads_sees_everybody_on_the_rungs(slipped, client_of, liang, lin):
    page = client_of(liang).get(reverse("escalation")).content.decode()
    assert "林小满" in page
    assert "周雨桐" in page
    assert f"?person={lin.pk}&amp;rung=reassign" in page


def test_another_region_sees_nothing_of_it(slipped, client_of, fang, lin, east_one):
    client = client_of(fang)
    assert "林小满" not in client.get(reverse("escalation")).content.decode()
    assert "春和装饰" not in client.get(reverse("escalation_list")).content.decode()
    assert client.get(reverse("escalation"), {"unit": east_one.pk}).status_code == 404
    assert client.get(reverse("escalation_list"), {"person": lin.pk}).status_code == 404


def test_a_seller_sees_their_own_with_why_and_what_follows(slipped, client_of, lin):
    client = client_of(lin)
    assert client.get(reverse("escalation")).headers["Location"] == reverse("escalation_list")
    page = client.get(reverse("escalation_list")).content.decode()
    assert "秋月家政" not in page
    assert "已逾期 6 个工作日" in page
    assert "11-28 周六" in page


def test_the_list_behind_a_rung_holds_who_reached_it(slipped, client_of, liang):
    client = client_of(liang)
    page = client.get(reverse("escalation_list"), {"rung": "lead"}).content.decode()
    assert "春和装饰" in page
    assert "秋月家政" not in page
    assert "秋月家政" in client.get(reverse("escalation_list"), {"rung": "nonsense", "unit": "x"}).content.decode()
