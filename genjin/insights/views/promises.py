"""The promises behind a figure of the board."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.floor import people_of
from genjin.insights.promises import WHAT, found, order_of
from genjin.insights.rules.period import week
from genjin.insights.views.asked import days_of, person_of, unit_of
from genjin.organization.models import Unit
from genjin.web.htmx import respond
from genjin.web.paging import page_of


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Late ones first asked for; kept and broken ones of this week unless other days are named."""
    require(request.user, "insights.see_board")
    at = timezone.now()
    unit, person = unit_of(request), person_of(request)
    what = request.GET.get("what", "")
    what = what if what in WHAT else "late"
    period = days_of(request, timezone.localdate(at), otherwise=week(timezone.localdate(at)))
    people = people_of(request.user, unit)
    rows = found(request.user, [person] if person else people, what, period=period, at=at)
    context: dict[str, Any] = {
        "page": page_of(rows, order_of(what), request.GET.get("cursor", "")),
        "what": what,
        "kinds": WHAT,
        "period": period,
        "person": person,
        "people": people,
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
        "now": at,
    }
    return respond(request, "insights/promises.html", context)
