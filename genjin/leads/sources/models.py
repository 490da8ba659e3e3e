"""What a source channel costs, and what is paid to those who brought somebody."""

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import Customer, SourceChannel
from genjin.organization.models import Unit


class OfUnitQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "OfUnitQuerySet":
        """Of the units one leads: what a colleague was paid is no colleague's business."""
        return self.all() if actor.scope.everything else self.filter(unit__in=actor.scope.units)


class SourceCost(models.Model):
    """What a channel cost a unit on a day: money (yuan), hours of work, or both."""

    source = models.ForeignKey(SourceChannel, models.PROTECT, verbose_name=_("source"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="+", db_index=False)
    on = models.DateField(_("day"))
    amount = models.DecimalField(
        _("cost in yuan"), max_digits=12, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    hours = models.DecimalField(
        _("hours of work"), max_digits=7, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    what_for = models.CharField(_("what for"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        indexes = [models.Index(fields=["unit", "on"], name="source_cost_unit")]
        constraints = [
            models.CheckConstraint(
                name="source_cost_says_something", condition=Q(amount__gte=0, hours__gte=0) & ~Q(amount=0, hours=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.on}: {self.amount}"


class Reward(models.Model):
    """What an informant is to get for a customer they brought; `paid_on` None while it is owed."""

    informant = models.CharField(_("informant"), max_length=60)
    contact = models.CharField(_("how to reach them"), max_length=60, blank=True)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("for which customer"),
    )  # fmt: skip
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="+", db_index=False)
    on = models.DateField(_("agreed on"))
    amount = models.DecimalField(
        _("reward in yuan"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    remarks = models.CharField(_("remarks"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        indexes = [models.Index(fields=["unit", "on"], name="reward_unit")]
        constraints = [
            models.CheckConstraint(name="reward_is_worth_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="reward_is_paid_after_it_was_agreed", condition=Q(paid_on=None) | Q(paid_on__gte=models.F("on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.informant} {self.amount}"
