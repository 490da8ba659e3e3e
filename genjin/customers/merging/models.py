"""What a merge did, so that it can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Collaboration, Customer


class Merge(models.Model):
    """`absorbed` became part of `kept` and is closed as a duplicate since. `stood` and `left`: the kept one's fields
    before and after; `absorbed_stood`: the other's standing before; `moved`: the keys of the rows that went along, by
    the label of their table."""

    kept = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    absorbed = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("merged"))
    stood = models.JSONField()
    left = models.JSONField()
    absorbed_stood = models.JSONField()
    moved = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ScopedQuerySet.as_manager()
    scope_rule = ScopeRule(via="kept__", common="owner__isnull", shares=lambda: Collaboration)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="absorbed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"
