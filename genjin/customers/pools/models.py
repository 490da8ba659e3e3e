"""The pools."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.organization.models import Unit


class PoolQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "PoolQuerySet":
        """Pools one may look into: of the units in scope, of one's own unit and of those above it."""
        if actor.scope.everything:
            return self.all()
        return self.filter(unit__in=actor.scope.units | actor.scope.commons)


class Pool(models.Model):
    """公海: open customers without an owner. Every unit has one, made with it."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="pool", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=80)

    objects = PoolQuerySet.as_manager()

    class Meta:
        app_label = "customers"
        ordering = ["unit"]

    def __str__(self) -> str:
        return self.name


class ClaimsOfDay(models.Model):
    """How many customers a person claimed on a day. What was taken back since stays counted."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="claims_of_day_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}: {self.number}"


class Glance(models.Model):
    """A person opened a customer that nobody had claimed. `customer` is its key: the record outlives the customer."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    customer = models.BigIntegerField()

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["person", "on", "customer"], name="glance_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}: {self.customer}"
