"""The faults of a day, so that they can be compared with those of a week ago."""

from typing import Any

from django.conf import settings
from django.db import models

from genjin.organization.models import Unit


class QualityDayQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "QualityDayQuerySet":
        """What was counted of the units in scope."""
        return self.all() if actor.scope.everything else self.filter(unit__in=actor.scope.units)


class QualityDay(models.Model):
    """What one person held in a unit on a day, and how many of these had which fault (`faults`: code → customers)."""

    on = models.DateField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    held = models.PositiveIntegerField()
    faults = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    objects = QualityDayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "on", "owner"], name="quality_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.unit_id} {self.owner_id}"
