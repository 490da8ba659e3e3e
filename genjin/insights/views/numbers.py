"""The three numbers of a period."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.insights.floor import floor_of
from genjin.insights.three_numbers import numbers_of
from genjin.insights.views.asked import period_of, unit_of
from genjin.web.htmx import respond

PERIODS = {
    "week": _("This week"),
    "last_week": _("Last week"),
    "month": _("This month"),
    "last_month": _("Last month"),
    "chosen": _("Chosen days"),
}


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Quantity, conversion and speed by class and person, with the largest leak in one sentence."""
    require(request.user, "insights.see_board")
    today = timezone.localdate()
    period = period_of(request, today)
    floor = floor_of(request.user, unit_of(request), today=today)
    context: dict[str, Any] = {
        "all_numbers": numbers_of(floor.boards, period, today=today),
        "period": period,
        "periods": PERIODS,
        "units": floor.units,
        "chosen": floor.chosen,
    }
    return respond(request, "insights/numbers.html", context)
