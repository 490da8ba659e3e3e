"""Which units a report is about."""

from typing import Any

from genjin.organization.models import Unit
from genjin.organization.rules import Tree


def units_within(actor: Any, unit: Unit | None) -> frozenset[int]:
    """A unit and all below it, as far as the reader sees; without one everything."""
    parents = dict(Unit.objects.visible_to(actor).values_list("pk", "parent_id"))
    return Tree(parents).below(unit.pk) if unit else frozenset(parents)
