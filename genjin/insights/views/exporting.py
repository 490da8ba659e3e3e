"""A table of the boards as a file, at once: none of them is long."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from genjin.core.permissions import require
from genjin.core.transfer import exports
from genjin.core.transfer.models import ExportRun
from genjin.customers.exporting.kind import require_export
from genjin.insights.exporting import KIND, TABLES, title
from genjin.web.htmx import redirect_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The table `of` with the conditions of the page it stands on."""
    require(request.user, "insights.see_board")
    require_export(request.user)
    query = QueryDict(request.POST.get("query", "")[:2000], mutable=True)
    query["of"] = request.POST.get("of", "")
    if query["of"] not in TABLES:
        raise Http404
    at = timezone.now()
    run = exports.ask(kind=KIND.name, query=query.urlencode(), options={}, file_format="xlsx", by=request.user, at=at)
    exports.carry_out(run, at=at)
    return redirect_to(request, reverse("insights_file", args=[run.pk]))


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, for who asked for it."""
    require_export(request.user)
    run = ExportRun.objects.visible_to(request.user).filter(pk=pk, kind=KIND.name).first()
    if run is None:
        raise Http404
    name = f"{title(request.user, run.query)}-{timezone.localtime(run.made_at):%Y-%m-%d-%H%M}.xlsx"
    response = FileResponse(exports.file_of(run).open("rb"), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
