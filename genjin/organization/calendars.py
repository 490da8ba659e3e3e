"""The working calendar of a unit: its own week, with the public holidays and make-up days that it observes."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, QuerySet

from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.core.statements import Statement, counted
from genjin.organization.models import Unit

# The table's newest key and number of rows. Days are only added and removed, so any change shows here.
Edition = tuple[int | None, int]


@Statement
def _newest_and_number() -> QuerySet:
    return counted(CalendarDay.objects.all(), Max("pk"), Count("pk"))


def _edition() -> Edition:
    newest, number = _newest_and_number.one()
    return newest, number


@lru_cache(maxsize=2)
def _days(edition: Edition) -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """Holidays, make-up days and known years, read once for each edition of the table."""
    rows = list(CalendarDay.objects.values_list("on", "kind"))
    holidays = frozenset(on for on, kind in rows if kind == CalendarDay.Kind.HOLIDAY)
    makeup_days = frozenset(on for on, kind in rows if kind == CalendarDay.Kind.MAKEUP)
    return holidays, makeup_days, frozenset(on.year for on, _kind in rows)


@lru_cache(maxsize=64)
def _calendar(
    edition: Edition, week: str, six_day_from: date | None, observes_holidays: bool, observes_makeup_days: bool
) -> WorkingCalendar:
    holidays, makeup_days, known_years = _days(edition)
    return WorkingCalendar(
        week=Week(week),
        holidays=holidays if observes_holidays else frozenset(),
        makeup_days=makeup_days if observes_makeup_days else frozenset(),
        known_years=known_years,
        six_day_from=six_day_from,
    )


def forget_calendars() -> None:
    """Read the table anew at the next question: for a database that was exchanged under a running process."""
    _days.cache_clear()
    _calendar.cache_clear()


def calendars_for(units: Iterable[Unit]) -> dict[int, WorkingCalendar]:
    """The calendar of each unit, by its key. One small query however many units there are."""
    edition = _edition()
    return {
        unit.pk: _calendar(edition, unit.week, unit.six_day_from, unit.observes_holidays, unit.observes_makeup_days)
        for unit in units
    }


def calendar_for(unit: Unit) -> WorkingCalendar:
    """The working days of one unit."""
    return calendars_for([unit])[unit.pk]
