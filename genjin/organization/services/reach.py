"""What somebody may do to which colleague."""

from django.db.models import Q

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted
from genjin.organization import rules
from genjin.organization.models import Person, Role
from genjin.organization.services.refusing import refuse_for


def require_reach(by: Person, person: Person) -> None:
    """Raise NotPermitted unless `by` may change this colleague: permission, unit subtree, rank."""
    require(by, "organization.change_people")
    reason = rules.refusal_to_touch(
        actor=by.scope, actor_role=by.role, person_role=person.role, person_unit=person.unit_id
    )
    refuse_for(reason, NotPermitted)


def require_leading(by: Person, unit: int) -> None:
    """Raise NotPermitted unless `by` leads the unit of this key."""
    if not by.scope.leads(unit):
        raise NotPermitted("unit_outside_yours")


def held_fast(person: Person, *others: Person) -> Person:
    """The person as they stand now, locked with `others` until the transaction ends.

    An owner is locked together with all owners, so that the last two cannot go at the same moment; always in the
    order of the keys, so that two such transactions wait for each other instead of for ever.
    """
    wanted = Q(pk__in={person.pk, *(other.pk for other in others)})
    if Person.objects.filter(pk=person.pk, role=Role.OWNER).exists():
        wanted |= Q(role=Role.OWNER, is_active=True)
    held = {row.pk: row for row in Person.objects.select_for_update().filter(wanted).order_by("pk")}
    return held[person.pk]


def owners_besides(person: Person) -> int:
    """Active owners besides this person."""
    return Person.objects.active().filter(role=Role.OWNER).exclude(pk=person.pk).count()
