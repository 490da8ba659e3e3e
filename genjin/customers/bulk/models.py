"""A verb over many customers: which ones, how far it is, and what it did to each."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason


class BulkRunQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "BulkRunQuerySet":
        """One's own runs and what took them back; who sees everything sees all."""
        return self.all() if actor.scope.everything else self.filter(Q(by=actor.pk) | Q(undoes__by=actor.pk))


class BulkRun(models.Model):
    """changed + unchanged + refused = total, once the run has ended. An undo is a run over what another one changed.

    The total of a run over a whole list is 0 until it is written down which customers these are.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("At work")
        DONE = "done", _("Finished")
        STOPPED = "stopped", _("Stopped")

    class Verb(models.TextChoices):
        ASSIGN = "assign", _("Assign")
        DEAL = "deal", _("Deal out")
        RELEASE = "release", _("Put into the pool")
        CLAIM = "claim", _("Claim")
        SHIFT = "shift", _("Move to another pool")
        TAG = "tag", _("Tags")
        CLASS = "class", _("Move the class")
        FILL = "fill", _("Set a field")
        PLAN = "plan", _("Plan on a day")
        CLOSE = "close", _("Close")
        KEEP = "keep", _("Keep until a day")
        UNDO = "undo", _("Take it back")
        PLAYBOOK = "playbook", _("Suit the playbook")
        RENEW = "renew", _("Follow the playbook's new version")

    verb = models.CharField(_("verb"), max_length=10, choices=Verb)
    options = models.JSONField(default=dict)
    query = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    message = models.TextField(blank=True)
    made_at = models.DateTimeField(_("when"))
    started_at = models.DateTimeField(null=True, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(_("customers"), default=0)
    changed = models.PositiveIntegerField(_("done"), default=0)
    unchanged = models.PositiveIntegerField(_("so already"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    turn = models.PositiveIntegerField(
        default=0
    )  # whose it is when customers are dealt out, and which worker's to choose

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        app_label = "customers"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["progress_at"], name="bulkrun_at_work", condition=Q(state__in=["queued", "running"]))
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.total}"

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_choosing(self) -> bool:
        """Whether it is being written down which customers the run is for."""
        return self.state == self.State.RUNNING and not self.total

    @property
    def done(self) -> int:
        return self.changed + self.unchanged + self.refused

    @property
    def stopped_because(self) -> Reason | None:
        return Reason.from_json(json.loads(self.message)) if self.message else None


class BulkBatch(models.Model):
    """Customers of a run that are still to be done, chosen when it began. The transaction that does them removes it."""

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="batches", db_index=False)
    number = models.PositiveIntegerField()
    keys = models.JSONField()

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="bulk_batch_once")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"


class BulkRow(models.Model):
    """What a run did to one customer: what stood before and the version it made, or the reason why it was left.

    `code` is the reason's, "" for a change. The record outlives the customer, so no constraint holds the two together.
    """

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="rows", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)
    reason = models.JSONField(default=dict)

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["run", "customer"], name="bulk_row_once")]
        indexes = [models.Index(fields=["run", "code", "id"], name="bulk_row_code")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.customer_id}"
