"""What one may be worth by likeness, as a panel; and how good these figures are, for who leads."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.customers.views.finding import customer_for
from genjin.leads.scoring.models import Likeness
from genjin.leads.scoring.reading import SIDE, latest, plot_of, shown_of
from genjin.leads.scoring.rows import CUSTOMER, LEAD, known_of
from genjin.leads.views.finding import lead_for
from genjin.web.htmx import respond


@require_safe
def lead_likeness(request: HttpRequest, pk: int) -> HttpResponse:
    row = lead_for(request, pk)
    return _panel(request, shown_of(row, request.user) if row.is_open else None)


@require_safe
def customer_likeness(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a customer that has neither bought nor been given up."""
    row = customer_for(request, pk)
    return _panel(request, shown_of(row, request.user) if row.is_open and row.won_on is None else None)


def _panel(request: HttpRequest, shown: object) -> HttpResponse:
    return respond(request, "leads/likeness_panel.html", {"shown": shown}, fragment="leads/_likeness_panel.html")


@require_safe
def likeness(request: HttpRequest) -> HttpResponse:
    """`/leads/likeness/`: the last learning of leads and of customers, against the plain share of their source."""
    require(request.user, "leads.see_likeness")
    parts = []
    for subject in (LEAD, CUSTOMER):
        learned: Likeness | None = latest(subject)
        known = known_of(subject)
        parts.append((subject, learned, plot_of(learned.quality) if learned else [], [each.label for each in known]))
    return respond(request, "leads/likeness.html", {"parts": parts, "side": SIDE})
