"""The assignment rules of units with their versions, whose turn it is, what was given today, and what lapsed."""

from typing import Any

from django.conf import settings
from django.db import models

from genjin.organization.models import Unit


class RuleVersionQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "RuleVersionQuerySet":
        """Those of the units one leads, and of those above them: their rules hold where there are none."""
        if actor.scope.everything:
            return self.all()
        return self.filter(unit__in=actor.scope.units | actor.scope.commons)


class RuleVersion(models.Model):
    """The rules of a unit as somebody left them; the highest number is in force. Rows are only ever added.

    `document` is read by `document.read`; None says that the unit works by its parent's rules again.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rule_versions", db_index=False)
    number = models.PositiveIntegerField()
    document = models.JSONField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        ordering = ["unit", "-number"]
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.number}"


class Turn(models.Model):
    """Whose turn it is by the rules of a unit: {rule key: {person key: standing}}. Held while leads are given by them,
    so that two who give at once take turns."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    standing = models.JSONField(default=dict)

    class Meta:
        app_label = "leads"

    def __str__(self) -> str:
        return f"{self.unit_id}"


class GivenOfDay(models.Model):
    """How many leads rules gave a person on a day; what was passed on since stays counted."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "leads"
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="given_of_day_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}: {self.number}"


class EmptyHanded(models.Model):
    """A rule that leads met and that had nobody for them: how often on a day, and why the last time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    rule = models.PositiveIntegerField()
    on = models.DateField()
    number = models.PositiveIntegerField()
    besides = models.JSONField(default=dict)

    class Meta:
        app_label = "leads"
        constraints = [models.UniqueConstraint(fields=["unit", "rule", "on"], name="empty_handed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule} {self.on}: {self.number}"


class Lapse(models.Model):
    """Somebody was given a lead and did not accept it in time. Rules never give it to them again."""

    lead = models.ForeignKey("leads.Lead", models.CASCADE, related_name="lapses", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    was_last = models.BooleanField(default=False)

    class Meta:
        app_label = "leads"
        constraints = [models.UniqueConstraint(fields=["lead", "person"], name="lapse_once_each")]
        indexes = [models.Index(fields=["unit", "at"], name="lapse_of_unit")]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.person_id}"
