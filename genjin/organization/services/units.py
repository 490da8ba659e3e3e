"""Making and changing units."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from genjin.core.audit.services import changes_between, record
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization import rules
from genjin.organization.events import UnitChanged, UnitMade
from genjin.organization.models import Person, Unit
from genjin.organization.services.refusing import refuse_for

FIELDS = (
    "name",
    "parent",
    "week",
    "six_day_from",
    "observes_holidays",
    "observes_makeup_days",
    "shift_from",
    "shift_to",
)


@transaction.atomic
def make_unit(*, by: Person, at: datetime, name: str, parent: Unit, **fields: Any) -> Unit:
    """Add a unit below `parent`. `fields`: its week and shift; what is not named is taken over from the parent."""
    require(by, "organization.change_units")
    _require_in_scope(by, parent)
    inherited = {field: getattr(parent, field) for field in FIELDS if field not in ("name", "parent")}
    unit = Unit(**{**inherited, **fields}, name=name, parent=parent)
    _check(unit)
    _save(unit)
    record(by=by, at=at, verb="made", kind="unit", subject=unit.pk, changes=changes_between({}, _values(unit)))
    emit(UnitMade(unit=unit, by=by, at=at))
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Person, at: datetime, **fields: Any) -> Unit:
    """Change a unit's name, parent, week or shift. Refused: a cycle, a second root, a parent out of one's scope."""
    require(by, "organization.change_units")
    # All units are held, so that two changes of parents at once cannot close a circle.
    units = {held.pk: held for held in Unit.objects.select_for_update().order_by("pk")}
    unit = units[unit.pk]
    _require_in_scope(by, unit)
    before = _values(unit)
    for field in FIELDS:
        if field in fields:
            setattr(unit, field, fields[field])
    tree = rules.Tree({pk: held.parent_id for pk, held in units.items()} | {unit.pk: before["parent"]})
    refuse_for(
        rules.refusal_to_hang_under(unit=unit.pk, parent=unit.parent_id, parent_before=before["parent"], tree=tree)
    )
    if unit.parent_id != before["parent"]:
        _require_in_scope(by, unit.parent)
    _check(unit)
    after = _values(unit)
    changed = {field: (before[field], after[field]) for field in FIELDS if before[field] != after[field]}
    if not changed:
        return unit
    _save(unit)
    record(by=by, at=at, verb="changed", kind="unit", subject=unit.pk, changes=changes_between(before, after))
    emit(UnitChanged(unit=unit, changes=changed, by=by, at=at))
    return unit


def _require_in_scope(by: Person, unit: Unit | None) -> None:
    if unit is None or not by.scope.leads(unit.pk):
        raise NotPermitted("unit_outside_yours")


def _check(unit: Unit) -> None:
    refuse_for(rules.refusal_of_week(week=unit.week, six_day_from=unit.six_day_from))
    if unit.week != "alternating":
        unit.six_day_from = None
    if unit.shift_from >= unit.shift_to:
        raise Refused("shift_ends_before_it_begins")
    if Unit.objects.filter(parent=unit.parent_id, name=unit.name).exclude(pk=unit.pk).exists():
        raise Refused("unit_name_taken", name=unit.name)


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as two_at_once:
        raise Refused("unit_name_taken", name=unit.name) from two_at_once


def _values(unit: Unit) -> dict[str, Any]:
    values = {field: getattr(unit, field) for field in FIELDS}
    return values | {"parent": unit.parent_id, "shift_from": str(unit.shift_from), "shift_to": str(unit.shift_to)}
