"""The settings pages of assignment rules: in their order, composed, tried on last month's leads, and their versions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.assigning import services
from genjin.leads.assigning.facts import asked_fields
from genjin.leads.assigning.forms import RuleForm
from genjin.leads.assigning.models import RuleVersion
from genjin.leads.assigning.shown import page_of
from genjin.leads.assigning.trying import DAYS, try_out
from genjin.leads.assigning.wording import VERB_WORDS, besides_in_words
from genjin.organization.models import Person, Unit
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_safe
def rule_list(request: HttpRequest, unit: int | None = None) -> HttpResponse:
    """The rules that hold for a unit, one's own where none is named."""
    require(request.user, services.PERMISSION)
    units = list(_led(request.user))
    at = next((each for each in units if each.pk == (unit or request.user.unit_id)), None)
    if at is None:
        raise Http404
    context: dict[str, Any] = {"at": at, "units": units, "page": page_of(at, today=timezone.localdate())}
    context["verb_words"] = VERB_WORDS
    return respond(request, "leads/rule_list.html", context)


def rule_edit(request: HttpRequest, unit: int, key: int = 0) -> HttpResponse:
    """A new rule, or one that is there. A button that asks for one more condition saves nothing."""
    at = _unit(request, unit)
    version = services.newest_of(at.pk)
    rule = services.document_of(version).rule(key)
    if key and rule is None:
        raise Http404
    number = request.POST.get("number", "") if request.method == "POST" else str(version.number if version else 0)
    form = RuleForm(request.POST if request.method == "POST" else None, at=at, rule=rule, fields=asked_fields())
    context: dict[str, Any] = {"form": form, "at": at, "rule": rule, "number": number, "address": request.path}
    if request.method == "POST" and ("more" in request.POST or "fields" in request.POST):
        form.errors.clear()
        return respond(request, "leads/rule_form.html", context, fragment="leads/_rule_conditions.html")
    if request.method == "POST" and form.is_valid():
        try:
            services.save_rule(
                unit=at, rule=form.made(), number=_number(number), by=request.user, at=timezone.now()
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect_to(request, reverse("rules_of_unit", args=[at.pk]))
    return respond(request, "leads/rule_form.html", context, status=422 if form.errors else 200)


@require_POST
def rule_switch(request: HttpRequest, unit: int, key: int) -> HttpResponse:
    is_on = request.POST.get("on") == "1"
    return _done(request, unit, lambda at, number: services.switch_rule(
        unit=at, key=key, is_on=is_on, number=number, by=request.user, at=timezone.now()
    ))  # fmt: skip


@require_POST
def rule_move(request: HttpRequest, unit: int, key: int, way: str) -> HttpResponse:
    return _done(request, unit, lambda at, number: services.move_rule(
        unit=at, key=key, up=way == "up", number=number, by=request.user, at=timezone.now()
    ))  # fmt: skip


@require_POST
def rule_remove(request: HttpRequest, unit: int, key: int) -> HttpResponse:
    return _done(request, unit, lambda at, number: services.remove_rule(
        unit=at, key=key, number=number, by=request.user, at=timezone.now()
    ))  # fmt: skip


@require_POST
def rules_follow(request: HttpRequest, unit: int) -> HttpResponse:
    """The unit's own rules no longer hold; those above do."""
    return _done(request, unit, lambda at, number: services.follow_parent(
        unit=at, number=number, by=request.user, at=timezone.now()
    ))  # fmt: skip


@require_POST
def rules_return(request: HttpRequest, unit: int, version: int) -> HttpResponse:
    """The rules as an older version had them."""
    older = get_object_or_404(RuleVersion.objects.visible_to(request.user), unit=unit, number=version)
    return _done(request, unit, lambda at, number: services.bring_back(
        unit=at, version=older, number=number, by=request.user, at=timezone.now()
    ))  # fmt: skip


@require_safe
def rules_try(request: HttpRequest, unit: int) -> HttpResponse:
    """What the rules would have done with last month's leads. `?on=1&on=3`: with these; else with all there are."""
    at = _unit(request, unit)
    document = services.document_of(services.newest_of(at.pk))
    asked = {int(key) for key in request.GET.getlist("on") if key.isascii() and key.isdecimal() and len(key) < 9}
    chosen = asked if "tried" in request.GET else {rule.key for rule in document.rules}
    trial = try_out(at, document, on=chosen, at=timezone.now())
    context: dict[str, Any] = {"at": at, "document": document, "chosen": chosen, "trial": trial, "days": DAYS}
    context["besides"] = besides_in_words
    return respond(request, "leads/rule_trial.html", context)


def _done(request: HttpRequest, unit: int, act: Any) -> HttpResponse:
    """Do it and go back to the list; what was refused is said there."""
    at = _unit(request, unit)
    try:
        act(at, _number(request.POST.get("number", "")))
    except Refused as refused:
        warn(request, word(refused))
    return redirect_to(request, reverse("rules_of_unit", args=[at.pk]))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def _unit(request: HttpRequest, pk: int) -> Unit:
    require(request.user, services.PERMISSION)
    unit: Unit = get_object_or_404(_led(request.user), pk=pk)
    return unit


def _led(person: Person) -> Any:
    return Unit.objects.visible_to(person)
