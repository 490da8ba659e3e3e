"""A lead becomes a customer: at once where nobody may be it already, else after a look; taken back for a day."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.views.finding import customer_for
from genjin.leads import jobs
from genjin.leads.converting import services, undoing
from genjin.leads.converting.forms import ConversionForm, chosen_of
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.reading import done_of, matches_of, origin_of, preview
from genjin.leads.models import Lead
from genjin.leads.qualifying.reading import stand_of
from genjin.leads.views.finding import lead_for
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def lead_conversion(request: HttpRequest, pk: int) -> HttpResponse:
    """`/leads/7/conversion/`: `?into=9` makes it part of customer 9. Posted without `seen` (one click from the lead's
    page) it happens at once, unless somebody may be it already: then one looks first."""
    lead = lead_for(request, pk)
    if not lead.is_open:
        return redirect_to(request, reverse("lead", args=[lead.pk]))
    if not services.may_convert(lead, request.user):
        raise NotPermitted("lead_not_yours_to_do", name=lead.called)
    today = timezone.localdate()
    matches = matches_of(lead, request.user, today)
    into = _into(request, matches)
    posted = request.method == "POST"
    at_once = posted and "seen" not in request.POST
    form = ConversionForm(
        request.POST if posted and not at_once and into is None else None, lead=lead, actor=request.user
    )
    refused = ""
    if posted and (wanted := _wanted(request, form, into, matches, at_once)) is not None:
        try:
            conversion = services.convert_lead(lead=lead, wanted=wanted, by=request.user, at=timezone.now())
        except NotPermitted:
            raise
        except Refused as refusal:
            refused = word(refusal)
        else:
            return _done(request, conversion)
    chosen = chosen_of(request.POST)
    context: dict[str, Any] = {
        "lead": lead,
        "matches": matches,
        "into": into,
        "lines": preview(lead, into, chosen) if into else [],
        "chosen": chosen,
        "form": form,
        "refused": refused,
        "asks": at_once and not refused,
        "stand": stand_of(lead),
        "goes_past": request.user.may("leads.assign") and request.user.scope.leads(lead.unit_id),
    }
    wrong = posted and bool(refused or form.errors)
    return respond(request, "leads/lead_conversion.html", context, status=422 if wrong else 200)


def _wanted(
    request: HttpRequest, form: ConversionForm, into: Customer | None, matches: list[Any], at_once: bool
) -> services.Wanted | None:
    """None where there is something to look at, or to mend, first."""
    if at_once:
        return services.Wanted() if not any(each.customer.is_open for each in matches) else None
    if into is not None:
        return services.Wanted(into=into, chosen=chosen_of(request.POST), reason=request.POST.get("reason", "")[:200])
    return form.wanted if form.is_valid() else None


def _into(request: HttpRequest, matches: list[Any]) -> Customer | None:
    """The customer that the address or the form names: one that may be joined."""
    asked = request.POST.get("into", "") or request.GET.get("into", "")
    if not asked:
        return None
    for each in matches:
        if str(each.customer.pk) == asked and each.may_join:
            return each.customer
    if not asked.isdecimal() or len(asked) > 17:
        raise Http404
    return get_object_or_404(
        Customer.objects.visible_to(request.user).select_related("owner", "pool", "unit"), pk=asked
    )


def _done(request: HttpRequest, conversion: Conversion) -> HttpResponse:
    customer = conversion.customer
    assert customer is not None
    if conversion.told_id is not None and conversion.mailed_at is None:
        jobs.tell_of_conversion.later(conversion.pk)
    undo = reverse("conversion_undo", args=[conversion.pk])
    if customer.owner_id != request.user.pk and customer.owner is not None:
        said = _("%(name)s is a customer now, with %(person)s") % {"name": customer.name, "person": customer.owner.name}
    else:
        said = _("%(name)s is a customer now") % {"name": customer.name}
    say(request, said, undo=undo)
    seen = Customer.objects.visible_to(request.user).filter(pk=customer.pk).exists()
    return redirect_to(
        request, reverse("customer", args=[customer.pk]) if seen else reverse("lead", args=[conversion.lead_id])
    )


@require_POST
def conversion_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A lead again."""
    conversion = get_object_or_404(Conversion.objects.visible_to(request.user), pk=pk)
    conversion = undoing.undo_conversion(conversion=conversion, by=request.user, at=timezone.now())
    if conversion.is_new and conversion.customer is not None:
        say(request, _("A lead again. %(name)s was worked since and stays.") % {"name": conversion.customer.name})
    else:
        say(request, _("A lead again: %(name)s") % {"name": conversion.lead.called})
    return redirect_to(request, reverse("lead", args=[conversion.lead_id]))


@require_POST
def lead_pass(request: HttpRequest, pk: int, customer: int) -> HttpResponse:
    """To the colleague whose customer it seems to be."""
    lead = lead_for(request, pk)
    match = next((m for m in matches_of(lead, request.user, timezone.localdate()) if m.customer.pk == customer), None)
    if match is None or match.passes_to is None:
        raise Http404
    services.pass_to_owner(lead=lead, customer=match.customer, by=request.user, at=timezone.now())
    say(request, _("%(name)s is now with %(person)s") % {"name": lead.called, "person": match.passes_to.name})
    return redirect_to(request, reverse("leads"))


@require_safe
def lead_conversion_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of a lead's page: make it a customer, or what it became and the way back."""
    lead: Lead = lead_for(request, pk)
    context = {
        "lead": lead,
        "may": services.may_convert(lead, request.user),
        "done": None if lead.is_open else done_of(lead, request.user, timezone.now()),
    }
    return respond(request, "leads/lead_conversion_panel.html", context, fragment="leads/_lead_conversion_panel.html")


@require_safe
def customer_origin(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of a customer that was a lead. Whom it was handed to has looked by opening it."""
    row = customer_for(request, pk)
    found = origin_of(row, request.user, timezone.now())
    if found is not None:
        services.note_seen(found.conversion, by=request.user, at=timezone.now())
    context = {"found": found, "lead_is_visible": found is not None and found.is_visible}
    return respond(request, "leads/customer_origin.html", context, fragment="leads/_customer_origin.html")
