"""The contacts and promises behind a figure: the same rows, in scope, whatever the address says."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.customers.models import ClassMove
from genjin.followups.models import Promise, Touch

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


def turned(client, name, **query) -> list[str]:
    """Every page of a list, one after the other, as a reader turns them."""
    pages, address = [], reverse(name) + "?" + urlencode(query)
    while address:
        pages.append(client.get(address).content.decode())
        further = re.search(r'rel="next" href="([^"]+)"', pages[-1])
        address = unescape(further[1]) if further else ""
    return pages


@pytest.mark.parametrize("what", ["", "effective"])
def test_contacts_are_turned_over_page_by_page_and_none_is_missing(lin, liang, customer_of, at, client_of, what):
    row = customer_of(lin, "4", name="老客户")
    moments = [at - timedelta(minutes=number) for number in range(120)]
    Touch.objects.bulk_create(
        Touch(
            customer=row, author=lin, at=moment, is_effective=True, proposed_effective=True, key=uuid4(),
            class_before="4", class_after="4", remarks=f"第{number:03d}次",
        )
        for number, moment in enumerate(moments)
    )  # fmt: skip
    pages = turned(client_of(liang), "insights_contacts", what=what)
    seen = [found for page in pages for found in re.findall(r"第\d{3}次", page)]
    assert len(pages) == 3
    assert seen == [f"第{number:03d}次" for number in range(120)]


def test_hours_hold_on_every_page(lin, liang, customer_of, at, client_of):
    row = customer_of(lin, "4")
    Touch.objects.bulk_create(
        Touch(
            customer=row, author=lin, at=at - timedelta(minutes=number), is_effective=False, proposed_effective=False,
            key=uuid4(), class_before="4", class_after="4", remarks=f"第{number:03d}次",
        )
        for number in range(120)
    )  # fmt: skip
    pages = turned(client_of(liang), "insights_contacts", after="08:01", before="09:00")
    seen = [found for page in pages for found in re.findall(r"第\d{3}次", page)]
    assert seen == [f"第{number:03d}次" for number in range(61, 120)]


@pytest.mark.parametrize("what", ["late", "open", "kept"])
def test_promises_are_turned_over_page_by_page(lin, liang, customer_of, at, client_of, what):
    row, sign = customer_of(lin, "4"), {"late": -1, "open": 1, "kept": -1}[what]
    Promise.objects.bulk_create(
        Promise(
            customer=row, by=lin, what=f"第{number:03d}件", made_at=at - timedelta(days=9),
            by_when=at + sign * timedelta(minutes=number + 1), ended_at=at if what == "kept" else None,
        )
        for number in range(70)
    )  # fmt: skip
    pages = turned(client_of(liang), "insights_promises", what=what)
    seen = [found for page in pages for found in re.findall(r"第\d{3}件", page)]
    assert (len(pages), len(seen), len(set(seen))) == (2, 70, 70)


@pytest.mark.parametrize(("what", "number"), [("", 70), ("nearer", 60), ("farther", 10)])
def test_moves_are_turned_over_page_by_page(lin, liang, customer_of, at, client_of, what, number):
    row = customer_of(lin, "4")
    ClassMove.objects.all().delete()
    ClassMove.objects.bulk_create(
        ClassMove(
            customer=row, owner=lin, by=lin, at=at - timedelta(minutes=nth), playbook="telesales", cause="person",
            from_code="4", to_code="3" if nth % 7 else "5", reason=f"第{nth:03d}步", version=nth + 1,
        )
        for nth in range(70)
    )  # fmt: skip
    pages = turned(client_of(liang), "insights_moves", what=what)
    seen = [found for page in pages for found in re.findall(r"第\d{3}步", page)]
    assert len(seen) == len(set(seen)) == number
