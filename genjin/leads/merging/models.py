"""What a merge of leads did, so that it can be taken back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule


class LeadMergeQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Merges that were not taken back."""
        return self.filter(undone_at=None)


class LeadMerge(models.Model):
    """`absorbed` became part of `kept` and has ended as a duplicate since. Of several made one in one go each has its
    merge, and those after the first name it (`together`): they are taken back as one.

    `stood` and `left`: the kept one's fields before and after; `absorbed_stood` and `absorbed_file`: the other's
    standing and file before; `chosen`: the fields of which the other's value was taken (`taken`) or added below
    (`both`); `moved`: the keys of the rows that went along, by their table; `counted`: how often what went along had
    arrived until then.
    """

    kept = models.ForeignKey("leads.Lead", models.CASCADE, related_name="+")
    absorbed = models.ForeignKey("leads.Lead", models.CASCADE, related_name="+")
    together = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="others")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("merged"))
    stood = models.JSONField()
    left = models.JSONField()
    absorbed_stood = models.JSONField()
    absorbed_file = models.JSONField()
    chosen = models.JSONField()
    moved = models.JSONField()
    counted = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = LeadMergeQuerySet.as_manager()
    scope_rule = ScopeRule(via="kept__", common="owner__isnull", lies_in="queue")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="lead_absorbed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"
