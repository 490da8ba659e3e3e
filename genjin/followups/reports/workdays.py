"""The first and the last act of a day, and correcting them. None of it is ever asked before somebody may work."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, record
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.reports import rules
from genjin.followups.reports.models import Workday
from genjin.organization.models import Person

HOURS = ("began_at", "ended_at")


@transaction.atomic
def begin_day(*, by: Person, at: datetime) -> Workday:
    """Note that the day has begun. Said again it stays at the first time."""
    row = _today(by, at)
    if row.began_at is None and (row.ended_at is None or at <= row.ended_at):
        _note(row, "began_at", by=by, at=at)
    return row


@transaction.atomic
def end_day(*, by: Person, at: datetime) -> Workday:
    """Note that the day has ended. Said again it stays at the first time; working on afterwards is no harm."""
    row = _today(by, at)
    if row.ended_at is None:
        _note(row, "ended_at", by=by, at=at)
    return row


@transaction.atomic
def correct_day(
    *, person: Person, on: date, began_at: datetime | None, ended_at: datetime | None, reason: str, by: Person,
    at: datetime,
) -> Workday:  # fmt: skip
    """Correct the hours of a day, one's own of the last days or those of somebody one leads. A reason is wanted, and
    the times before are kept in the record."""
    today = timezone.localdate(at)
    if by.pk != person.pk:
        require(by, "followups.comment_reports")
        if not Person.objects.visible_to(by).filter(pk=person.pk).exists():
            raise NotPermitted("person_outside_your_units")
    elif (today - on).days > rules.DAYS_BACK:
        raise Refused("hours_long_past", days=rules.DAYS_BACK)
    if not reason.strip():
        raise Refused("correction_needs_a_reason")
    refusal = rules.refusal_of_hours(on=on, began_at=began_at, ended_at=ended_at, day_of=timezone.localdate, at=at)
    if refusal:
        raise Refused(refusal.code, **refusal.figures)
    row = _of(person, on)
    before = {name: getattr(row, name) for name in HOURS}
    row.began_at, row.ended_at = began_at, ended_at
    changes = changes_between(before, {name: getattr(row, name) for name in HOURS})
    if not changes:
        return row
    row.corrected_at, row.corrected_by, row.correction = at, by, reason.strip()[:200]
    row.save(update_fields=[*HOURS, "corrected_at", "corrected_by", "correction"])
    record(by=by, at=at, verb="workday.corrected", kind="workday", subject=row.pk, changes=changes, note=reason.strip())
    return row


def _today(by: Person, at: datetime) -> Workday:
    require(by, "customers.work")
    return _of(by, timezone.localdate(at))


def _of(person: Person, on: date) -> Workday:
    Workday.objects.get_or_create(person=person, on=on)
    return Workday.objects.select_for_update(of=("self",)).get(person=person, on=on)


def _note(row: Workday, name: str, *, by: Person, at: datetime) -> None:
    setattr(row, name, at)
    row.save(update_fields=[name])
    changes = {name: [None, at.isoformat()]}
    record(by=by, at=at, verb=f"workday.{name.removesuffix('_at')}", kind="workday", subject=row.pk, changes=changes)
