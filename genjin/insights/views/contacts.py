"""The contacts behind a figure of the board."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.contacts import NEWEST_FIRST, WHAT, Asked, found, shown
from genjin.insights.floor import people_of
from genjin.insights.rules.note_quality import POOR
from genjin.insights.views.asked import classes_of, days_of, person_of, time_of, unit_of
from genjin.organization.models import Unit
from genjin.web.htmx import respond
from genjin.web.paging import page_of


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Of one person or of a unit, on the days of the address; without any, of today."""
    require(request.user, "insights.see_board")
    unit, person = unit_of(request), person_of(request)
    what = request.GET.get("what", "")
    asked = Asked(
        people=[person] if person else people_of(request.user, unit),
        period=days_of(request, timezone.localdate()),
        what=what if what in WHAT else "",
        after=time_of(request, "after"),
        before=time_of(request, "before"),
        class_codes=classes_of(request, "class"),
    )
    page = page_of(found(request.user, asked), NEWEST_FIRST, request.GET.get("cursor", ""))
    context: dict[str, Any] = {
        "asked": asked,
        "page": page,
        "rows": shown(page.rows, asked),
        "what": WHAT,
        "person": person,
        "people": people_of(request.user, unit),
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
        "poor": POOR,
    }
    return respond(request, "insights/contacts.html", context)
