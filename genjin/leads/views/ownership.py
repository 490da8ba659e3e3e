"""Whose a lead is: accepting, giving, laying back, ending, opening again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.views import verbs
from genjin.leads.forms import EndForm, GiveForm, LayBackForm
from genjin.leads.models import Lead
from genjin.leads.rules import may_give_up
from genjin.leads.services import ownership, pushes
from genjin.leads.views.finding import lead_for, lead_to
from genjin.playbooks.practice import practice_of
from genjin.web.htmx import redirect_to
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_POST
def lead_accept(request: HttpRequest, pk: int) -> HttpResponse:
    lead = lead_for(request, pk)
    try:
        ownership.accept_lead(lead=lead, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, reverse("leads") + "?view=queue")
    say(request, _("Accepted: %(name)s") % {"name": lead.called})
    return redirect_to(request, _page(lead))


def lead_give(request: HttpRequest, pk: int) -> HttpResponse:
    lead = lead_to(request, pk, "give")
    asking = verbs.Asking(_("Give it to a colleague"), _("Give"), _page(lead), place="leads")

    def act(data: dict[str, Any]) -> verbs.Done:
        ownership.give_lead(lead=lead, to=data["to"], by=request.user, at=timezone.now())
        return verbs.Done(_("%(name)s is now with %(person)s") % {"name": lead.called, "person": data["to"].name})

    return verbs.answer(request, GiveForm(request.POST or None, actor=request.user), asking, act)


def lead_lay_back(request: HttpRequest, pk: int) -> HttpResponse:
    lead = lead_to(request, pk, "lay_back")
    lines = [_("Whoever works out of this queue may accept it. What happened stays with it.")]
    asking = verbs.Asking(_("Lay it into a queue"), _("Lay back"), _page(lead), lines, place="leads")
    form = LayBackForm(request.POST or None, actor=request.user, initial={"queue": lead.unit.lead_queue})

    def act(data: dict[str, Any]) -> verbs.Done:
        ownership.lay_back(lead=lead, queue=data["queue"], reason=data["reason"], by=request.user, at=timezone.now())
        return verbs.Done(_("%(name)s lies in %(queue)s") % {"name": lead.called, "queue": data["queue"].name})

    return verbs.answer(request, form, asking, act, to=reverse("leads"))


def lead_end(request: HttpRequest, pk: int) -> HttpResponse:
    lead = lead_to(request, pk, "end")
    suffices = may_give_up(practice_of(lead.unit).playbook, missed_in_row=lead.missed_in_row)
    said = _("Not reached %(n)s times in a row: enough to give it up.") if suffices else ""
    lines = [said % {"n": lead.missed_in_row}] if said else []
    asking = verbs.Asking(_("End this lead"), _("End it"), _page(lead), lines, is_danger=True, place="leads")

    def act(data: dict[str, Any]) -> verbs.Done:
        pushes.end_lead(lead=lead, outcome=data["outcome"], reason=data["reason"], by=request.user, at=timezone.now())
        return verbs.Done(_("Ended: %(name)s") % {"name": lead.called}, reverse("lead_reopen", args=[lead.pk]))

    return verbs.answer(request, EndForm(request.POST or None, suffices=suffices), asking, act)


@require_POST
def lead_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    lead = lead_to(request, pk, "reopen")
    try:
        pushes.reopen_lead(lead=lead, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("Opened again: %(name)s") % {"name": lead.called})
    return redirect_to(request, _page(lead))


def _page(lead: Lead) -> str:
    return reverse("lead", args=[lead.pk])
