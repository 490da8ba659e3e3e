"""Entering a lead by hand, and changing what one says."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Outdated, Reason, Refused
from genjin.customers.rules import normalised_phone
from genjin.leads.custom import named
from genjin.leads.forms import LeadForm, NewLeadForm
from genjin.leads.models import Channel
from genjin.leads.rules import GIVEN
from genjin.leads.services.arriving import Coming, receive
from genjin.leads.services.changing import change_lead
from genjin.leads.views.finding import lead_to
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def lead_new(request: HttpRequest) -> HttpResponse:
    """One that is there already is found by its phone or e-mail, and this is one more arrival of it."""
    require(request.user, "leads.create")
    form = NewLeadForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid() and _has_phone_or_none(form):
        said, at = form.said, timezone.now()
        given = {name: said[name] for name in GIVEN if said.get(name)} | named(form.custom)
        coming = Coming(Channel.HAND, request.user.unit_id, given, source=said["source_id"], campaign=said["campaign"])
        owner = request.user if form.cleaned_data["holder"] == "own" else None
        lead = receive(coming, by=request.user, at=at, owner=owner)
        there = lead.times > 1
        say(request, (_("Is there already: %(name)s") if there else _("Entered: %(name)s")) % {"name": lead.called})
        seen = type(lead).objects.visible_to(request.user).filter(pk=lead.pk).exists()
        return redirect_to(request, reverse("lead", args=[lead.pk]) if seen else reverse("leads"))
    status = 422 if form.errors else 200
    return respond(request, "leads/lead_form.html", {"form": form, "lead": None}, status=status)


def lead_change(request: HttpRequest, pk: int) -> HttpResponse:
    lead = lead_to(request, pk, "change")
    typed = {"phone": lead.phone or lead.phone_text} if request.method != "POST" else None
    form = LeadForm(
        request.POST or None, instance=lead, initial=typed, custom_actor=request.user, custom_held=lead.custom
    )
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            change_lead(
                lead=lead, fields=form.said, custom=form.custom, by=request.user, at=timezone.now(),
                version=int(version) if version.isdecimal() and len(version) < 9 else None,
            )  # fmt: skip
        except NotPermitted:
            raise
        except Outdated as refused:
            form.add_error(None, word(refused))
        except Refused as refused:
            form.add_error(None if refused.reason.code.startswith("field_") else "phone", word(refused))
        else:
            say(request, _("Saved."))
            return redirect_to(request, reverse("lead", args=[lead.pk]))
    status = 422 if form.errors else 200
    return respond(request, "leads/lead_form.html", {"form": form, "lead": lead}, status=status)


def _has_phone_or_none(form: LeadForm) -> bool:
    """A phone that is none is said at once, where somebody types it; what comes by itself keeps it as text."""
    number = normalised_phone(form.cleaned_data["phone"]) if form.cleaned_data["phone"] else ""
    if isinstance(number, Reason):
        form.add_error("phone", word(number))
        return False
    return True
