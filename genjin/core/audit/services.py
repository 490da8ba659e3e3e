"""Writing the audit trail. Every service that changes a row calls `record` in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from genjin.core.audit.models import Entry

PLAIN = (int, str, bool, dict, list)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it: dates in ISO form, money as text, a related row as its key."""
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return getattr(value, "pk", value)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields whose values differ, each as [before, after]."""
    return {
        field: [plain(before.get(field)), plain(after[field])] for field in after if before.get(field) != after[field]
    }


def entry(
    *,
    by: Any,
    at: datetime,
    verb: str,
    kind: str,
    subject: int,
    changes: dict[str, list[Any]] | None = None,
    note: str = "",
) -> Entry:
    """An entry not yet written, for `record_many`."""
    return Entry(at=at, by=by, verb=verb, kind=kind, subject=subject, changes=changes or {}, note=note)


def record(**fields: Any) -> Entry:
    """Write one entry (the arguments of `entry`)."""
    made = entry(**fields)
    made.save(force_insert=True)
    return made


def record_many(entries: Iterable[Entry]) -> None:
    """Write entries of a bulk verb, five thousand to a statement."""
    Entry.objects.bulk_create(entries, batch_size=5000)
