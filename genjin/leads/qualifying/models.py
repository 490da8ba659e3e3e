"""Checklists in their versions, and what was answered of one lead."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.organization.models import Unit


class Checklist(models.Model):
    """One version of a unit's checklist for a product line ("" for all). `content` is read by `rules`; a version that
    was answered never changes: changing a checklist makes the next one."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    product = models.CharField(_("product"), max_length=60, blank=True)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        app_label = "leads"
        ordering = ["unit", "product", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "product", "number"], name="checklist_version_once"),
            models.UniqueConstraint(
                fields=["unit", "product"], condition=Q(is_current=True), name="one_checklist_is_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.product} {self.number}"


class Qualification(models.Model):
    """What was answered of a lead, by the version that was current when it began. `answers`: code of a point → yes or
    no; fields stand on the lead itself. `score` of `most` when it was last answered."""

    lead = models.OneToOneField("leads.Lead", models.CASCADE, related_name="qualification")
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="+", db_index=False)
    answers = models.JSONField(default=dict)
    score = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    objects = ScopedQuerySet.as_manager()
    scope_rule = ScopeRule(via="lead__", common="owner__isnull", lies_in="queue")

    class Meta:
        app_label = "leads"

    def __str__(self) -> str:
        return f"{self.lead_id} {self.score}/{self.most}"
