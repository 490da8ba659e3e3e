"""One lead: what it says, what happened, the push form, whose it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.panels import panels_for
from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.leads.abilities import abilities_of
from genjin.leads.custom import filled
from genjin.leads.forms import PushForm
from genjin.leads.merging.reading import merges_of
from genjin.leads.models import Judgement, Lead
from genjin.leads.rules import may_give_up, misses_that_suffice
from genjin.leads.timeline import timeline_of
from genjin.leads.views.finding import lead_for
from genjin.playbooks.practice import practice_of
from genjin.web.htmx import respond
from genjin.web.wording import word


@require_safe
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, lead_for(request, pk))


def shown(request: HttpRequest, row: Lead, form: PushForm | None = None, *, status: int = 200) -> HttpResponse:
    """`form`: a push that could not be kept, with all that was typed."""
    today = timezone.localdate()
    may = abilities_of(row, request.user)
    playbook = practice_of(row.unit).playbook
    context: dict[str, Any] = {
        "lead": row,
        "may": may,
        "state": row.state(today),
        "why": _worded(row.push_why),
        "assigned_why": _worded(row.assigned_why),
        "form": form or PushForm(initial={"version": row.version}),
        "judgements": list(Judgement.choices),
        "items": timeline_of(row, request.user),
        "merges": merges_of(row, request.user, timezone.now()),
        "custom": filled(row, request.user),
        "panels": panels_for("lead", request.user),
        "matched_is_visible": row.matched_id is not None
        and Customer.objects.visible_to(request.user).filter(pk=row.matched_id).exists(),
        "became_is_visible": row.customer_id is not None
        and Customer.objects.visible_to(request.user).filter(pk=row.customer_id).exists(),
        "gives_up_after": misses_that_suffice(playbook),
        "may_give_up": row.is_open and may_give_up(playbook, missed_in_row=row.missed_in_row),
    }
    return respond(request, "leads/lead.html", context, status=status)


def _worded(why: dict[str, Any]) -> str:
    reason = Reason.from_json(why)
    return str(word(reason)) if reason else ""
