"""Making, changing and closing pools; who leads a unit decides about its pools."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.models import Customer, Pool, PoolPerson
from genjin.organization.models import Person, PersonQuerySet, Unit
from genjin.organization.services.reach import require_leading


@transaction.atomic
def make_pool(*, unit: Unit, name: str, by: Person, at: datetime) -> Pool:
    """One more pool of a unit, open to all of it. Refused for a name the unit has already."""
    require(by, "customers.change_pools")
    require_leading(by, unit.pk)
    pool = Pool(unit=unit, name=_name(name, unit.pk))
    pool.save(force_insert=True)
    record(by=by, at=at, verb="pool.made", kind="pool", subject=pool.pk, changes={"name": [None, pool.name]})
    return pool


@transaction.atomic
def change_pool(
    *,
    pool: Pool,
    name: str,
    is_for_chosen: bool,
    members: Collection[Person],
    administrators: Collection[Person],
    by: Person,
    at: datetime,
) -> Pool:
    """Another name, another circle. A unit's own pool stays open to the unit: nobody's customers would be lost to it.

    Refused when somebody is named who could not see the unit's pools anyway.
    """
    require(by, "customers.change_pools")
    row = Pool.objects.select_for_update().get(pk=pool.pk)
    require_leading(by, row.unit_id)
    _require_open(row)
    if row.home_of_id and is_for_chosen:
        raise Refused("own_pool_stays_open")
    if is_for_chosen and not members and not administrators:
        raise Refused("pool_needs_members")
    chosen = {person.pk: False for person in members} if is_for_chosen else {}
    chosen |= {person.pk: True for person in administrators}
    _require_near(row, chosen)
    before = _standing(row)
    row.name, row.is_for_chosen = _name(name, row.unit_id, besides=row.pk), is_for_chosen
    row.save()
    row.people.exclude(person__in=chosen).delete()
    for person, is_administrator in chosen.items():
        PoolPerson.objects.update_or_create(pool=row, person_id=person, defaults={"is_administrator": is_administrator})
    changes = changes_between(before, _standing(row))
    if changes:
        record(by=by, at=at, verb="pool.changed", kind="pool", subject=row.pk, changes=changes)
    return row


@transaction.atomic
def close_pool(*, pool: Pool, by: Person, at: datetime) -> Pool:
    """No longer offered. Refused while customers lie in it, and for a unit's own."""
    require(by, "customers.change_pools")
    row = Pool.objects.select_for_update().get(pk=pool.pk)
    require_leading(by, row.unit_id)
    if row.home_of_id:
        raise Refused("own_pool_stays_open")
    if row.closed_on is not None:
        return row
    lying = Customer.objects.in_pool().filter(pool=row).count()
    if lying:
        raise Refused("pool_is_not_empty", name=row.name, count=lying)
    row.closed_on = timezone.localdate(at)
    row.save(update_fields=["closed_on"])
    record(by=by, at=at, verb="pool.closed", kind="pool", subject=row.pk, changes={"name": [row.name, None]})
    return row


def near(pool: Pool) -> PersonQuerySet:
    """Who can be chosen for a pool: who works in its unit, below it, or above it."""
    tree = Unit.tree()
    units = tree.below(pool.unit_id) | tree.above(pool.unit_id)
    return Person.objects.active().filter(unit__in=units).select_related("unit").order_by("unit", "pk")


def _require_open(pool: Pool) -> None:
    if pool.closed_on is not None:
        raise Refused("pool_is_closed", name=pool.name)


def _require_near(pool: Pool, people: Collection[int]) -> None:
    seen = set(near(pool).filter(pk__in=people).values_list("pk", flat=True))
    for pk in people:
        if pk not in seen:
            raise Refused("person_too_far_from_pool", person=str(Person.objects.get(pk=pk)))


def _name(name: str, unit: int, *, besides: int | None = None) -> str:
    name = name.strip()[:80]
    if not name:
        raise Refused("pool_needs_a_name")
    if Pool.objects.open().filter(unit=unit, name=name).exclude(pk=besides).exists():
        raise Refused("pool_name_taken", name=name)
    return name


def _standing(pool: Pool) -> dict:
    people = list(pool.people.order_by("person").values_list("person", "is_administrator"))
    return {
        "name": pool.name,
        "is_for_chosen": pool.is_for_chosen,
        "members": [person for person, is_administrator in people if not is_administrator],
        "administrators": [person for person, is_administrator in people if is_administrator],
    }
