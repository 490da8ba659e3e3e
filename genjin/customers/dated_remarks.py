"""Remarks with a day: what imported files say about customers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Collaboration, Customer


class Remark(models.Model):
    """A dated remark that is no touch: what an imported file says about a customer. It moves no date."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="dated_remarks")
    on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(_("text"))

    objects = ScopedQuerySet.as_manager()
    scope_rule = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: Collaboration)

    def __str__(self) -> str:
        return self.text[:40]
