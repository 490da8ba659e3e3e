"""Runs of a verb over many customers: how far one is, what became of it, taking it back."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from genjin.core.reasons import Reason, Refused
from genjin.customers import jobs, listing
from genjin.customers.bulk import runs
from genjin.customers.bulk.models import BulkRow, BulkRun
from genjin.customers.bulk.wording import done_in_words, why_in_short
from genjin.customers.models import Customer
from genjin.organization.models import Person
from genjin.web.htmx import redirect_to, refresh, respond, shown_anew
from genjin.web.toasts import say, warn
from genjin.web.wording import word

SHOWN = 50  # refused customers of one reason
LATEST = 50  # runs on the page


@dataclass(frozen=True, slots=True)
class Left:
    """Customers left for one reason: how many, and the first of them with the whole sentence. `all_because` is the
    sentence where it is the same of all that are shown."""

    why: str
    count: int
    rows: list[dict[str, Any]]

    @property
    def all_because(self) -> str:
        sentences = {row["why"] for row in self.rows}
        return sentences.pop() if len(sentences) == 1 and len(self.rows) > 1 else ""


def refused_by_reason(run: BulkRun, reader: Person) -> list[Left]:
    """Counted by reason, the most frequent first. Of what the reader may no longer see, no name is told."""
    codes = BulkRow.objects.filter(run=run).exclude(code="").values("code")
    counted = codes.annotate(n=Count("pk"), first=Min("pk")).order_by("-n", "first")
    groups = []
    for each in counted:
        rows = list(BulkRow.objects.filter(run=run, code=each["code"]).order_by("pk")[:SHOWN])
        seen = Customer.objects.visible_to(reader).in_bulk([row.customer_id for row in rows])
        lines = [{"customer": seen.get(row.customer_id), "why": word(Reason.from_json(row.reason))} for row in rows]
        groups.append(Left(why_in_short(each["code"]), each["n"], lines))
    return groups


@require_GET
def bulk_run_list(request: HttpRequest) -> HttpResponse:
    """`/customers/bulk/`: the latest runs that one may see."""
    latest = BulkRun.objects.visible_to(request.user).select_related("by")[:LATEST]
    return respond(request, "customers/bulk_run_list.html", {"runs": list(latest)})


@require_GET
def bulk_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a run stands: at work, done or stopped."""
    run = _run(request, pk)
    if "watched" in request.GET and not run.is_working:
        return refresh()
    context: dict[str, Any] = {
        "run": run,
        "sentence": done_in_words(run),
        "left": _seconds_left(run),
        "may_stop": runs.may_be_stopped(run),
    }
    if run.is_working:
        return respond(request, "customers/bulk_run.html", context, fragment="customers/_bulk_progress.html")
    undone_by = BulkRun.objects.visible_to(request.user).filter(undoes=run).first()
    context |= {
        "groups": refused_by_reason(run, request.user),
        "list_words": listing.read(run.query, run.by).words() if run.query else "",
        "undone_by": undone_by,
        "may_undo": _may_undo(run, request.user, undone_by),
        "may_carry_on": run.state == BulkRun.State.STOPPED and undone_by is None,
        "undo_days": runs.UNDO_DAYS,
    }
    return respond(request, "customers/bulk_run.html", context)


def _may_undo(run: BulkRun, reader: Person, undone_by: BulkRun | None) -> bool:
    own = run.by_id == reader.pk or reader.scope.everything
    still = run.verb != BulkRun.Verb.UNDO and runs.may_still_be_undone(run, at=timezone.now())
    return own and still and undone_by is None


def _seconds_left(run: BulkRun) -> int | None:
    if not run.done or run.started_at is None or run.progress_at is None:
        return None
    seconds = (run.progress_at - run.started_at).total_seconds()
    return max(1, round((run.total - run.done) * seconds / run.done)) if seconds > 0 else None


@require_POST
def bulk_stop(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    try:
        runs.stop(run=run, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
    return redirect_to(request, reverse("bulk_run", args=[run.pk]))


@require_POST
def bulk_carry_on(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    try:
        runs.carry_on(run=run, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
    else:
        jobs.carry_out_bulk_run.later(run.pk)
    return redirect_to(request, reverse("bulk_run", args=[run.pk]))


@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what stood before: a small run now, a large one in the background."""
    run = _run(request, pk)
    page = reverse("bulk_run", args=[run.pk])
    try:
        undo = runs.start_undo(run=run, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, page)
    if run.changed > runs.AT_ONCE:
        jobs.carry_out_bulk_run.later(undo.pk)
        return redirect_to(request, reverse("bulk_run", args=[undo.pk]))
    runs.carry_out(undo)
    undo.refresh_from_db()
    if undo.refused or undo.state != BulkRun.State.DONE:
        return redirect_to(request, reverse("bulk_run", args=[undo.pk]))
    say(request, _("Taken back."))
    return shown_anew(request, page)


def _run(request: HttpRequest, pk: int) -> BulkRun:
    run = BulkRun.objects.visible_to(request.user).select_related("by", "undoes").filter(pk=pk).first()
    if run is None:
        raise Http404
    return run
