"""Reports as they were handed in, what was said about them, and the hours of working days."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.organization.models import Person


def _of_people(actor: Any) -> Q:
    """One's own rows, and those of the people one leads."""
    if not actor.may("followups.see_team"):
        return Q(person=actor.pk)
    if actor.scope.everything:
        return Q()
    return Q(person__in=Person.objects.visible_to(actor).values("pk"))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ReportQuerySet":
        """One's own; of the people one leads what they have handed in. A draft is nobody else's."""
        return self.filter(Q(person=actor.pk) | (Q(submitted_at__isnull=False) & _of_people(actor)))

    def submitted(self) -> "ReportQuerySet":
        return self.filter(submitted_at__isnull=False)


class Report(models.Model):
    """One person's report of a day, or of the week that begins on `on`.

    `figures` are kept when it is handed in and stay as they were; a draft has none, its page reckons them. `answer`:
    what was done where nothing was sold; `missed`: why a target was not reached.
    """

    class Kind(models.TextChoices):
        DAY = "day", _("Daily report")
        WEEK = "week", _("Weekly report")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports", db_index=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    on = models.DateField(_("day"))
    words = models.TextField(pgettext_lazy("report", "How it went"), blank=True)
    answer = models.TextField(_("Nothing was sold: what was done?"), blank=True)
    missed = models.TextField(_("Why a target was missed"), blank=True)
    ahead = models.TextField(pgettext_lazy("report", "What comes next"), blank=True)
    figures = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "on"], name="one_report_a_day"),
            models.CheckConstraint(
                name="read_only_when_submitted", condition=Q(read_at=None) | Q(submitted_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["kind", "on"], name="report_of_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.on}"


class ReportCommentQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ReportCommentQuerySet":
        """Where one sees the report."""
        return self.filter(report__in=Report.objects.visible_to(actor).values("pk"))


class ReportComment(models.Model):
    """What somebody said about a report. `seen_at`: when its author said to have read it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    text = models.TextField()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d %H:%M}"


class WorkdayQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "WorkdayQuerySet":
        """One's own, and those of the people one leads."""
        return self.filter(Q(person=actor.pk) | _of_people(actor))


class Workday(models.Model):
    """When somebody began and ended a day. Either may be missing: nobody is kept from working by it.

    A corrected one says by whom and why; the times before stand in the audit trail.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="workdays", db_index=False)
    on = models.DateField(_("day"))
    began_at = models.DateTimeField(pgettext_lazy("workday", "began"), null=True, blank=True)
    ended_at = models.DateTimeField(pgettext_lazy("workday", "ended"), null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    correction = models.CharField(_("reason"), max_length=200, blank=True)

    objects = WorkdayQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="one_workday_a_day"),
            models.CheckConstraint(
                name="workday_runs_forward",
                condition=Q(began_at=None) | Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
            ),
        ]
        indexes = [models.Index(fields=["on"], name="workday_of_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
