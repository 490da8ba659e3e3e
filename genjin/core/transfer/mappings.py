"""Mappings of columns saved under a name: proposed again for a file with these columns, and chosen by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.core.transfer.kinds import kind_of
from genjin.core.transfer.mapping import Column
from genjin.core.transfer.models import ImportRun, SavedMapping

# How rows are taken, beside their columns. Pools and people are chosen anew for every file.
KEPT_OPTIONS = ("kind", "give_to", "unmatched", "name_from_row")
MOST = 50


@transaction.atomic
def save_mapping(*, run: ImportRun, name: str, is_shared: bool, by: Any, at: datetime) -> SavedMapping:
    """Keep the run's mapping under a name; one's own of that name is replaced. Refused beyond 50, or without a name."""
    kind = kind_of(run)
    require(by, kind.permission)
    if is_shared:
        require(by, kind.sharing)
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused("mapping_needs_a_name")
    own = SavedMapping.objects.filter(kind=run.kind, by=by.pk)
    if own.exclude(name=name).count() >= MOST:
        raise Refused("too_many_mappings", limit=MOST)
    options = {key: run.options[key] for key in KEPT_OPTIONS if key in run.options}
    values = {"mapping": run.mapping, "options": options, "is_shared": is_shared, "made_at": at}
    saved, _made = SavedMapping.objects.update_or_create(kind=run.kind, by=by, name=name, defaults=values)
    changes = {"name": [None, name], "is_shared": [None, is_shared]}
    record(by=by, at=at, verb="mapping.saved", kind="mapping", subject=saved.pk, changes=changes)
    return saved


@transaction.atomic
def use_mapping(*, run: ImportRun, saved: SavedMapping, by: Any) -> None:
    """Match the run's columns as that mapping does. Refused once the import has begun."""
    require(by, kind_of(run).permission)
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.started_at is not None:
        raise Refused("import_has_begun")
    row.mapping = {title: saved.mapping.get(title, "") for title in row.header}
    row.options = {**row.options, **saved.options}
    row.save(update_fields=["mapping", "options"])


@transaction.atomic
def forget_mapping(*, saved: SavedMapping, by: Any, at: datetime) -> None:
    """Delete one of one's own."""
    if saved.by_id != by.pk:
        raise Refused("mapping_belongs_to_another", name=saved.name)
    record(
        by=by, at=at, verb="mapping.forgotten", kind="mapping", subject=saved.pk, changes={"name": [saved.name, None]}
    )
    saved.delete()


def fitting(kind: str, by: Any, header: Sequence[str]) -> SavedMapping | None:
    """The newest mapping whose columns the file has, and that knows half of the file's at least; own ones first."""
    titles = set(header)
    saved = SavedMapping.objects.visible_to(by).filter(kind=kind).order_by("-made_at")
    fits = [
        one
        for one in saved[: 4 * MOST]
        if {title for title, field in one.mapping.items() if field} <= titles
        and 2 * len(titles & one.mapping.keys()) >= len(titles)
    ]
    return next((one for one in fits if one.by_id == by.pk), fits[0] if fits else None)


def as_saved(column: Column, saved: SavedMapping) -> Column:
    """The column as that mapping has it; one that it does not know stays as it was proposed."""
    field = saved.mapping.get(column.title, column.field)
    return (
        column
        if field == column.field
        else replace(column, field=field, how=Reason("column_as_saved", {"name": saved.name}))
    )
