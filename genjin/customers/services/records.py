"""Locking, changing and recording one customer: the steps every verb here shares."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Field

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, record
from genjin.core.many_rows import update_many
from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.customers import custom
from genjin.customers.models import Collaboration, Customer
from genjin.customers.moves.services import note_moves
from genjin.customers.rules import refusal_to_work
from genjin.organization.models import Person

# What a verb may move and undo puts back.
STANDING = (
    "owner_id", "pool_id", "unit_id", "owned_since", "kept_until", "kept_why", "claimable_from", "former_owner_id",
    "released_on", "closed_on", "closed_kind", "closed_reason",
    "playbook", "class_code", "class_rank", "class_since", "moved_up_on", "entered_classes", "conditions", "won_on",
    "due_on", "due_why", "planned_on", "planned_why", "appointment_at", "postponements",
    "last_effective_on", "last_touch_at", "last_note", "attempts", "effective_contacts", "missed_in_row",
)  # fmt: skip


def locked(customer: Customer | int, *, version: int | None = None) -> Customer:
    """The row as it is now, held until the transaction ends.

    Raises Outdated with what changed when `version` is given and is no longer the row's.
    """
    pk = customer if isinstance(customer, int) else customer.pk
    row = Customer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if version is not None:
        require_version(row, version)
    return row


def require_version(customer: Customer, version: int) -> None:
    """Raise Outdated with what changed since when the row no longer has this version."""
    if customer.version != version:
        raise Outdated(changes_since(customer, version))


def changes_since(customer: Customer, version: int) -> list[Entry]:
    """Audit entries of the customer that came after a version, newest first."""
    recent = Entry.objects.about("customer", customer.pk).select_related("by")[:20]
    return [entry for entry in recent if (entry.changes.get("version") or [0, 0])[1] > version]


def snapshot(customer: Customer, fields: tuple[str, ...] = STANDING) -> dict[str, Any]:
    return {field: custom.value_of(customer, field) for field in fields}


def write_many(rows: Iterable[Any], fields: Iterable[str]) -> None:
    """Write these fields (by attribute name) of many locked customers, each of them once among the rows: instances, or
    what else has these attributes and `pk`.

    `bulk_update` takes seven times as long for as many fields: its time goes into building the statement.
    """
    by_attribute = {column.attname: column for column in Customer._meta.concrete_fields}
    columns = [by_attribute[field] for field in custom.columns_of(fields)]
    values = [
        [*(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns), row.pk]
        for row in rows
    ]
    update_many(Customer, columns, values)


def lent_to(by: Person, customers: Iterable[int], today: date) -> set[int]:
    """Those of these customers that are lent to this person for work today."""
    lent = Collaboration.objects.filter(customer__in=customers, person=by, may_work=True).exclude(ends_on__lt=today)
    return set(lent.values_list("customer", flat=True))


def refusal_to_work_now(
    customer: Customer, by: Person, today: date, *, lent: Collection[int] | None = None
) -> str | None:
    """Why this person may not work this customer today, as a code; None when they may.

    `lent` are the customers lent to the person, where that has been asked for many at once.
    """
    if lent is None:
        asks = customer.owner_id != by.pk and not by.scope.everything
        lent = lent_to(by, [customer.pk], today) if asks else ()
    return refusal_to_work(
        person=by.pk,
        may_write=by.may("customers.work"),
        everything=by.scope.everything,
        units=by.scope.units,
        owner=customer.owner_id,
        unit=customer.unit_id,
        lent=customer.pk in lent,
    )


def require_working(customer: Customer, by: Person, today: date, *, lent: Collection[int] | None = None) -> None:
    """Raise NotPermitted unless this person may work this customer now."""
    code = refusal_to_work_now(customer, by, today, lent=lent)
    if code:
        raise NotPermitted(code, name=customer.name)


def may_decide(customer: Customer, by: Person) -> bool:
    """Whether this person may say whose the customer is: its owner, or who leads its unit.

    A colleague it is lent to works it, but does not give it away.
    """
    return customer.owner_id == by.pk or by.scope.everything or customer.unit_id in by.scope.units


def require_deciding(customer: Customer, by: Person) -> None:
    if not may_decide(customer, by):
        raise NotPermitted("belongs_to_another", name=customer.name)


def require_open(customer: Customer) -> None:
    if not customer.is_open:
        raise Refused("customer_is_closed", name=customer.name)


def keep(
    customer: Customer,
    before: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    verb: str,
    note: str = "",
    changes: Mapping[str, list[Any]] | None = None,
) -> Entry:
    """Save what differs from `before` under a new version and record it, with `changes` of what hangs on the row.

    A move between classes is noted as that."""
    moved = changes_between(before, snapshot(customer, tuple(before)))
    customer.version += 1
    follows = ["name_key"] if "name" in moved else []
    customer.save(update_fields=[*custom.columns_of(moved), *follows, "version"])
    recorded = {**(changes or {}), **moved, "version": [customer.version - 1, customer.version]}
    entry = record(by=by, at=at, verb=verb, kind="customer", subject=customer.pk, changes=recorded, note=note)
    if "class_code" in moved:
        note_moves([(entry, customer)])
    return entry


def restored(field: str, value: Any) -> Any:
    """A field's value from its JSON form in the audit record."""
    column: Field = next(each for each in Customer._meta.concrete_fields if each.attname == field)
    if column.is_relation or column.get_internal_type() == "JSONField":
        return value
    return column.to_python(value)
