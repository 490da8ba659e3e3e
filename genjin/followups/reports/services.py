"""Writing a report, handing it in, taking it back; reading it and saying something about it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.reports import rules
from genjin.followups.reports.figures import figures_of
from genjin.followups.reports.models import Report, ReportComment
from genjin.followups.reports.rules import Kind
from genjin.followups.reports.workdays import end_day
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person writes into a report besides its figures."""

    words: str = ""
    answer: str = ""
    missed: str = ""
    ahead: str = ""


FIELDS = ("words", "answer", "missed", "ahead")


@transaction.atomic
def keep_draft(*, kind: Kind, on: date, words: Words, by: Person, at: datetime) -> Report:
    """Keep the words of one's own report without handing it in. Refused once it is handed in."""
    report = _draft(kind, on, by=by)
    _write_words(report, words)
    report.save(update_fields=list(FIELDS))
    return report


@transaction.atomic
def submit_report(*, kind: Kind, on: date, words: Words, by: Person, at: datetime) -> Report:
    """Hand in one's own report: its figures are kept as they stand now. A day's report of today ends the day's work.

    Refused for days to come, and where nothing was sold and nothing is said of what was done instead.
    """
    report = _draft(kind, on, by=by)
    _write_words(report, words)
    today = timezone.localdate(at)
    practice = practice_of(by.unit)
    figures = figures_of(by, kind, rules.first_day(kind, on), at=at)
    reason = rules.refusal_to_submit(
        kind=kind, on=on, today=today, is_sold=bool(figures.paid), asks=practice.playbook.end_of_day is not None,
        answer=report.answer,
    )  # fmt: skip
    if reason:
        raise Refused(reason.code, **reason.figures)
    report.figures, report.submitted_at = figures.as_json(), at
    report.save(update_fields=[*FIELDS, "figures", "submitted_at"])
    changes = {"kind": [None, kind], "on": [None, on.isoformat()], "effective": [None, figures.effective]}
    record(by=by, at=at, verb="report.submitted", kind="report", subject=report.pk, changes=changes)
    if kind == "day" and on == today:
        end_day(by=by, at=at)
    return report


@transaction.atomic
def withdraw_report(*, report: Report, by: Person, at: datetime) -> Report:
    """Take one's own report back, until somebody has read it: it is a draft again, its words stay."""
    row = Report.objects.select_for_update(of=("self",)).select_related("read_by").get(pk=report.pk)
    if row.person_id != by.pk:
        raise NotPermitted("only_the_author_withdraws")
    if row.submitted_at is None:
        return row
    if row.read_by is not None:
        raise Refused("report_was_read", by=row.read_by.name)
    changes = {"submitted_at": [row.submitted_at.isoformat(), None]}
    row.submitted_at, row.figures = None, {}
    row.save(update_fields=["submitted_at", "figures"])
    record(by=by, at=at, verb="report.withdrawn", kind="report", subject=row.pk, changes=changes)
    return row


@transaction.atomic
def mark_read(*, report: Report, by: Person, at: datetime) -> Report:
    """Say that one has read somebody's report. The first who does stands there; again changes nothing."""
    require(by, "followups.comment_reports")
    row = Report.objects.select_for_update().get(pk=report.pk)
    if row.person_id == by.pk:
        raise NotPermitted("not_ones_own_report")
    _require_submitted(row)
    if row.read_at is None:
        row.read_at, row.read_by = at, by
        row.save(update_fields=["read_at", "read_by"])
        record(by=by, at=at, verb="report.read", kind="report", subject=row.pk, changes={"read_by": [None, by.pk]})
    return row


@transaction.atomic
def comment_on(*, report: Report, text: str, by: Person, at: datetime) -> ReportComment:
    """Say something about a report: who leads its author, or the author in reply. Whoever leads has read it then."""
    if report.person_id != by.pk:
        mark_read(report=report, by=by, at=at)
    _require_submitted(Report.objects.select_for_update().get(pk=report.pk))
    if not text.strip():
        raise Refused("comment_says_nothing")
    comment = ReportComment.objects.create(report=report, by=by, at=at, text=text.strip())
    changes = {"comment": [None, comment.pk], "text": [None, comment.text]}
    record(by=by, at=at, verb="report.commented", kind="report", subject=report.pk, changes=changes)
    return comment


@transaction.atomic
def note_seen(*, report: Report, by: Person, at: datetime) -> int:
    """Say that one has seen what others said about one's own report. Returns how many comments these were."""
    if report.person_id != by.pk:
        raise NotPermitted("only_the_author_withdraws")
    return report.comments.filter(seen_at=None).exclude(by=by).update(seen_at=at)


def _draft(kind: Kind, on: date, *, by: Person) -> Report:
    """One's own report, to be written on."""
    require(by, "customers.work")
    on = rules.first_day(kind, on)
    Report.objects.get_or_create(person=by, kind=kind, on=on)
    report = Report.objects.select_for_update().get(person=by, kind=kind, on=on)
    if report.submitted_at is not None:
        raise Refused("report_is_submitted")
    return report


def _write_words(report: Report, words: Words) -> None:
    for name in FIELDS:
        setattr(report, name, getattr(words, name).strip())


def _require_submitted(report: Report) -> None:
    if report.submitted_at is None:
        raise Refused("report_is_no_more")
