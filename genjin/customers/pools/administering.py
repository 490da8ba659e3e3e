"""Who deals out of which pools: who leads their unit, and who was named administrator without leading it."""

from django.db.models import Q, QuerySet

from genjin.core.statements import Statement
from genjin.customers.models import Customer, Pool, PoolPerson
from genjin.organization.models import Person, PersonQuerySet, Unit


def administered(person: Person) -> frozenset[int]:
    """The pools that this person deals out of without leading their unit. Asked once a request."""
    known: frozenset[int] | None = getattr(person, "_administered", None)
    if known is None:
        known = frozenset(key for (key,) in _administered(person=person.pk))
        person._administered = known  # type: ignore[attr-defined]
    return known


@Statement
def _administered(person: int) -> QuerySet:
    return Pool.objects.administered_by(person).order_by().values_list("pk")


def led(person: Person) -> Q:
    """What lies in pools that the person decides about, as a condition on customers; not for who sees everything."""
    return Q(unit__in=person.scope.units) | Q(pool__in=administered(person))


def leads_pool(customer: Customer, person: Person) -> bool:
    """Whether the person decides about what lies in the customer's pool."""
    scope = person.scope
    return scope.everything or customer.unit_id in scope.units or customer.pool_id in administered(person)


def may_deal(person: Person) -> bool:
    """Whether the person gives customers to others at all: by role, or out of a pool."""
    return person.may("customers.assign") or (person.is_active and bool(administered(person)))


def takers(by: Person) -> PersonQuerySet:
    """Who may be given customers by this person: those they see, and those who look into a pool they administer."""
    seen = Q(pk__in=Person.objects.visible_to(by).values("pk"))
    pools = list(Pool.objects.filter(pk__in=administered(by)))
    tree = Unit.tree() if pools else None
    for pool in pools:
        if pool.is_for_chosen:
            seen |= Q(pk__in=PoolPerson.objects.filter(pool=pool).values("person"))
        elif tree:
            seen |= Q(unit__in=tree.below(pool.unit_id))
    return Person.objects.filter(seen).holding_customers().select_related("unit").order_by("unit", "pk")
