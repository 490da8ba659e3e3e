"""The lead a page is about, within what its reader may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from genjin.core.reasons import NotPermitted
from genjin.leads.abilities import abilities_of
from genjin.leads.models import Lead


def lead_for(request: HttpRequest, pk: int) -> Lead:
    """A stranger's is a 404."""
    rows = Lead.objects.visible_to(request.user).select_related(
        "owner", "unit", "queue", "source", "matched", "customer", "referred_by"
    )
    return get_object_or_404(rows, pk=pk)


def lead_to(request: HttpRequest, pk: int, ability: str) -> Lead:
    """One that the reader may do this with; else 403 in words."""
    lead = lead_for(request, pk)
    if not getattr(abilities_of(lead, request.user), ability):
        raise NotPermitted("lead_not_yours_to_do", name=lead.called)
    return lead
