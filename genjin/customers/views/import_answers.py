"""What the preview of an import asked: in which order days are written, and whom an unknown owner's name means."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from genjin.core.transfer import jobs, runs
from genjin.core.transfer.models import ImportRun
from genjin.customers.views.importing import one_run, owner_called
from genjin.organization.models import Person
from genjin.web.htmx import redirect_to


@require_POST
def import_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answers and go through the file anew."""
    run = one_run(request, pk)
    options = {"day_orders": _day_orders(request, run), "owners": _owners(request, run)}
    runs.choose(run=run, mapping=run.mapping, options=options, by=request.user, at=timezone.now())
    jobs.check_run.later(run.pk)
    return redirect_to(request, reverse("import_run", args=[run.pk]))


def _day_orders(request: HttpRequest, run: ImportRun) -> dict[str, str]:
    orders = dict(run.options.get("day_orders", {}))
    for place, asked in enumerate(run.preview.get("days", [])):
        if (order := request.POST.get(f"days-{place}")) in ("dmy", "mdy"):
            orders[asked["column"]] = order
    return orders


def _owners(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Name → a colleague's key, 0 for rows that are treated as having no owner; what is left open is not kept."""
    owners = dict(run.options.get("owners", {}))
    allowed = set(Person.objects.visible_to(request.user).holding_customers().values_list("pk", flat=True))
    for place, (name, _rows) in enumerate(run.preview.get("unknown_owners", [])):
        typed = owner_called(request.user, request.POST.get(f"owner-name-{place}", ""))
        answer = str(typed or "") or request.POST.get(f"owner-{place}") or request.POST.get("owner-all", "")
        if answer.isdecimal() and (answer == "0" or int(answer) in allowed):
            owners[name] = int(answer)
    return owners
