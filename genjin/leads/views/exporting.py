"""A list of leads as a file."""

from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.transfer import exports
from genjin.core.transfer.models import ExportRun
from genjin.leads.exporting import KIND, asked
from genjin.web.htmx import redirect_to
from genjin.web.toasts import warn
from genjin.web.wording import word

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST = 20_000  # that a person waits for: seconds (ours)


@require_POST
def lead_export(request: HttpRequest) -> HttpResponse:
    """The leads of the list's address, as a file at once."""
    require(request.user, KIND.permission)
    at, query = timezone.now(), request.POST.get("query", "")[:2000]
    try:
        rows = asked(request.user, query).order_by()[: MOST + 1].count()
        if not rows or rows > MOST:
            raise Refused("leads_to_export_too_many" if rows else "leads_to_export_none", most=MOST)
        run = exports.ask(
            kind=KIND.name, query=query, options={}, file_format=request.POST.get("format", ""), by=request.user, at=at
        )
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, f"{reverse('leads')}?{query}")
    exports.carry_out(run, at=at)
    return redirect_to(request, reverse("lead_export_file", args=[run.pk]))


@require_GET
def lead_export_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, to whoever asked for it."""
    require(request.user, KIND.permission)
    run = get_object_or_404(ExportRun.objects.visible_to(request.user).filter(kind=KIND.name), pk=pk)
    response = FileResponse(exports.file_of(run).open("rb"), content_type=TYPES[run.format])
    name = f"{KIND.label}-{timezone.localtime(run.made_at):%Y-%m-%d-%H%M}.{run.format}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
