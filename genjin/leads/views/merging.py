"""Making one lead of two or more: hints while typing, side by side with what differs, and taking them apart."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.merging.side_by_side import Line, read_choice
from genjin.leads.merging import reading, services
from genjin.leads.merging.models import LeadMerge
from genjin.leads.merging.side_by_side import leads_compared
from genjin.leads.merging.undoing import undo_lead_merge
from genjin.leads.models import Lead
from genjin.leads.views.finding import lead_for
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


@require_safe
def lead_hints(request: HttpRequest) -> HttpResponse:
    """Who may be the same as what is being typed."""
    require(request.user, "leads.create")
    company, phone, email = (request.GET.get(name, "").strip()[:200] for name in ("company", "phone", "email"))
    context = {"hints": reading.hints_for(request.user, company=company, phone=phone, email=email), "lead": None}
    return respond(request, "leads/lead_hints.html", context, fragment="leads/_lead_hints.html")


@require_safe
def lead_hints_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else may be this lead, beside it."""
    lead = lead_for(request, pk)
    hints = reading.hints_of(request.user, lead) if lead.is_open else reading.Hints([], [])
    return respond(request, "leads/lead_hints.html", {"hints": hints, "lead": lead}, fragment="leads/_lead_hints.html")


def lead_merge_new(request: HttpRequest, keys: str) -> HttpResponse:
    """`/leads/merge/7-9-11/`: lead 7 is kept, 9 and 11 become part of it. Another order is a link away."""
    rows = _rows(request, keys)
    require(request.user, "leads.merge")
    refused = ""

    def lines(chosen: Any) -> list[Line]:
        return leads_compared(rows, chosen, request.user)

    chosen = read_choice(request.POST, rows, lines) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            merge = services.merge_leads(
                kept=rows[0], absorbed=rows[1:], chosen=chosen, by=request.user, at=timezone.now()
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            refused = word(refusal)
        else:
            undo = reverse("lead_merge_undo", args=[merge.pk])
            say(request, _("Merged: %(name)s") % {"name": rows[0].called}, undo=undo)
            return redirect_to(request, reverse("lead", args=[rows[0].pk]))
    context: dict[str, Any] = {
        "rows": rows,
        "orders": {row.pk: _address([row, *(each for each in rows if each != row)]) for row in rows},
        "lines": lines(chosen),
        "pushes": sum(row.pushes for row in rows[1:]),
        "arrivals": sum(row.times for row in rows[1:]),
        "refused": refused,
    }
    return respond(request, "leads/lead_merge_new.html", context, status=422 if refused else 200)


@require_POST
def lead_merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """As many leads again as there were."""
    merge = get_object_or_404(LeadMerge.objects.visible_to(request.user), pk=pk)
    undo_lead_merge(merge=merge, by=request.user, at=timezone.now())
    say(request, _("Leads of their own again"))
    return redirect_to(request, reverse("lead", args=[merge.absorbed_id]))


def _rows(request: HttpRequest, keys: str) -> list[Lead]:
    wanted = reading.parsed(keys, services.MOST)
    seen = Lead.objects.visible_to(request.user).select_related("owner", "queue", "unit", "source").in_bulk(wanted)
    if not wanted or len(seen) != len(wanted):
        raise Http404
    return [seen[pk] for pk in wanted]


def _address(rows: list[Lead]) -> str:
    return reverse("lead_merge_new", args=["-".join(str(row.pk) for row in rows)])
