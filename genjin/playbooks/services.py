"""Which playbook a unit works by, and adopting another one."""

from collections.abc import Iterable
from functools import cache

from genjin.organization.models import Unit
from genjin.playbooks.models import Adoption
from genjin.playbooks.schema import shipped
from genjin.playbooks.variant import Variant

DEFAULT = "general"


@cache
def variant(playbook: str, size: str = "", rhythm: str = "") -> Variant:
    """One object per playbook, number set and rhythm, for the life of the process. An unknown name is a KeyError."""
    return shipped()[playbook].resolved(size, rhythm)


def playbooks_for(unit_ids: Iterable[int]) -> dict[int, Variant]:
    """Each unit's playbook: its own, else that of the nearest unit above that has one, else the general one."""
    wanted = set(unit_ids)
    if not wanted:
        return {}
    tree = Unit.objects.tree()
    rows = Adoption.objects.values_list("unit_id", "playbook", "size", "rhythm")
    adopted = {unit: variant(playbook, size, rhythm) for unit, playbook, size, rhythm in rows}
    general = variant(DEFAULT)
    return {unit: next((adopted[above] for above in tree.upward(unit) if above in adopted), general) for unit in wanted}


def playbook_for(unit_id: int) -> Variant:
    """The playbook one unit works by."""
    return playbooks_for([unit_id])[unit_id]
