"""Leads in layers, and what each source yields."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.first_contact import BY, HOUR, SOON, first_contacts
from genjin.insights.leads import layers_of
from genjin.insights.sources import referrers_of, yields_of
from genjin.insights.units import units_within
from genjin.insights.views.asked import period_of, unit_of
from genjin.insights.views.numbers import PERIODS
from genjin.organization.models import Unit
from genjin.web.htmx import respond

BY_WORDS = {"unit": _("Unit"), "person": _("Colleague"), "source": _("Source"), "form": _("Lead form")}


@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """`/insights/leads/?unit=3&period=month`."""
    require(request.user, "insights.see_board")
    today = timezone.localdate()
    unit, period = unit_of(request), period_of(request, today)
    context: dict[str, Any] = {
        "layers": layers_of(request.user, unit, period, today=today),
        "period": period,
        "periods": PERIODS,
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
    }
    return respond(request, "insights/leads.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """`/insights/sources/?unit=3&period=month`."""
    require(request.user, "leads.see_costs")
    today = timezone.localdate()
    unit, period = unit_of(request), period_of(request, today)
    within = units_within(request.user, unit)
    context: dict[str, Any] = {
        "lines": yields_of(request.user, within, period, today=today),
        "referrers": referrers_of(request.user, within, period),
        "period": period,
        "periods": PERIODS,
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
    }
    return respond(request, "insights/sources.html", context)


@require_safe
def first_contact(request: HttpRequest) -> HttpResponse:
    """`/insights/first-contact/?unit=3&period=month&by=person`."""
    require(request.user, "insights.see_board")
    today = timezone.localdate()
    unit, period = unit_of(request), period_of(request, today)
    by = request.GET.get("by", "")
    by = by if by in BY else "unit"
    context: dict[str, Any] = {
        "measured": first_contacts(request.user, units_within(request.user, unit), period, by=by),
        "by": by,
        "ways": BY_WORDS,
        "soon": SOON,
        "hour": HOUR,
        "period": period,
        "periods": PERIODS,
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
    }
    return respond(request, "insights/first_contact.html", context)
