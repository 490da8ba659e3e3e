"""A customer that a row means, as it stands for that row: with what earlier rows of the same file have changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from genjin.core.transfer.kinds import Addition
from genjin.customers.importing.people import NewContact
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.models import ContactPerson, Customer, Phone, Remark, Tag

DETAILS = ("title", "wechat", "email")


@dataclass(slots=True)
class Person:
    """A contact person there; `pk` is None while the row that brings it is not written."""

    name: str
    details: dict[str, str]
    phones: list[str] = field(default_factory=list)
    pk: int | None = None
    is_key: bool = False
    remarks: str = ""

    @classmethod
    def of(cls, new: NewContact) -> "Person":
        """Somebody a row brings."""
        details = {"title": new.title, "wechat": new.wechat, "email": new.email}
        return cls(new.name, details, list(new.phones), None, new.is_key, new.remarks)


@dataclass(slots=True)
class Target:
    """`phones` are the customer's own, `of_people` those of its contact people; `added` is what apps further right have
    of it, by the identity of the addition. `item` is set while the customer is
    only made by an earlier row of the same batch: it has no key yet.
    """

    customer: Customer
    phones: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    of_people: set[str] = field(default_factory=set)
    source: str = ""
    people: list[Person] = field(default_factory=list)
    remarks: set[tuple[str, str]] = field(default_factory=set)
    added: dict[int, dict[str, Any]] = field(default_factory=dict)
    item: NewCustomer | None = None


def load(
    pks: Collection[int],
    *,
    additions: Iterable[Addition],
    columns: Collection[str],
    has_people: bool,
    sources: dict[int, str],
) -> dict[int, Target]:
    """These customers with what the file has columns for, a query for each table."""
    rows = Customer.objects.in_bulk(list(pks))
    targets = {pk: Target(row, source=sources.get(row.source_id or 0, "")) for pk, row in rows.items()}
    if "phones" in columns:
        stored = Phone.objects.filter(customer__in=rows).order_by("position", "pk")
        for pk, person, number in stored.values_list("customer_id", "contact_person_id", "number"):
            if person is None:
                targets[pk].phones.append(number)
            else:
                targets[pk].of_people.add(number)
    if "tags" in columns:
        for pk, name in Tag.objects.filter(customers__in=rows).order_by("name").values_list("customers", "name"):
            targets[pk].tags.append(name)
    if has_people:
        _load_people(targets)
    if "remark_text" in columns:
        for pk, on, text in Remark.objects.filter(customer__in=rows).values_list("customer_id", "on", "text"):
            targets[pk].remarks.add((on.isoformat(), text))
    for addition in additions:
        for pk, record in addition.known(list(rows)).items():
            targets[pk].added[id(addition)] = record
    return targets


def _load_people(targets: dict[int, Target]) -> None:
    people: dict[int, Person] = {}
    rows = ContactPerson.objects.filter(customer__in=targets).order_by("pk")
    for customer, pk, name, *details in rows.values_list("customer_id", "pk", "name", *DETAILS):
        people[pk] = Person(name, dict(zip(DETAILS, details, strict=True)), pk=pk)
        targets[customer].people.append(people[pk])
    theirs = Phone.objects.filter(contact_person__in=people).order_by("position", "pk")
    for pk, number in theirs.values_list("contact_person_id", "number"):
        people[pk].phones.append(number)


def to_be_made(item: NewCustomer, today: date) -> Target:
    """The customer that an earlier row of the batch is going to make, as the next row finds it."""
    standing = item.standing
    customer = Customer(
        kind=item.kind, name=item.name, name_key=item.name_key, external_id=item.external_id, unit_id=item.unit,
        owner_id=item.owner.pk if item.owner else None, pool_id=item.pool.pk if item.pool else None,
        playbook=item.playbook, class_code=item.cls.code, class_rank=item.cls.rank,
        closed_on=today if item.is_closed else None, closed_kind=item.cls.closes_as or "",
        last_effective_on=item.last_effective_on,
        due_on=standing.due_on if standing else None, planned_on=standing.planned_on if standing else None,
        custom=dict(item.custom) or None, **item.texts,
    )  # fmt: skip
    people = [Person.of(one) for one in item.contacts]
    remarks = {(item.dated_remark[0].isoformat(), item.dated_remark[1])} if item.dated_remark else set()
    added = {id(addition): record for addition, record in item.additions}
    of_people = {number for one in item.contacts for number in one.phones}
    return Target(customer, list(item.phones), list(item.tags), of_people, item.source, people, remarks, added, item)
