"""What is wrong with the data, by unit and person: each figure is a list to work off."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.customers.models import HELD, Customer
from genjin.insights.jobs import count_faults_of
from genjin.insights.quality.counting import FAULTS, recount
from genjin.insights.quality.reading import MOST_PEOPLE, quality_of
from genjin.insights.views.asked import unit_of
from genjin.organization.models import Unit
from genjin.organization.rules import Tree
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say

AT_ONCE = 20_000  # customers that a person waits for; more are counted by a job


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """As it was counted last, with the change since a week before."""
    require(request.user, "insights.see_board")
    unit = unit_of(request)
    context: dict[str, Any] = {
        "quality": quality_of(request.user, _within(request, unit), today=timezone.localdate()),
        "faults": FAULTS,
        "most_people": MOST_PEOPLE,
        "may_count": request.user.may("insights.count_quality"),
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
    }
    return respond(request, "insights/quality.html", context)


@require_POST
def counted(request: HttpRequest) -> HttpResponse:
    """Count anew: at once what is soon counted, else in the background."""
    given = request.POST.get("unit", "")
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=given) if given.isdecimal() else None
    require(request.user, "insights.count_quality")
    within = sorted(_within(request, unit))
    held = Customer.objects.visible_to(request.user).filter(HELD, unit__in=within).order_by()
    if held[: AT_ONCE + 1].count() > AT_ONCE:
        count_faults_of.later(within)
        say(request, _("Being counted; look again in a few minutes"))
    else:
        recount(units=within, by=request.user, at=timezone.now())
        say(request, _("Counted anew"))
    return redirect_to(request, reverse("insights_quality") + (f"?unit={unit.pk}" if unit else ""))


def _within(request: HttpRequest, unit: Unit | None) -> frozenset[int]:
    """The units one sees of those asked for."""
    visible = {each.pk: each.parent_id for each in Unit.objects.visible_to(request.user)}
    return frozenset(visible) if unit is None else Tree(visible).below(unit.pk) & frozenset(visible)
