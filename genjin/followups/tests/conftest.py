"""Customers that a seller works, made the way the product makes them."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.services.standing import enter_class, start_cycle
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import Saved, save_touch
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of
from genjin.playbooks.services import adopt_playbook
from genjin.playbooks.tests.changing import changed, made_current


@pytest.fixture
def customer_of(at: datetime, today: date) -> Callable[..., Customer]:
    """A customer of a person: its class, its dates (given ones replace the engine's), whether a KP is known."""
    made = iter(range(1, 10_000))

    def make(owner: Person, code: str = "0", *, kp: bool = True, name: str = "", **fields) -> Customer:
        number = next(made)
        contact = ContactFile(
            {"name": "高建平", "title": "总经理", "is_key_person": kp}, phones=[f"1380000{number:04d}"]
        )
        row = create_customer(
            fields={"name": name or f"第{number}号装饰工程"}, contact=contact, owner=owner, by=owner, at=at
        )
        practice = practice_of(owner.unit)
        if code != row.class_code:
            enter_class(row, practice, code, today=today)
            start_cycle(row, practice, anchor=today, anchor_kind="class_move")
        for field, value in fields.items():
            setattr(row, field, value)
        row.save()
        return Customer.objects.get(pk=row.pk)

    return make


@pytest.fixture
def note() -> Callable[..., Note]:
    def write(**fields) -> Note:
        return Note(key=uuid4(), **fields)

    return write


@pytest.fixture
def save(at: datetime, note: Callable[..., Note]) -> Callable[..., Saved]:
    """Save a note as a person: `save(lin, customer, miss_reason="no_answer")`."""

    def saved(by: Person, customer: Customer, *, moment: datetime | None = None, **fields) -> Saved:
        return save_touch(customer=customer, note=note(**fields), by=by, at=moment or at)

    return saved


@pytest.fixture
def missed(save) -> Callable[..., Saved]:
    """`missed(lin, customer, 3)`: as many misses in a row, an hour apart; more for the last of them."""

    def tries(by: Person, customer: Customer, times: int, **last) -> Saved:
        for n in range(times):
            more = last if n == times - 1 else {}
            row = Customer.objects.get(pk=customer.pk)
            result = save(by, row, miss_reason="no_answer", effective=False, **more)
        return result

    return tries


@pytest.fixture
def giving_up_needs_the_lead(east_one, qian, at) -> None:
    """The team's playbook with 放弃要主管同意 switched on."""
    adopt_playbook(unit=east_one, playbook="telesales", by=qian, at=at)
    made_current(changed({"pool.approve_giving_up": True}), by=qian, at=at)
