"""The contacts and promises behind a figure: the same rows, in scope, whatever the address says."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.followups.models import Promise

pytestmark = pytest.mark.django_db

COPY = "客户很感兴趣，资料已经发过去了，等他回话"


@pytest.fixture
def floor(lin, zhou, customer_of, save):
    """Lin copies her notes, zhou writes his own and is not answered once."""
    for number in range(3):
        save(lin, customer_of(lin, "4", name=f"抄写{number}"), interests=["peers"], remarks=COPY)
    save(zhou, customer_of(zhou, "4", name="用心写"), interests=["peers"], remarks="老板娘管账，周四下午带案例过去")
    save(zhou, customer_of(zhou, "4", name="没接着"), miss_reason="no_answer")


def page(client, name, **query):
    return client.get(reverse(name), query).content.decode()


def test_copied_notes_are_the_planted_ones(floor, liang, client_of):
    found = page(client_of(liang), "insights_contacts", what="copied")
    assert found.count("抄写") == 3
    assert "用心写" not in found


def test_a_person_has_only_their_own(floor, zhou, liang, client_of):
    found = page(client_of(liang), "insights_contacts", person=zhou.pk)
    assert "用心写" in found
    assert "没接着" in found
    assert "抄写" not in found


def test_a_note_says_what_it_is_worth_and_why(floor, zhou, liang, client_of):
    found = page(client_of(liang), "insights_contacts", person=zhou.pk, what="effective")
    assert "没写异议点" in found


def test_hours_outside_show_nothing(floor, liang, client_of):
    assert "抄写" not in page(client_of(liang), "insights_contacts", after="13:00", before="14:00")


def test_another_regions_manager_sees_none_of_it(floor, fang, lin, client_of):
    client = client_of(fang)
    assert "抄写" not in page(client, "insights_contacts")
    assert client.get(reverse("insights_contacts"), {"person": lin.pk}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-99-99", "to": "nonsense"},
        {"from": "9999-12-31"},
        {"after": "25:99", "before": "x"},
        {"what": "drop table", "class": "';--"},
        {"person": "٣", "unit": "99999999999999999999"},
        {"from": "1999-01-01", "to": "2099-01-01"},
    ],
)
@pytest.mark.parametrize(
    "name", ["insights", "insights_notes", "insights_contacts", "insights_moves", "insights_promises"]
)
def test_an_address_that_makes_no_sense_is_no_error(name, query, floor, liang, client_of):
    assert client_of(liang).get(reverse(name), query).status_code == 200


def test_late_promises_are_listed_and_those_of_others_are_not(lin, liang, fang, customer_of, client_of, at):
    for what, days in (("发同行案例", -1), ("发报价单", 1)):
        row = customer_of(lin, "4")
        Promise.objects.create(customer=row, by=lin, what=what, by_when=at + timedelta(days=days), made_at=at)
    late, to_come = (page(client_of(liang), "insights_promises", what=what) for what in ("late", "open"))
    assert ("发同行案例" in late, "发报价单" in late) == (True, False)
    assert ("发同行案例" in to_come, "发报价单" in to_come) == (False, True)
    assert "发同行案例" not in page(client_of(fang), "insights_promises")
