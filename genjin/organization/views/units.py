"""Units: the tree, adding, changing."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.panels import panels_for
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization.forms.units import UnitForm
from genjin.organization.models import Unit
from genjin.organization.services import change_unit, make_unit
from genjin.organization.shown_tree import in_tree_order
from genjin.web.htmx import respond
from genjin.web.toasts import say

SHOWN = ("week", "six_day_from", "shift_from", "shift_to", "observes_holidays", "observes_makeup_days")


def unit_list(request: HttpRequest) -> HttpResponse:
    """The units one may see, as a tree, with how many people work in each."""
    require(request.user, "organization.see_units")
    units = Unit.objects.visible_to(request.user).annotate(at_work=Count("people", filter=Q(people__is_active=True)))
    context = {
        "rows": list(in_tree_order(units)),
        "may_change": request.user.may("organization.change_units"),
    }
    return respond(request, "organization/unit_list.html", context)


def unit_add(request: HttpRequest) -> HttpResponse:
    """A new unit below one of one's own; its week and shift are the parent's until changed."""
    require(request.user, "organization.change_units")
    visible = Unit.objects.visible_to(request.user)
    parent = visible.filter(pk=_number(request.GET.get("below", ""))).first() or request.user.unit
    start = {field: getattr(parent, field) for field in SHOWN} | {"parent": parent.pk}
    form = UnitForm(request.POST or None, actor=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            unit = make_unit(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is made.") % {"name": unit.name})
            return redirect("unit_list")
    return _form_page(request, form, unit=None)


def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's name, place, week and shift."""
    require(request.user, "organization.change_units")
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    start = {field: getattr(unit, field) for field in (*SHOWN, "name")} | {"parent": unit.parent_id}
    form = UnitForm(request.POST or None, actor=request.user, unit=unit, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            unit = change_unit(unit, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is saved.") % {"name": unit.name})
            return redirect("unit_list")
    return _form_page(request, form, unit=unit)


def _form_page(request: HttpRequest, form: UnitForm, *, unit: Unit | None) -> HttpResponse:
    panels = panels_for("unit", request.user) if unit else []
    context: dict[str, Any] = {"form": form, "unit": unit, "panels": panels}
    return respond(request, "organization/unit_form.html", context, status=422 if form.errors else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
