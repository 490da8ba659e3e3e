"""Reports as something that can be exported: one row each, as they were handed in."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from genjin.core.transfer.exports import ExportKind
from genjin.core.transfer.models import ExportRun
from genjin.core.transfer.sheets import Cells
from genjin.followups.reports.models import Report, Workday
from genjin.web.formats import clock


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def asked(person: Any, query: str) -> QuerySet[Report]:
    """The reports that somebody may see of what a query names: kind, from, to."""
    given = QueryDict(query)
    rows = Report.objects.visible_to(person).submitted()
    if given.get("kind") in Report.Kind.values:
        rows = rows.filter(kind=given["kind"])
    first, last = _day(given.get("from", "")), _day(given.get("to", ""))
    if first:
        rows = rows.filter(on__gte=first)
    if last:
        rows = rows.filter(on__lte=last)
    return rows.order_by("on", "person__unit", "person", "kind")


def title(_person: Any, query: str) -> str:
    """Which reports they are, in words."""
    given = QueryDict(query)
    kinds = dict(Report.Kind.choices)
    said = {"kind": kinds.get(given.get("kind", ""), _("Reports")), "from": given.get("from"), "to": given.get("to")}
    return _("%(kind)s, %(from)s to %(to)s") % said


class ReportExporter:
    """See `core.transfer.exports.Exporter`."""

    def __init__(self, run: ExportRun) -> None:
        self.reports = asked(run.by, run.query)
        self.header = [
            _("Kind of report"),
            _("Day"),
            _("Colleague"),
            _("Unit"),
            _("Handed in at"),
            _("Read by"),
            pgettext("workday", "Began"),
            pgettext("workday", "Ended"),
            pgettext("report", "Contacts"),
            _("Effective contacts"),
            _("Targets"),
            _("Payments"),
            _("Paid, in all"),
            _("Promises kept"),
            _("Promises broken or late"),
            pgettext("report", "How it went"),
            _("Nothing was sold: what was done?"),
            _("Why a target was missed"),
            pgettext("report", "What comes next"),
            _("Comments"),
        ]

    def keys(self) -> Iterator[int]:
        return self.reports.values_list("pk", flat=True).iterator(chunk_size=2000)

    def rows(self, keys: Sequence[int]) -> Iterator[Cells]:
        found = {
            row.pk: row for row in self.reports.filter(pk__in=list(keys)).select_related("person__unit", "read_by")
        }
        days = {(row.person_id, row.on) for row in found.values()}
        hours = Workday.objects.filter(person__in={pk for pk, _on in days}, on__in={on for _pk, on in days})
        workdays = {(row.person_id, row.on): row for row in hours}
        said: dict[int, list[str]] = {}
        comments = [
            (comment.report_id, f"{comment.by.name}：{comment.text}")
            for row in self.reports.filter(pk__in=list(keys)).prefetch_related("comments__by")
            for comment in row.comments.all()
        ]
        for pk, text in comments:
            said.setdefault(pk, []).append(text)
        for pk in keys:
            if pk in found:
                row = found[pk]
                workday = workdays.get((row.person_id, row.on)) if row.kind == Report.Kind.DAY else None
                yield _cells(row, workday, said.get(pk, []))


def _cells(row: Report, workday: Workday | None, said: list[str]) -> Cells:
    figures, promises = row.figures, row.figures["promises"]
    return [
        row.get_kind_display(), row.on.isoformat(), row.person.name, row.person.unit.name,
        f"{timezone.localtime(row.submitted_at):%Y-%m-%d %H:%M}", row.read_by.name if row.read_by else "",
        clock(workday.began_at) if workday else "", clock(workday.ended_at) if workday else "",
        figures["attempts"], figures["effective"],
        "；".join(f"{'/'.join(each['classes']) or _('Effective contacts')} {each['done']}/{each['wanted']}"
                 for each in figures["standards"]),
        len(figures["paid"]), figures["paid_total"], promises["kept"] + promises["kept_late"],
        promises["broken"] + promises["late"], row.words, row.answer, row.missed, row.ahead, "\n".join(said),
    ]  # fmt: skip


KIND = ExportKind("report", "followups.export_reports", gettext_lazy("Reports"), ReportExporter, title)
