"""What a rule of a unit may be composed of: the colleagues, teams and queues around it."""

from collections.abc import Collection

from django.db.models import Q

from genjin.leads.queues.models import Queue, QueueQuerySet
from genjin.organization.models import Person, PersonQuerySet, Role, Unit, UnitQuerySet


def units_around(unit: Unit) -> frozenset[int]:
    """The unit, what lies below it, and what lies above it."""
    tree = Unit.tree()
    return tree.below(unit.pk) | tree.above(unit.pk)


def people_around(unit: Unit) -> PersonQuerySet:
    """Who may be named: who works and may own, those who sell before those who lead."""
    people = Person.objects.holding_customers().filter(unit__in=units_around(unit)).select_related("unit")
    return people.annotate(is_leading=Q(role__in=(Role.OWNER, Role.MANAGER))).order_by("is_leading", "unit", "pk")


def people_of_keys(keys: Collection[int]) -> list[Person]:
    """Those who stand in a rule already, also where they have left since."""
    return list(Person.objects.filter(pk__in=keys).select_related("unit"))


def teams_of(unit: Unit) -> UnitQuerySet:
    return Unit.objects.filter(pk__in=Unit.tree().below(unit.pk))


def queues_around(unit: Unit) -> QueueQuerySet:
    return Queue.objects.open().filter(unit__in=units_around(unit)).select_related("unit")
