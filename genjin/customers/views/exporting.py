"""Exporting a list: say how, get the file at once or watch it being written, and find one's files again."""

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from genjin.core.reasons import Refused
from genjin.core.transfer import exports, jobs
from genjin.core.transfer.models import ExportRun
from genjin.customers import listing
from genjin.customers.exporting.kind import KIND, require_export
from genjin.customers.exporting.reading import AS_SHOWN, WHOLE_LIST
from genjin.web.htmx import redirect_to, respond
from genjin.web.paging import COUNT_CAP, count_up_to_cap

SHOWN = 30
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_http_methods(["GET", "POST"])
def exports_of_person(request: HttpRequest) -> HttpResponse:
    """`/customers/export/?view=…`: the list of the address, how it is wanted, and the files one has."""
    require_export(request.user)
    if request.method == "POST":
        try:
            return _asked(request)
        except Refused as refused:
            return _page(request, refused=refused, status=422)
    return _page(request)


def _asked(request: HttpRequest) -> HttpResponse:
    wanted = listing.read(request.POST.get("query", ""), request.user)
    rows = wanted.whole(timezone.localdate()).order_by()[: exports.AT_ONCE + 1].count()
    if not rows:
        raise Refused("export_is_empty")
    at = timezone.now()
    run = exports.ask(
        kind=KIND.name,
        query=wanted.query,
        options={"columns": WHOLE_LIST if request.POST.get("columns") == WHOLE_LIST else AS_SHOWN},
        file_format=request.POST.get("format", ""),
        by=request.user,
        at=at,
    )
    if rows > exports.AT_ONCE:
        jobs.write_export.later(run.pk)
        return redirect_to(request, reverse("customer_export", args=[run.pk]))
    exports.carry_out(run, at=at)
    return redirect_to(request, reverse("customer_export_file", args=[run.pk]))


def _page(request: HttpRequest, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    given = request.POST.get("query", "") if request.method == "POST" else request.GET
    wanted = listing.read(given, request.user)
    found = wanted.found(timezone.localdate())
    count = count_up_to_cap(found.rows)
    place = "pool" if wanted.in_pool and not wanted.asked.view else "customers"
    context: dict[str, Any] = {
        "wanted": wanted,
        "words": wanted.words(),
        "count": f"{COUNT_CAP}+" if count > COUNT_CAP else f"{count}{'' if found.is_whole else '+'}",
        "columns": "、".join(str(column.label) for column in wanted.columns()),
        "chosen": {"format": request.POST.get("format", "xlsx"), "columns": request.POST.get("columns", AS_SHOWN)},
        "list_address": f"{reverse(place)}?{wanted.query}",
        "runs": ExportRun.objects.visible_to(request.user).filter(kind=KIND.name)[:SHOWN],
        "kept_days": exports.KEPT_FOR.days,
        "refused": refused,
    }
    return respond(request, "customers/export_list.html", context, status=status)


@require_GET
def export_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the part that shows it asks again until it has ended."""
    run = _one(request, pk)
    watched = request.GET.get("watched")
    if watched and watched != run.state:
        return redirect_to(request, reverse("customer_export", args=[pk]))
    context = {"run": run, "kept_days": exports.KEPT_FOR.days}
    return respond(request, "customers/export_run.html", context, fragment="customers/_export_progress.html")


@require_POST
def export_stop(request: HttpRequest, pk: int) -> HttpResponse:
    exports.stop(run=_one(request, pk), by=request.user)
    return redirect_to(request, reverse("customer_export", args=[pk]))


@require_GET
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself."""
    run = _one(request, pk)
    file = exports.file_of(run).open("rb")
    name = f"{KIND.label}-{timezone.localtime(run.made_at):%Y-%m-%d-%H%M}.{run.format}"
    response = FileResponse(file, content_type=TYPES[run.format])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _one(request: HttpRequest, pk: int) -> ExportRun:
    require_export(request.user)
    run = ExportRun.objects.visible_to(request.user).filter(pk=pk, kind=KIND.name).first()
    if run is None:
        raise Http404
    return run
