"""The pools."""

from typing import Any

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
