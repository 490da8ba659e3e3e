"""Which playbook a unit works by, and adopting another one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Subquery

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.statements import Statement
from genjin.organization.models import Person, Unit
from genjin.organization.rules import Tree
from genjin.playbooks.editions import current
from genjin.playbooks.editions.current import variant
from genjin.playbooks.events import PlaybookAdopted
from genjin.playbooks.models import Adoption
from genjin.playbooks.variant import Variant

DEFAULT = "general"


@Statement
def _adoptions() -> QuerySet:
    """Who adopted what, and in the same question which version of the playbooks is the newest."""
    newest = current.NEWEST
    return Adoption.objects.annotate(
        newest=Subquery(newest.values("pk")[:1]), made_at=Subquery(newest.values("made_at")[:1])
    ).values_list("unit_id", "playbook", "size", "rhythm", "newest", "made_at")


def playbooks_for(unit_ids: Iterable[int], *, tree: Tree | None = None) -> dict[int, Variant]:
    """Each unit's playbook: its own, else that of the nearest unit above that has one, else the general one. `tree`:
    the units where they are known already."""
    wanted = set(unit_ids)
    if not wanted:
        return {}
    tree = tree or Unit.tree()
    rows = _adoptions()
    if rows:
        *_adoption, newest, made_at = rows[0]
        current.know((newest, made_at) if newest else None)
    adopted = {unit: variant(playbook, size, rhythm) for unit, playbook, size, rhythm, _newest, _at in rows}
    general = variant(DEFAULT)
    return {unit: next((adopted[above] for above in tree.upward(unit) if above in adopted), general) for unit in wanted}


def playbook_for(unit_id: int, *, tree: Tree | None = None) -> Variant:
    """The playbook one unit works by."""
    return playbooks_for([unit_id], tree=tree)[unit_id]


@transaction.atomic
def adopt_playbook(*, unit: Unit, playbook: str, size: str = "", rhythm: str = "", by: Person, at: datetime) -> Variant:
    """Let a unit work by a playbook; without a name the file's first number set and rhythm are taken.

    Adopting what the unit has already changes nothing. Refused: a playbook, number set or rhythm that does not exist.
    """
    require(by, "playbooks.adopt")
    try:
        chosen = variant(playbook, size, rhythm)
    except KeyError as unknown:
        raise Refused("playbook_unknown", playbook=playbook) from unknown
    wanted = (chosen.code, chosen.size, chosen.rhythm)
    held, before = _held(unit), playbook_for(unit.pk).code
    if held != wanted:
        Adoption.objects.update_or_create(
            unit=unit, defaults={"playbook": chosen.code, "size": chosen.size, "rhythm": chosen.rhythm}
        )
        _tell(unit, "playbook_adopted", held, wanted, before=before, by=by, at=at)
    return chosen


@transaction.atomic
def inherit_playbook(*, unit: Unit, by: Person, at: datetime) -> Variant:
    """Let a unit work by the playbook of the unit above it. Refused for the topmost unit."""
    require(by, "playbooks.adopt")
    if unit.parent_id is None:
        raise Refused("topmost_unit_inherits_nothing")
    held, before = _held(unit), playbook_for(unit.pk).code
    if held:
        Adoption.objects.filter(unit=unit).delete()
        _tell(unit, "playbook_inherited", held, None, before=before, by=by, at=at)
    return playbook_for(unit.pk)


def tell_units_working_by(unit: Unit, *, before: str, by: Person, at: datetime) -> None:
    """Emit PlaybookAdopted for this unit and all below that take theirs from it, unless it works as `before`."""
    if playbook_for(unit.pk).code == before:
        return
    tree, adopted = Unit.tree(), set(Adoption.objects.values_list("unit_id", flat=True))

    def inherits(other: int) -> bool:
        return next((up for up in tree.upward(other) if up in adopted or up == unit.pk), None) == unit.pk

    below = sorted(other for other in tree.below(unit.pk) if other != unit.pk and inherits(other))
    emit(PlaybookAdopted(unit=unit, units=(unit.pk, *below), by=by, at=at))


Choice = tuple[str, str, str]


def _held(unit: Unit) -> Choice | None:
    return Adoption.objects.select_for_update().filter(unit=unit).values_list("playbook", "size", "rhythm").first()


def _tell(
    unit: Unit, verb: str, held: Choice | None, wanted: Choice | None, *, before: str, by: Person, at: datetime
) -> None:
    """Record the change and tell everybody it concerns; `before` is the playbook it worked by, its own or not."""
    names = ("playbook", "size", "rhythm")
    changes = {
        name: [held and held[nth], wanted and wanted[nth]]
        for nth, name in enumerate(names)
        if (held and held[nth]) != (wanted and wanted[nth])
    }
    record(by=by, at=at, verb=verb, kind="unit", subject=unit.pk, changes=changes)
    tell_units_working_by(unit, before=before, by=by, at=at)
