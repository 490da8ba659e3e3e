"""Taking a whole import back: what would happen, then the yes."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from genjin.core.reasons import Refused
from genjin.core.transfer import jobs, undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.kept import kept_of
from genjin.customers.views.importing import one_run, what_it_holds
from genjin.web.htmx import redirect_to, respond


@require_http_methods(["GET", "POST"])
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """How many customers would go and which would stay; a POST is the yes."""
    run = one_run(request, pk)
    if request.method == "POST":
        undoing.start_undo(run=run, by=request.user, at=timezone.now(), foreseen=_foreseen(request))
        jobs.undo_run.later(run.pk)
        return redirect_to(request, reverse("import_run", args=[run.pk]))
    if run.state in (ImportRun.State.UNDOING, ImportRun.State.UNDONE):
        return redirect_to(request, reverse("import_run", args=[run.pk]))
    if not undoing.can_be_undone(run):
        raise Refused("import_cannot_be_undone")
    forecast = undoing.forecast(run)
    context = {"run": run, "forecast": forecast, "kept": kept_of(run, forecast.first_kept, request.user)}
    context |= what_it_holds(run)
    return respond(request, "customers/import_undo.html", context)


def _foreseen(request: HttpRequest) -> dict[str, int] | None:
    """The counts on the page that the yes was said on; None for a yes without them."""
    said = {name: request.POST.get(name, "") for name in ("remove", "restore", "keep")}
    whole = all(text.isdecimal() and len(text) < 10 for text in said.values())
    return {name: int(text) for name, text in said.items()} if whole else None
