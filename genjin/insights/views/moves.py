"""The class moves behind a figure of the board."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.floor import people_of
from genjin.insights.moves import NEWEST_FIRST, WHAT, found, shown
from genjin.insights.rules.period import week
from genjin.insights.views.asked import classes_of, days_of, person_of, unit_of
from genjin.organization.models import Unit
from genjin.web.htmx import respond
from genjin.web.paging import page_of


@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """Of one person's customers or of a unit's, this week unless other days are named."""
    require(request.user, "insights.see_board")
    unit, person, today = unit_of(request), person_of(request), timezone.localdate()
    what = request.GET.get("what", "")
    what = what if what in WHAT else ""
    people = people_of(request.user, unit)
    period = days_of(request, today, otherwise=week(today))
    before, after = classes_of(request, "class"), classes_of(request, "to")
    rows = found(
        request.user,
        [person] if person else people,
        what,
        period=period,
        before=",".join(before),
        after=",".join(after),
    )
    page = page_of(rows, NEWEST_FIRST, request.GET.get("cursor", ""))
    context: dict[str, Any] = {
        "page": page,
        "rows": shown(page.rows),
        "what": what,
        "kinds": WHAT,
        "period": period,
        "before": before,
        "after": after,
        "person": person,
        "people": people,
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
    }
    return respond(request, "insights/moves.html", context)
