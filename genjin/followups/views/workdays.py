"""When one's day began and ended: one line on Today, one click each, and correcting it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genjin.core.permissions import require
from genjin.customers.views import verbs
from genjin.followups.models import Workday
from genjin.followups.reports.reading import strip_of
from genjin.followups.reports.workdays import begin_day, correct_day, end_day
from genjin.organization.models import Person
from genjin.web.asked import day_in
from genjin.web.formats import clock, day_weekday
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond, wants_fragment
from genjin.web.toasts import say


@require_safe
def strip(request: HttpRequest) -> HttpResponse:
    """The line on Today; asked for alone it is a page."""
    require(request.user, "customers.work")
    return _shown(request)


@require_POST
def beginning(request: HttpRequest) -> HttpResponse:
    """The day begins."""
    row = begin_day(by=request.user, at=timezone.now())
    say(request, _("Begun at %(time)s") % {"time": clock(row.began_at)})
    return _after(request)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """The day is over."""
    row = end_day(by=request.user, at=timezone.now())
    say(request, _("Ended at %(time)s") % {"time": clock(row.ended_at)})
    return _after(request)


class HoursForm(Form):
    began = forms.TimeField(label=pgettext_lazy("workday", "Began"), required=False)
    ended = forms.TimeField(label=pgettext_lazy("workday", "Ended"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Correct the hours of a day: one's own, or those of somebody one leads."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if person.pk != request.user.pk:
        require(request.user, "followups.comment_reports")
    day = _day(on)
    row = Workday.objects.visible_to(request.user).filter(person=person, on=day).first()
    times = {"began": _time(row.began_at if row else None), "ended": _time(row.ended_at if row else None)}
    form = HoursForm(request.POST if request.method == "POST" else None, initial=times)
    own = person.pk == request.user.pk
    back = reverse("today") if own else f"{reverse('team_reports')}?on={day.isoformat()}"
    title = _("Hours of %(name)s on %(day)s") % {"name": person.name, "day": day_weekday(day)}
    asking = verbs.Asking(title, _("Correct the hours"), back, lines=_lines(row))

    def act(given: dict[str, Any]) -> verbs.Done:
        correct_day(
            person=person, on=day, began_at=_moment(day, given["began"]), ended_at=_moment(day, given["ended"]),
            reason=given["reason"], by=request.user, at=timezone.now(),
        )  # fmt: skip
        return verbs.Done(_("Hours corrected"))

    return verbs.answer(request, form, asking, act)


def _lines(row: Workday | None) -> list[str]:
    if row is None or row.corrected_by is None:
        return []
    said = {"by": row.corrected_by.name, "when": clock(row.corrected_at), "why": row.correction}
    return [_("Corrected by %(by)s at %(when)s: %(why)s") % said]


def _time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


def _moment(day: date, given: time | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, given)) if given else None


def _after(request: HttpRequest) -> HttpResponse:
    return _shown(request) if wants_fragment(request) else redirect_to(request, reverse("today"))


def _shown(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    context = {"strip": strip_of(request.user, at=at), "today": timezone.localdate(at)}
    return respond(request, "followups/workday.html", context, fragment="followups/_workday.html")


def _day(text: str) -> date:
    found = day_in(text)
    if found is None:
        raise Http404
    return found
