"""Runs of imports and exports: the file, how far it is, and what became of every row."""

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, actor) -> "ImportRunQuerySet":
        """One's own runs; who sees everything sees all."""
        return self.all() if actor.scope.everything else self.filter(by=actor.pk)


class ImportRun(models.Model):
    """Counts always add up: created + updated + unchanged + skipped + failed = rows, once the run has ended.

    Of an import that is undone: removed + restored + kept = the records it created or updated. `undone_to` is the last
    record the undoing has done with. `content_hash` tells the same file sent twice; "" for runs older than it.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("Matching columns")
        CHECKING = "checking", _("Checking")
        CHECKED = "checked", _("Preview")
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Importing")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Stopped")
        UNDOING = "undoing", _("Undoing")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField()
    file_name = models.CharField(_("file"), max_length=255)
    file_path = models.CharField(max_length=255)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.MAPPING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("with errors"), default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    restored = models.PositiveIntegerField(_("given back"), default=0)
    kept = models.PositiveIntegerField(_("kept as touched"), default=0)
    undone_to = models.BigIntegerField(default=0)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        """Something is being done with it now, or is about to be."""
        return self.state in (self.State.CHECKING, self.State.QUEUED, self.State.RUNNING, self.State.UNDOING)

    @property
    def stopped_because(self) -> Reason | None:
        return Reason.from_json(json.loads(self.message)) if self.message else None

    @property
    def rows_a_second(self) -> float | None:
        """Its speed so far; None until it is known."""
        if not self.done or self.started_at is None or self.progress_at is None:
            return None
        seconds = (self.progress_at - self.started_at).total_seconds()
        return self.done / seconds if seconds > 0 else None


class ImportProblem(models.Model):
    """A row that was not imported, with the column and the reason as a code the screen words."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=100, blank=True)
    reason = models.JSONField(_("reason"))
    cells = models.JSONField(default=list)
    is_skip = models.BooleanField(default=False)

    class Meta:
        ordering = ["run", "row"]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.row}"


class KeptRecord(models.Model):
    """A record that undoing left as it is, whole or (`is_part`) in the fields that were changed since, and why."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="kept_records")
    subject = models.BigIntegerField()
    is_part = models.BooleanField(default=False)
    reason = models.JSONField(_("reason"))

    class Meta:
        ordering = ["run", "subject"]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.subject}"


class SavedMappingQuerySet(models.QuerySet):
    def visible_to(self, actor) -> "SavedMappingQuerySet":
        """One's own, and those that are shared in the company."""
        return self.filter(models.Q(by=actor.pk) | models.Q(is_shared=True))


class SavedMapping(models.Model):
    """What the columns of a file went to, and how its rows were taken, kept under a name."""

    kind = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField()
    is_shared = models.BooleanField(_("for the whole company"), default=False)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)

    objects = SavedMappingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "by", "name"], name="mapping_name_once")]

    def __str__(self) -> str:
        return self.name


class ExportRunQuerySet(models.QuerySet):
    def visible_to(self, actor) -> "ExportRunQuerySet":
        """One's own alone: what a colleague may see is for the colleague."""
        return self.filter(by=actor.pk)


class ExportRun(models.Model):
    """A list written to a file. `query` states the list as its kind understands it, `title` says it in words.

    The file lies in the data folder until `expires_at`; what the person may no longer see by the time a row is written
    is left out.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Exporting")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Stopped")
        EXPIRED = "expired", _("Thrown away")

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    kind = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField()
    query = models.TextField(blank=True)
    title = models.TextField(blank=True)
    options = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=4, choices=Format)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.QUEUED)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(default=0)
    file_path = models.CharField(max_length=255, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    message = models.JSONField(default=dict)

    objects = ExportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-id"], name="export_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}.{self.format}"

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def said(self) -> Reason | None:
        """Why it stopped, or what is not in the file."""
        return Reason.from_json(self.message)
