"""Public holidays and make-up working days of a year, which every unit that observes them works by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.calendar.models import CalendarDay
from genjin.core.calendar.services import add_days, remove_day
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization.calendars import calendar_for
from genjin.organization.forms.calendar import CalendarDaysForm
from genjin.organization.shown_calendar import spans
from genjin.web.formats import day_weekday
from genjin.web.htmx import respond
from genjin.web.toasts import say

FIRST_YEAR, LAST_YEAR = 2004, 2100


def calendar_year(request: HttpRequest) -> HttpResponse:
    """A year's days off and make-up days; a plain warning where the year or the next one is not known."""
    form = CalendarDaysForm(initial={"kind": CalendarDay.Kind.HOLIDAY})
    return _page(request, _year(request.GET.get("year", "")), form)


@require_POST
def calendar_days_added(request: HttpRequest) -> HttpResponse:
    """Add one day or several in a row."""
    require(request.user, "calendar.change_days")
    form = CalendarDaysForm(request.POST)
    if form.is_valid():
        try:
            days = add_days(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(day)s is in the calendar.") % {"day": day_weekday(days[0].on)})
            return _to_year(days[0].on.year)
    return _page(request, _year(request.POST.get("year", "")), form)


@require_POST
def calendar_day_removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a day out of the calendar."""
    require(request.user, "calendar.change_days")
    day = get_object_or_404(CalendarDay, pk=pk)
    remove_day(day, by=request.user, at=timezone.now())
    say(request, _("%(day)s is out of the calendar.") % {"day": day_weekday(day.on)})
    return _to_year(day.on.year)


def _page(request: HttpRequest, year: int, form: CalendarDaysForm) -> HttpResponse:
    this_year = timezone.localdate().year
    known = CalendarDay.objects.known_years()
    days = CalendarDay.objects.filter(on__year=year)
    context: dict[str, Any] = {
        "year": year,
        "years": sorted({this_year - 1, this_year, this_year + 1, year}),
        "unknown": [each for each in sorted({year, this_year, this_year + 1}) if each not in known],
        "holidays": spans(day for day in days if day.kind == CalendarDay.Kind.HOLIDAY),
        "makeup_days": [day for day in days if day.kind == CalendarDay.Kind.MAKEUP],
        "unit": request.user.unit,
        "worked": calendar_for(request.user.unit).worked_in(year),
        "form": form,
        "may_change": request.user.may("calendar.change_days"),
    }
    return respond(request, "organization/calendar_year.html", context, status=422 if form.errors else 200)


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('calendar')}?year={year}")


def _year(text: str) -> int:
    """The year asked for, this year when there is none such."""
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else timezone.localdate().year
