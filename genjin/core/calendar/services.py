"""Filling and changing the table of public holidays and make-up working days."""

from datetime import date, datetime, timedelta

from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import IntegrityError, transaction

from genjin.core.audit.services import record
from genjin.core.calendar.models import CalendarDay
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.scoping import Actor

# Days that can be added at once: longer than any public holiday.
LONGEST = 31


def fill_known_years(*, at: datetime) -> list[int]:
    """Write the published days of every year that has none in the table yet; the years written.

    Run at every start: a year that somebody has entered or changed by hand is left alone.
    """
    published = {day.year for day in holidays}
    with transaction.atomic():
        missing = sorted(published - CalendarDay.objects.known_years())
        rows = [
            CalendarDay(on=day, kind=kind, name=Holiday(name).chinese[:60])
            for kind, days in ((CalendarDay.Kind.HOLIDAY, holidays), (CalendarDay.Kind.MAKEUP, workdays))
            for day, name in days.items()
            if day.year in missing
        ]
        # Two processes may start at once: whoever comes second finds the day there.
        CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
        if missing:
            years = {"years": [None, f"{missing[0]}-{missing[-1]}"]}
            record(by=None, at=at, verb="calendar_filled", kind="calendar", subject=missing[-1], changes=years)
    return missing


@transaction.atomic
def add_days(
    *, by: Actor, at: datetime, first: date, last: date | None = None, kind: str, name: str = ""
) -> list[CalendarDay]:
    """Add public holidays or make-up days, one or all from `first` to `last`. Refused when one is there already.

    Rows are added and removed, never changed: so the table's count and newest key tell every process of a change.
    """
    require(by, "calendar.change_days")
    length = ((last or first) - first).days + 1
    if not 1 <= length <= LONGEST:
        raise Refused("calendar_days_too_many", longest=LONGEST)
    wanted = [first + timedelta(days=n) for n in range(length)]
    taken = CalendarDay.objects.filter(on__in=wanted).first()
    if taken:
        raise Refused("calendar_day_there_already", on=taken.on.isoformat(), name=taken.name)
    days = [CalendarDay(on=on, kind=CalendarDay.Kind(kind), name=name.strip()[:60]) for on in wanted]
    try:
        with transaction.atomic():
            for day in days:
                day.save(force_insert=True)
    except IntegrityError as two_at_once:
        raise Refused("calendar_day_there_already", on=first.isoformat(), name=name) from two_at_once
    for day in days:
        changes = _changes(None, day)
        record(by=by, at=at, verb="calendar_day_added", kind="calendar", subject=day.on.year, changes=changes)
    return days


@transaction.atomic
def remove_day(day: CalendarDay, *, by: Actor, at: datetime) -> None:
    """Take a day out: from then on it is an ordinary day of the week."""
    require(by, "calendar.change_days")
    record(by=by, at=at, verb="calendar_day_removed", kind="calendar", subject=day.on.year, changes=_changes(day, None))
    day.delete()


def _changes(before: CalendarDay | None, after: CalendarDay | None) -> dict[str, list]:
    def value(day: CalendarDay | None, field: str) -> str | None:
        return None if day is None else str(getattr(day, field))

    return {field: [value(before, field), value(after, field)] for field in ("on", "kind", "name")}
