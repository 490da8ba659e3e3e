"""The manager's board: who holds what, how it is written down, what slipped, what is promised and booked."""

from datetime import date, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.floor import floor_of
from genjin.insights.rules.note_quality import POOR
from genjin.insights.rules.period import Period, monday_of
from genjin.insights.supervision import boards_of
from genjin.insights.three_numbers import numbers_of
from genjin.insights.views.asked import day_of, unit_of
from genjin.web.htmx import respond


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """One board for each playbook that the unit's people work by; every figure leads to its list."""
    require(request.user, "insights.see_board")
    at = timezone.now()
    today = timezone.localdate(at)
    on = min(day_of(request, "on", today), today)
    floor = floor_of(request.user, unit_of(request), today=today)
    context: dict[str, Any] = {
        "boards": boards_of(floor, at=at, on=on),
        "all_numbers": numbers_of(floor.boards, Period("chosen", today - timedelta(days=6), today), today=today),
        "units": floor.units,
        "chosen": floor.chosen,
        "today": today,
        "on": on,
        "day_before": on - timedelta(days=1),
        "day_after": _not_beyond(on + timedelta(days=1), today),
        "monday": monday_of(today),
        "until": timezone.localtime(at).time() if on == today else time.max,
        "poor": POOR,
    }
    return respond(request, "insights/board.html", context)


def _not_beyond(day: date, today: date) -> date | None:
    return day if day <= today else None
