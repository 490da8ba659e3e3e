"""What a conversion did, so that it can be taken back."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Customer


class ConversionQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Any, *arguments: Any, **named: Any) -> Self:
        """Those of leads that one sees, and one's own: who leads may have converted another's lead."""
        return (super().visible_to(actor, *arguments, **named) | self.filter(by=actor.pk)).distinct()


class Conversion(models.Model):
    """`lead` became `customer`: a new one (`is_new`), or part of one that was there.

    `lead_stood`: the lead's standing before. `stood` and `left`: the customer's fields before and after, of one that
    was there. `version` is the customer's after it, `made` the keys of the rows that came with it, by table; `people`
    what was filled in at contact people that were there: {key: [before, after]}. `told` is whom it was handed to, until
    they have looked (`seen_at`). Taken back, `customer` is None where it went away whole.
    """

    lead = models.ForeignKey("leads.Lead", models.CASCADE, related_name="conversions", db_index=False)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", db_index=False)
    is_new = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("converted"))
    lead_stood = models.JSONField()
    stood = models.JSONField(default=dict)
    left = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    made = models.JSONField(default=dict)
    people = models.JSONField(default=dict)
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ConversionQuerySet.as_manager()
    scope_rule = ScopeRule(via="lead__", common="owner__isnull", lies_in="queue")

    class Meta:
        app_label = "leads"
        constraints = [
            models.UniqueConstraint(fields=["lead"], condition=Q(undone_at=None), name="lead_converted_once"),
        ]
        indexes = [
            models.Index(fields=["lead"], name="conversion_lead"),
            models.Index(fields=["customer"], name="conversion_customer", condition=Q(customer__isnull=False)),
            models.Index(fields=["at"], name="conversion_at", condition=Q(undone_at=None)),
            models.Index(
                fields=["told", "at"], name="conversion_unseen",
                condition=Q(told__isnull=False, seen_at=None, undone_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.lead_id} → {self.customer_id}"
