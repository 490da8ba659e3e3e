"""What the address of a board asks for: the unit, the day, the period, the person. Nothing of it is trusted."""

from datetime import date, time

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_time

from genjin.insights.rules.period import Period, period
from genjin.organization.models import Person, Unit
from genjin.web.asked import day_in, key_in


def unit_of(request: HttpRequest) -> Unit | None:
    """The unit asked for; 404 for one that the person does not see."""
    given = request.GET.get("unit", "")
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=given) if key_in(given) is not None else None


def person_of(request: HttpRequest) -> Person | None:
    """The colleague asked for; 404 for one that the person does not see."""
    given = request.GET.get("person", "")
    return get_object_or_404(Person.objects.visible_to(request.user), pk=given) if key_in(given) is not None else None


def day_of(request: HttpRequest, name: str, otherwise: date) -> date:
    """A day of the address; what is none, or lies ahead of the last possible one, is `otherwise`."""
    return day_in(request.GET.get(name, "")) or otherwise


def period_of(request: HttpRequest, today: date) -> Period:
    first, last = (day_in(request.GET.get(name, "")) for name in ("from", "to"))
    return period(request.GET.get("period", ""), today=today, first=first, last=last)


def days_of(request: HttpRequest, today: date, *, otherwise: Period | None = None) -> Period:
    """The days from `from` to `to`; of one that is missing the other; without both `otherwise`, else today."""
    first, last = (day_in(request.GET.get(name, "")) for name in ("from", "to"))
    if first is None and last is None:
        return otherwise or Period("chosen", today, today)
    return period("chosen", today=today, first=first or last, last=last or first)


def classes_of(request: HttpRequest, name: str) -> tuple[str, ...]:
    """Codes of classes with commas between; what can be none is left out."""
    given = request.GET.get(name, "").split(",")
    return tuple(code for code in given if code.isascii() and code.isalnum() and len(code) <= 4)[:20]


def time_of(request: HttpRequest, name: str) -> time | None:
    try:
        return parse_time(request.GET.get(name, ""))
    except ValueError:
        return None


def key_of(request: HttpRequest, name: str) -> int | None:
    return key_in(request.GET.get(name, ""))
