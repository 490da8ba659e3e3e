"""The calendar: one's own week, that of somebody one leads, and moving a customer to another day of it."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.services.standing import practice_for
from genjin.customers.views.standing import undo_address
from genjin.followups.forms import within_ten_years
from genjin.followups.tasks.reading import lines_of
from genjin.followups.week import rules
from genjin.followups.week.reading import Week, cycle_for, week_of
from genjin.followups.week.services import WANTS_REASON, Moved, move_to_day
from genjin.followups.week.team import team_week
from genjin.organization.models import Person, Role, Unit
from genjin.organization.rules import Tree
from genjin.web.formats import day_weekday
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond, wants_fragment
from genjin.web.toasts import say
from genjin.web.wording import word

PAGE, FRAGMENT = "followups/calendar.html", "followups/_calendar.html"


class MoveForm(Form):
    """`week` is the Monday of the week that is shown."""

    on = forms.DateField(label=gettext_lazy("Day"), validators=[within_ten_years])
    reason = forms.CharField(label=gettext_lazy("Why then"), max_length=200, required=False)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own week."""
    require(request.user, "customers.work")
    return _page(request, request.user)


@require_safe
def calendar_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The week of somebody one leads."""
    if pk != request.user.pk:
        require(request.user, "followups.see_team")
    return _page(request, get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk))


@require_safe
def calendar_team(request: HttpRequest) -> HttpResponse:
    """The week of everybody one leads, or of one unit and what lies below it."""
    actor = request.user
    require(actor, "followups.see_team")
    units = {unit.pk: unit for unit in Unit.objects.visible_to(actor)}
    chosen = None
    if request.GET.get("unit", "").isdigit():
        chosen = get_object_or_404(Unit.objects.visible_to(actor), pk=request.GET["unit"])
    people = Person.objects.visible_to(actor).holding_customers().select_related("unit")
    if chosen is not None:
        people = people.filter(unit__in=Tree({pk: unit.parent_id for pk, unit in units.items()}).below(chosen.pk))
    at = timezone.now()
    sellers = [person for person in people if person.role in (Role.SELLER, Role.SERVICE)]
    context = {
        "week": team_week(sellers, monday=_monday(request.GET), at=at),
        "units": units.values(),
        "chosen": chosen,
        "late": {line.person.pk: line.late for line in lines_of(sellers, at=at)},
    }
    return respond(request, "followups/calendar_team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for a customer: dropped there, or chosen from the days with how full each is."""
    rows = Customer.objects.visible_to(request.user).select_related("owner__unit", "unit")
    customer = get_object_or_404(rows, pk=pk)
    if customer.owner is None:
        raise Refused("claim_it_first", name=customer.name)
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"on": customer.planned_on})
    if form.is_bound and form.is_valid():
        try:
            moved = move_to_day(
                customer=customer, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except NotPermitted:
            raise
        except Refused as refused:
            form.add_error("reason" if refused.reason.code in WANTS_REASON else "on", word(refused))
        else:
            say(request, _sentence(moved), undo=undo_address(customer, request))
            return _moved(request, customer.owner)
    context = {
        "form": form,
        "customer": customer,
        "week": _shown_week(request, customer.owner),
        "cycle": cycle_for(customer, practice_for(customer), today=timezone.localdate()),
    }
    response = respond(
        request, "followups/calendar_move.html", context, fragment="followups/_calendar_move.html",
        status=422 if form.is_bound else 200,
    )  # fmt: skip
    if form.is_bound:
        response["HX-Retarget"], response["HX-Reswap"] = "#verb-in", "innerHTML"
        response["HX-Trigger"] = '{"open-dialog": {"id": "verb"}}'
    return response


def _moved(request: HttpRequest, owner: Person) -> HttpResponse:
    """The week as it is now."""
    if not wants_fragment(request):
        return redirect_to(request, f"{_address(request, owner)}?week={_monday(request.POST).isoformat()}")
    context = {"week": _shown_week(request, owner), "is_own": owner.pk == request.user.pk}
    response = respond(request, PAGE, context, fragment=FRAGMENT)
    response["HX-Retarget"], response["HX-Reswap"] = "#calendar", "outerHTML"
    response["HX-Trigger"] = '{"close-dialog": {"id": "verb"}}'
    return response


def _sentence(moved: Moved) -> str:
    said = {"name": moved.customer.name, "day": day_weekday(moved.customer.planned_on)}
    if moved.is_full:
        figures = {**said, "load": moved.load, "slots": moved.slots}
        return _("%(name)s moved to %(day)s, which is full: %(load)d for %(slots)d contacts") % figures
    return _("%(name)s moved to %(day)s") % said


def _address(request: HttpRequest, person: Person) -> str:
    return reverse("week") if person.pk == request.user.pk else reverse("week_of", args=[person.pk])


def _page(request: HttpRequest, person: Person) -> HttpResponse:
    context = {"week": _shown_week(request, person), "is_own": person.pk == request.user.pk}
    return respond(request, PAGE, context, fragment=FRAGMENT)


def _shown_week(request: HttpRequest, person: Person) -> Week:
    given = request.POST if request.method == "POST" else request.GET
    return week_of(person, monday=_monday(given), at=timezone.now())


def _monday(given: Any) -> date:
    """The week that is asked for by any of its days, else this one."""
    text = given.get("week", "")
    if not text:
        return rules.monday_of(timezone.localdate())
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year < 2100:
        raise Http404
    return rules.monday_of(day)
