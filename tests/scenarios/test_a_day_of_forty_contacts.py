"""林小满 works off her list on a Tuesday: forty contacts, note after note, and a next contact for everybody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from genjin.config.checking import untruths
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.followups.day import day_of
from genjin.followups.models import Promise, Touch

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]

# class → (how many, days until due): what lies before her this morning.
FLOOR = {"0": (22, 6), "2": (2, 0), "3k": (4, 0), "3": (8, 1), "4k": (6, 0), "4": (10, -1), "5": (3, 0)}


@pytest.fixture
def floor(lin, at, today):
    kp = ContactFile({"name": "高建平", "is_key_person": True})
    for code, (count, days) in FLOOR.items():
        for number in range(count):
            row = create_customer(
                fields={"name": f"{code}类客户{number}"}, contact=kp, class_code=code, owner=lin, by=lin, at=at
            )
            row.due_on = today + timedelta(days=days)
            row.planned_on = None if code == "0" else today
            row.save(update_fields=["due_on", "planned_on"])


def note_for(number: int, customer: Customer) -> dict[str, str | list[str]]:
    """Two of three are reached; every eighth of these is promised something, new ones turn into class 4."""
    fields: dict[str, str | list[str]] = {
        "key": str(uuid4()),
        "version": str(customer.version),
        "channel": "phone",
        "back": "today",
    }
    if number % 3 == 2:
        return fields | {"outcome": "missed", "miss_reason": "no_answer"}
    fields |= {"outcome": "effective", "interests": ["peers"], "services": ["front_page"], "remarks": "愿意再谈"}
    if customer.class_code == "0":
        fields["class_wanted"] = "4"
    if number % 8 == 0:
        fields["promise_what"] = "发同行案例"
    return fields


def test_forty_contacts_and_nobody_without_a_next_one(floor, client_of, lin, clock, at, today):
    clock.move_to(at.replace(hour=8, minute=35))
    client = client_of(lin)
    worked = []
    for number in range(40):
        day = day_of(lin, at=timezone.now())
        customer = Customer.objects.get(pk=day.first())
        page = client.get(reverse("today_customer", args=[customer.pk]))
        assert customer.name in page.content.decode()
        answer = client.post(reverse("note_save", args=[customer.pk]), note_for(number, customer))
        assert answer.status_code == 303
        worked.append(customer.pk)
        clock.shift(timedelta(minutes=11))

    assert Touch.objects.standing().filter(author=lin).count() == 40
    done = Customer.objects.filter(pk__in=worked)
    assert done.filter(planned_on=None).count() == 0, "everybody called has a next contact"
    assert Promise.objects.open().filter(by=lin).count() > 0
    assert list(untruths()) == []


def test_what_was_overdue_is_called_before_what_is_only_due(floor, client_of, lin, clock, at):
    clock.move_to(at.replace(hour=16, minute=35))
    day = day_of(lin, at=timezone.now())
    in_block = [row for block in day.blocks for row in block.rows if row.cls.code == "4"]
    assert in_block[0].state == "overdue"


def test_the_list_never_shows_a_customer_twice_and_hides_nobody(floor, lin, at, clock):
    day = day_of(lin, at=at)
    listed = [row.customer for block in day.blocks for row in block.rows]
    assert len(listed) == len(set(listed))
    assert set(listed).isdisjoint(row.customer for row in day.left_over)
    due = Customer.objects.owned_by(lin).filter(planned_on__lte=timezone.localdate(at)).values_list("pk", flat=True)
    assert set(due) <= set(listed) | {row.customer for row in day.left_over}
