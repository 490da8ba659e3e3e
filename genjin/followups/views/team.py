"""The manager's first page: who holds what, what slipped, what was done today; one click to each list."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from genjin.core.permissions import require
from genjin.followups.models import CampaignSummary
from genjin.followups.proposals.reading import for_approval, of_team
from genjin.followups.recycling.warning import taken_from_units
from genjin.followups.rules import contacts_in_all, yields_by_contact
from genjin.followups.team import SILENT_DAYS, boards
from genjin.organization.models import Person, Unit
from genjin.organization.rules import Tree
from genjin.web.htmx import respond


def team(request: HttpRequest) -> HttpResponse:
    """The units one may see as tabs; all that lies below the chosen one as boards."""
    require(request.user, "followups.see_team")
    visible = {unit.pk: unit for unit in Unit.objects.visible_to(request.user)}
    chosen = None
    if request.GET.get("unit", "").isdigit():
        chosen = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.GET["unit"])
    tree = Tree({pk: unit.parent_id for pk, unit in visible.items()})
    inside = tree.below(chosen.pk) if chosen else visible.keys()
    shown = [unit for pk, unit in visible.items() if pk in inside]
    counts = _campaign(request.user, inside if chosen else None)
    context = {
        "boards": boards(units=shown, today=timezone.localdate()),
        "units": visible.values(),
        "chosen": chosen,
        "silent_days": SILENT_DAYS,
        "yields": yields_by_contact(counts) if counts else [],
        "contacts": contacts_in_all(counts),
        "to_decide": for_approval(request.user).count() + of_team(request.user).count(),
        "last_night": taken_from_units(request.user, timezone.localdate()),
    }
    return respond(request, "followups/team.html", context)


def _campaign(person: Person, inside: Collection[int] | None) -> dict[int, tuple[int, int]]:
    """An imported campaign's customers by the number of contacts."""
    campaign = CampaignSummary.objects.visible_to(person)
    if inside is not None:
        campaign = campaign.filter(customer__unit__in=inside)
    return campaign.counts_by_attempt()
