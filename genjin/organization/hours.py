"""The working hours of units: their shift on their working days, by the clock of the company."""

from collections.abc import Iterable

from django.utils import timezone

from genjin.core.calendar.hours import WorkingHours
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Unit

_time = Unit._meta.get_field("shift_from").to_python


def hours_of_units(units: Iterable[Unit]) -> dict[int, WorkingHours]:
    """The hours of each unit, by its key, in as many queries as for one."""
    units = list(units)
    calendars, zone = calendars_for(units), timezone.get_default_timezone()
    return {
        unit.pk: WorkingHours(calendars[unit.pk], _time(unit.shift_from), _time(unit.shift_to), zone) for unit in units
    }


def hours_of(unit: Unit) -> WorkingHours:
    return hours_of_units([unit])[unit.pk]
