"""Who is away when: one's own days, and those of the people one leads."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.reasons import Refused
from genjin.organization.absences import rules
from genjin.organization.absences.forms import AbsenceForm
from genjin.organization.absences.models import Absence
from genjin.organization.absences.services import add_absence, remove_absence
from genjin.organization.models import Person
from genjin.web.formats import day_weekday
from genjin.web.htmx import respond
from genjin.web.toasts import say


@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    """Coming absences and those of the last weeks, with the form for one more."""
    chosen = request.GET.get("person", "")
    person = chosen if chosen.isascii() and chosen.isdigit() else request.user.pk
    return _page(request, AbsenceForm(actor=request.user, initial={"person": person, "part": Absence.Part.DAY}))


@require_POST
def absence_added(request: HttpRequest) -> HttpResponse:
    """One more; refused in the form, with nothing typed lost."""
    form = AbsenceForm(request.POST, actor=request.user)
    if form.is_valid():
        try:
            absence = add_absence(by=request.user, at=timezone.now(), today=timezone.localdate(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            said = {"name": absence.person.name, "day": day_weekday(absence.first)}
            say(request, _("%(name)s is away from %(day)s. The plan makes way.") % said)
            return redirect("absence_list")
    return _page(request, form)


@require_POST
def absence_removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back."""
    rows = Absence.objects.visible_to(request.user).select_related("person")
    absence = get_object_or_404(rows, pk=pk)
    remove_absence(absence, by=request.user, at=timezone.now(), today=timezone.localdate())
    say(request, _("Taken back."))
    return redirect("absence_list")


def _page(request: HttpRequest, form: AbsenceForm) -> HttpResponse:
    today = timezone.localdate()
    rows = Absence.objects.visible_to(request.user).filter(last__gte=today - timedelta(days=rules.DAYS_BACK))
    people = {person.pk for person in form.people}
    context: dict[str, Any] = {
        "form": form,
        "today": today,
        "lines": [
            (each, each.person_id in people and _may_remove(request.user, each))
            for each in rows.select_related("person", "made_by").order_by("first", "person", "pk")
        ],
        "leads": len(people) > 1,
    }
    return respond(request, "organization/absence_list.html", context, status=422 if form.errors else 200)


def _may_remove(actor: Person, absence: Absence) -> bool:
    is_own = absence.person_id == actor.pk and not actor.may("organization.change_people")
    return rules.refusal_to_remove(first=absence.first, today=timezone.localdate(), is_own=is_own) is None
