"""The day's plan: of the one who is signed in, of somebody they lead, of a team."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.followups.models import DayPlan
from genjin.followups.plans.reading import last_days, page_of, plans_of
from genjin.followups.plans.services import remake_plan
from genjin.organization.absences.reading import off_days, off_days_of
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of
from genjin.web.htmx import respond


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """One person's plan of one day; a day without one says so."""
    require(request.user, "customers.work")
    return _page(request, request.user)


@require_safe
def plan_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of somebody whom one leads."""
    if pk != request.user.pk:
        require(request.user, "followups.see_team")
    return _page(request, get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk))


@require_POST
def remade(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan today anew."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    remake_plan(person=person, by=request.user, at=timezone.now())
    return redirect("plan") if pk == request.user.pk else redirect("plan_of", pk)


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Everybody's plan of a day."""
    require(request.user, "followups.see_team")
    on = _day(request)
    people = Person.objects.visible_to(request.user).holding_customers().select_related("unit").order_by("unit", "pk")
    lines = plans_of(people, on=on)
    off = off_days_of(people, first=on)
    context = {
        "on": on,
        "today": timezone.localdate(),
        "lines": [(each, lines[each.pk]) for each in people if each.pk in lines],
        "away": [(each, off[each.pk][on]) for each in people if on in off.get(each.pk, ())],
    }
    return respond(request, "followups/team_plans.html", context)


def _page(request: HttpRequest, person: Person) -> HttpResponse:
    on, today = _day(request), timezone.localdate()
    practice = practice_of(person.unit)
    found = DayPlan.objects.visible_to(request.user).filter(person=person, on=on).select_related("person").first()
    context = {
        "person": person,
        "is_own": person.pk == request.user.pk,
        "on": on,
        "today": today,
        "page": page_of(found, practice) if found else None,
        "playbook": practice.playbook,
        "before": last_days(person, until=on),
        "off": off_days(person, first=on).get(on, frozenset()),
        "may_remake": on == today and (person.pk == request.user.pk or request.user.may("followups.plan_for_others")),
    }
    return respond(request, "followups/plan.html", context)


def _day(request: HttpRequest) -> date:
    given = request.GET.get("on", "")
    if not given:
        return timezone.localdate()
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day
