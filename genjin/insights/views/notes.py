"""The notes to read today, one after the other."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.floor import people_of
from genjin.insights.reading_list import ToRead, to_read
from genjin.insights.rules.note_quality import POOR
from genjin.insights.views.asked import day_of, key_of, unit_of
from genjin.organization.models import Unit
from genjin.web.htmx import respond


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """The day's list with one note of it open: the one asked for, else the first that was not read yet."""
    require(request.user, "insights.see_board")
    unit, today = unit_of(request), timezone.localdate()
    on = min(day_of(request, "on", today), today)
    rows = to_read(request.user, people_of(request.user, unit), on=on)
    place = _place(rows, key_of(request, "note"))
    context: dict[str, Any] = {
        "rows": rows,
        "current": rows[place] if rows else None,
        "number": place + 1,
        "previous": rows[place - 1].note.touch.pk if place else None,
        "following": rows[place + 1].note.touch.pk if place + 1 < len(rows) else None,
        "read": sum(row.own is not None for row in rows),
        "on": on,
        "day_before": on - timedelta(days=1),
        "day_after": on + timedelta(days=1) if on < today else None,
        "may_read": request.user.may("followups.read_notes"),
        "units": Unit.objects.visible_to(request.user),
        "chosen": unit,
        "poor": POOR,
    }
    return respond(request, "insights/notes.html", context)


def _place(rows: list[ToRead], wanted: int | None) -> int:
    for place, row in enumerate(rows):
        if row.note.touch.pk == wanted:
            return place
    return next((place for place, row in enumerate(rows) if row.own is None), 0)
