"""Going through the checklist of a lead step by step; and the checklists themselves, in the settings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.leads.qualifying import reading, rules, services
from genjin.leads.qualifying.forms import NewChecklistForm, StepForm, compose, posted_rows, rows_of
from genjin.leads.qualifying.models import Checklist
from genjin.leads.services.records import refusal_to_push_now
from genjin.leads.views.finding import lead_for, lead_to
from genjin.organization.models import Unit
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def lead_qualification(request: HttpRequest, pk: int) -> HttpResponse:
    """`/leads/7/qualification/?step=2`: one step; saved, the next one follows."""
    lead = lead_to(request, pk, "work")
    stand = reading.stand_of(lead)
    if stand is None:
        raise Http404
    asked = request.GET.get("step", "")
    steps = stand.content.steps
    place = int(asked) - 1 if asked.isascii() and asked.isdecimal() and len(asked) < 4 else reading.first_open(stand)
    if not 0 <= place < len(steps):
        raise Http404
    form = StepForm(request.POST or None, step=steps[place], lead=lead, answers=stand.answers, actor=request.user)
    here = reverse("lead_qualification", args=[lead.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(
                lead=lead, answers=form.answers, fields=form.standard, own=form.custom, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except NotPermitted:
            raise
        except Refused as refused:
            form.add_error(None, word(refused))
        else:
            after = f"{here}?step={place + 2}" if place + 1 < len(steps) else reverse("lead", args=[lead.pk])
            say(request, _("Saved."))
            return redirect_to(request, after)
    context = {"lead": lead, "stand": stand, "nth": place, "form": form, "here": here}
    return respond(request, "leads/lead_qualification.html", context, status=422 if form.errors else 200)


@require_safe
def lead_qualification_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The sum, what gave how much, and what is missing."""
    lead = lead_for(request, pk)
    may = lead.is_open and refusal_to_push_now(lead, request.user) is None
    context = {"lead": lead, "stand": reading.stand_of(lead), "may": may}
    return respond(
        request, "leads/lead_qualification_panel.html", context, fragment="leads/_lead_qualification_panel.html"
    )


def checklist_list(request: HttpRequest) -> HttpResponse:
    """The current checklists of the units one sees, and one more."""
    require(request.user, "leads.change_checklists")
    form = NewChecklistForm(request.POST or None, actor=request.user, initial={"unit": request.user.unit_id})
    if request.method == "POST" and form.is_valid():
        unit, product = form.cleaned_data["unit"], form.cleaned_data["product"].strip()
        return redirect_to(request, f"{reverse('checklist', args=[unit.pk])}?product={product}")
    rows = Checklist.objects.filter(is_current=True, unit__in=Unit.objects.visible_to(request.user))
    shown = [(row, rules.read(row.content)) for row in rows.select_related("unit", "by")]
    return respond(
        request, "leads/checklist_list.html", {"rows": shown, "form": form}, status=422 if form.errors else 200
    )


def checklist(request: HttpRequest, unit: int) -> HttpResponse:
    """`/settings/checklists/3/?product=…`: the lines of one; saved, they are the next version."""
    require(request.user, "leads.change_checklists")
    of = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit)
    product = request.GET.get("product", "").strip()[:60]
    held = Checklist.objects.filter(unit=of, product=product, is_current=True).first()
    content = rules.read(held.content) if held else None
    rows, refused = rows_of(content), ""
    if request.method == "POST":
        made = compose(request.POST, request.user)
        if isinstance(made, Reason):
            refused, rows = word(made), posted_rows(request.POST)
        else:
            services.save_checklist(unit=of, product=product, content=made, by=request.user, at=timezone.now())
            say(request, _("Saved: asked of every lead that is gone through from now on"))
            return redirect_to(request, reverse("checklists"))
    is_asked = "is_asked" in request.POST if request.method == "POST" else bool(content and content.is_asked)
    context: dict[str, Any] = {
        "unit": of,
        "product": product,
        "held": held,
        "rows": rows,
        "fields": reading.choices(request.user),
        "is_asked": is_asked,
        "refused": refused,
    }
    return respond(request, "leads/checklist_form.html", context, status=422 if refused else 200)


@require_POST
def checklist_retire(request: HttpRequest, pk: int) -> HttpResponse:
    units = Unit.objects.visible_to(request.user)
    row = get_object_or_404(Checklist.objects.filter(unit__in=units), pk=pk)
    services.retire_checklist(checklist=row, by=request.user, at=timezone.now())
    say(request, _("Asked of no further lead"))
    return redirect_to(request, reverse("checklists"))
