"""One's own reports: writing one, handing it in, taking it back; and reading somebody's."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import Report, ReportComment
from genjin.followups.reports import rules
from genjin.followups.reports.reading import own_lines, sheet_of
from genjin.followups.reports.services import (
    Words,
    comment_on,
    keep_draft,
    mark_read,
    note_seen,
    submit_report,
    withdraw_report,
)
from genjin.web.asked import day_in
from genjin.web.drafts import confirm
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word

LONGEST = 4000
KINDS = {"day": "report_day", "week": "report_week"}


class ReportForm(Form):
    """The words beside the figures."""

    answer = forms.CharField(
        label=gettext_lazy("Nothing was sold: what was done?"),
        widget=forms.Textarea,
        max_length=LONGEST,
        required=False,
    )
    missed = forms.CharField(
        label=gettext_lazy("Why a target was missed"), widget=forms.Textarea, max_length=LONGEST, required=False
    )
    words = forms.CharField(
        label=pgettext_lazy("report", "How it went"), widget=forms.Textarea, max_length=LONGEST, required=False
    )
    ahead = forms.CharField(
        label=pgettext_lazy("report", "What comes next"), widget=forms.Textarea, max_length=LONGEST, required=False
    )

    def given(self) -> Words:
        return Words(**self.cleaned_data)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The last two weeks of one's own reports."""
    require(request.user, "customers.work")
    context = {"lines": own_lines(request.user, today=timezone.localdate())}
    return respond(request, "followups/report_list.html", context)


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """On to the report of today, whatever day it is."""
    require(request.user, "customers.work")
    return redirect_to(request, reverse("report_day", args=[timezone.localdate().isoformat()]))


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, on: str) -> HttpResponse:
    """One's own report of a day: to be written on, or as it was handed in."""
    return _own(request, "day", on)


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, on: str) -> HttpResponse:
    """The same of the week that this day lies in."""
    return _own(request, "week", on)


def _own(request: HttpRequest, kind: rules.Kind, text: str) -> HttpResponse:
    require(request.user, "customers.work")
    on = rules.first_day(kind, _day(text))
    at = timezone.now()
    found = Report.objects.visible_to(request.user).filter(person=request.user, kind=kind, on=on)
    report = found.first() or Report(person=request.user, kind=kind, on=on)
    if report.submitted_at is not None:
        return redirect_to(request, reverse("report", args=[report.pk]))
    typed = {name: getattr(report, name) for name in ("answer", "missed", "words", "ahead")}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=typed)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, kind, on, form.given())
        except NotPermitted:
            raise
        except Refused as refused:
            place = "answer" if refused.reason.code == "report_wants_an_answer" else None
            form.add_error(place, word(refused))
    context = {
        "report": report,
        "sheet": sheet_of(report, at=at),
        "form": form,
        "key": f"report-{kind}-{on.isoformat()}",
        "today": timezone.localdate(at),
    }
    return respond(request, "followups/report_form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, kind: rules.Kind, on: date, words: Words) -> HttpResponse:
    at = timezone.now()
    if "keep" in request.POST:
        keep_draft(kind=kind, on=on, words=words, by=request.user, at=at)
        say(request, _("Draft kept"))
        to = reverse(KINDS[kind], args=[on.isoformat()])
    else:
        report = submit_report(kind=kind, on=on, words=words, by=request.user, at=at)
        say(request, _("Handed in"), undo=reverse("report_withdrawal", args=[report.pk]))
        to = reverse("report", args=[report.pk])
    confirm(request, f"report-{kind}-{on.isoformat()}")
    return redirect_to(request, to)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it was handed in; one's own draft is led to its form."""
    row = _one(request, pk)
    if row.submitted_at is None:
        return redirect_to(request, reverse(KINDS[row.kind], args=[row.on.isoformat()]))
    return _page(request, row)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own report back, to change it."""
    row = _one(request, pk)
    try:
        withdraw_report(report=row, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, reverse("report", args=[row.pk]))
    say(request, _("Taken back; change it and hand it in again"))
    return redirect_to(request, reverse(KINDS[row.kind], args=[row.on.isoformat()]))


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read it, and go back to the others."""
    row = _one(request, pk)
    mark_read(report=row, by=request.user, at=timezone.now())
    say(request, _("%(name)s: read") % {"name": row.person.name})
    return redirect_to(request, f"{reverse('team_reports')}?kind={row.kind}&on={row.on.isoformat()}")


@require_POST
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about it."""
    row = _one(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            comment_on(report=row, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        except NotPermitted:
            raise
        except Refused as refused:
            form.add_error("text", word(refused))
        else:
            confirm(request, f"report-comment-{row.pk}")
            return redirect_to(request, reverse("report", args=[row.pk]))
    return _page(request, row, form=form, status=422)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has seen what was said about one's own report."""
    row = _one(request, pk)
    note_seen(report=row, by=request.user, at=timezone.now())
    return redirect_to(request, reverse("report", args=[row.pk]))


class CommentForm(Form):
    text = forms.CharField(label=gettext_lazy("Comment"), widget=forms.Textarea, max_length=2000)


def _one(request: HttpRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("person__unit", "read_by")
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, row: Report, *, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    is_own = row.person_id == request.user.pk
    said = ReportComment.objects.visible_to(request.user).filter(report=row).select_related("by")
    kind: rules.Kind = row.kind  # type: ignore[assignment]
    context = {
        "report": row,
        "sheet": sheet_of(row, at=timezone.now()),
        "is_own": is_own,
        "is_late": rules.is_late(kind, row.on, timezone.localdate(row.submitted_at)),
        "comments": list(said),
        "unseen": is_own and any(each.seen_at is None and each.by_id != row.person_id for each in said),
        "may_comment": is_own or request.user.may("followups.comment_reports"),
        "form": form or CommentForm(),
    }
    return respond(request, "followups/report.html", context, status=status)


def _day(text: str) -> date:
    found = day_in(text)
    if found is None:
        raise Http404
    return found
