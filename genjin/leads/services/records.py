"""Locking, changing and recording one lead: the steps every verb here shares."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, plain, record
from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.leads.custom import changes_by_field
from genjin.leads.models import Lead
from genjin.leads.rules import refusal_to_push
from genjin.organization.models import Person

# Who it is, as people type it.
FILE = (
    "company", "person_name", "title", "phone", "phone_text", "email", "wechat", "province", "city", "product", "wants",
    "language", "source_id", "campaign", "referred_by_id", "matched_id", "custom",
)  # fmt: skip
# What a verb may move and undo puts back.
STANDING = (
    "owner_id", "queue_id", "unit_id", "assigned_at", "assigned_why", "accepted_at", "accept_by", "judgement",
    "push_on", "push_why", "visit_at", "pushes", "reached", "missed_in_row", "first_push_at", "last_push_at",
    "last_note", "ended_at", "outcome", "ended_reason", "customer_id",
)  # fmt: skip


def locked(lead: Lead | int, *, version: int | None = None) -> Lead:
    """The row as it is now, held until the transaction ends. Raises Outdated when it is no longer of `version`."""
    pk = lead if isinstance(lead, int) else lead.pk
    row = Lead.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if version is not None and row.version != version:
        recent = Entry.objects.about("lead", row.pk).select_related("by")[:20]
        raise Outdated([entry for entry in recent if (entry.changes.get("version") or [0, 0])[1] > version])
    return row


def snapshot(lead: Lead, fields: tuple[str, ...] = STANDING) -> dict[str, Any]:
    return {field: getattr(lead, field) for field in fields}


def standing_of(lead: Lead) -> dict[str, Any]:
    """The same as JSON keeps it."""
    return {field: plain(value) for field, value in snapshot(lead).items()}


def put_back(lead: Lead, stood: Mapping[str, Any]) -> None:
    """Give a lead the standing that `standing_of` kept. Saves nothing."""
    by_attribute = {column.attname: column for column in Lead._meta.concrete_fields}
    for field, value in stood.items():
        column = by_attribute[field]
        is_plain = column.is_relation or column.get_internal_type() == "JSONField"
        setattr(lead, field, value if is_plain else column.to_python(value))


def keep(
    lead: Lead,
    before: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    verb: str,
    note: str = "",
    changes: Mapping[str, list[Any]] | None = None,
) -> Entry:
    """Save what differs from `before` under a new version and record it."""
    moved = changes_between(before, snapshot(lead, tuple(before)))
    lead.version += 1
    follows = ["name_key"] if "company" in moved else []
    lead.save(update_fields=[*moved, *follows, "version"])
    recorded = {**(changes or {}), **moved, "version": [lead.version - 1, lead.version]}
    if "custom" in recorded:
        del recorded["custom"]
        recorded |= changes_by_field(before["custom"], lead.custom)
    return record(by=by, at=at, verb=verb, kind="lead", subject=lead.pk, changes=recorded, note=note)


def refusal_to_push_now(lead: Lead, by: Person) -> str | None:
    """Why this person may not work this lead, as a code; None when they may."""
    return refusal_to_push(
        person=by.pk,
        may_write=by.may("leads.work"),
        everything=by.scope.everything,
        units=by.scope.units,
        owner=lead.owner_id,
        unit=lead.unit_id,
    )


def require_pushing(lead: Lead, by: Person) -> None:
    code = refusal_to_push_now(lead, by)
    if code:
        raise NotPermitted(code, name=lead.called)


def require_open(lead: Lead) -> None:
    if not lead.is_open:
        raise Refused("lead_has_ended", name=lead.called)
