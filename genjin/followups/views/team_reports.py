"""A team's reports of a day or a week: who has handed in, who has not; and all of them as a file."""

from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.transfer import exports
from genjin.core.transfer.models import ExportRun
from genjin.followups.reports import rules
from genjin.followups.reports.exporting import KIND, asked
from genjin.followups.reports.reading import team_page
from genjin.organization.models import Person
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import warn
from genjin.web.wording import word

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Everybody's report of a day or week."""
    require(request.user, "followups.see_team")
    kind: rules.Kind = "week" if request.GET.get("kind") == "week" else "day"
    today = timezone.localdate()
    on = rules.first_day(kind, _day(request) or today)
    people = Person.objects.visible_to(request.user).exclude(pk=request.user.pk).select_related("unit")
    context = {
        "page": team_page(people, kind, on, today=today),
        "today": today,
        "last": rules.days_of(kind, on)[-1],
        "step": 1 if kind == "day" else 7,
        "may_export": request.user.may("followups.export_reports"),
    }
    return respond(request, "followups/team_reports.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The reports of the days named, as a file at once."""
    require(request.user, "followups.export_reports")
    at = timezone.now()
    kind = request.POST.get("kind", "")
    back = f"{reverse('team_reports')}?kind={quote(kind)}&on={quote(request.POST.get('to', ''))}"
    query = "&".join(f"{name}={quote(request.POST.get(name, ''))}" for name in ("kind", "from", "to"))
    try:
        rows = asked(request.user, query).count()
        if not rows:
            raise Refused("export_of_reports_is_empty")
        if rows > exports.AT_ONCE:
            raise Refused("export_of_reports_too_long", rows=rows, most=exports.AT_ONCE)
        run = exports.ask(
            kind=KIND.name, query=query, options={}, file_format=request.POST.get("format", ""), by=request.user, at=at
        )
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, back)
    exports.carry_out(run, at=at)
    return redirect_to(request, reverse("report_export_file", args=[run.pk]))


@require_GET
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, to whoever asked for it."""
    require(request.user, "followups.export_reports")
    run = get_object_or_404(ExportRun.objects.visible_to(request.user).filter(kind=KIND.name), pk=pk)
    response = FileResponse(exports.file_of(run).open("rb"), content_type=TYPES[run.format])
    name = f"{KIND.label}-{timezone.localtime(run.made_at):%Y-%m-%d-%H%M}.{run.format}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _day(request: HttpRequest):
    try:
        found = parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
    return found if found and 2000 <= found.year < 2100 else None
