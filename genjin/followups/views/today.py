"""Today: the list of the one who is signed in, worked customer by customer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.followups.counts import keep_for_the_rail
from genjin.followups.day import day_of
from genjin.followups.desk import desk_context
from genjin.followups.figures import FIGURES, done_behind, lines_behind
from genjin.followups.note_reading.reading import news_for
from genjin.web.htmx import respond, wants_fragment


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The list with the customer to begin with."""
    return _desk(request, None)


@require_safe
def today_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with one customer chosen; for htmx the customer and the note form alone."""
    return _desk(request, pk)


@require_safe
def today_figure(request: HttpRequest, figure: str) -> HttpResponse:
    """The rows behind one figure of the day's head."""
    if figure not in FIGURES:
        raise Http404
    require(request.user, "customers.work")
    at = timezone.now()
    day = day_of(request.user, at=at)
    context = {
        "day": day,
        "figure": figure,
        "lines": [] if figure in ("done", "effective") else lines_behind(day, figure, at=at),
        "done": done_behind(day, figure) if figure in ("done", "effective") else [],
        "place": "today",
    }
    return respond(request, "followups/today_figure.html", context)


def _desk(request: HttpRequest, pk: int | None) -> HttpResponse:
    person = request.user
    require(person, "customers.work")
    at = timezone.now()
    day = day_of(person, at=at)
    context = desk_context(person, day, at=at, pk=pk)
    if not wants_fragment(request):
        context["news"] = news_for(person) if day.around.news else []
        keep_for_the_rail(person, day.around)
    return respond(request, "followups/today.html", context, fragment="followups/_panes.html")
