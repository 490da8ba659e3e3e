"""Source channels: adding one's own, renaming."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.models import SourceChannel
from genjin.organization.models import Person


@transaction.atomic
def add_source(*, name: str, by: Person, at: datetime) -> SourceChannel:
    """A channel of one's own, behind those that are there."""
    require(by, "customers.change_sources")
    name = _free_name(name)
    last = SourceChannel.objects.aggregate(last=Max("position"))["last"] or 0
    made = SourceChannel.objects.create(name=name, position=last + 1)
    record(by=by, at=at, verb="source.added", kind="source", subject=made.pk, changes={"name": [None, name]})
    return made


@transaction.atomic
def rename_source(*, source: SourceChannel, name: str, by: Person, at: datetime) -> SourceChannel:
    require(by, "customers.change_sources")
    name = _free_name(name, besides=source.pk)
    changes = {"name": [source.name, name]}
    if source.name == name:
        return source
    source.name = name
    source.save(update_fields=["name"])
    record(by=by, at=at, verb="source.renamed", kind="source", subject=source.pk, changes=changes)
    return source


def _free_name(name: str, besides: int | None = None) -> str:
    name = name.strip()
    others = SourceChannel.objects.exclude(pk=besides or 0)
    if any(name in (other.name, str(other)) for other in others):
        raise Refused("source_name_taken", name=name)
    return name
