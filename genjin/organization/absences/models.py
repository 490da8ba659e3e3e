"""Days and half days on which a person does not work although the unit does."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.organization.models import Person


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "AbsenceQuerySet":
        """One's own, and those of the people one sees."""
        if actor.scope.everything:
            return self.all()
        return self.filter(person__in=Person.objects.visible_to(actor))


class Absence(models.Model):
    """From one day to another, both included; a part of the day means that half of each of them.

    Rows are added and removed, never changed; the record says by whom.
    """

    class Part(models.TextChoices):
        DAY = "day", _("Whole day")
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")

    class Kind(models.TextChoices):
        LEAVE = "leave", pgettext_lazy("absence", "Leave")
        SICK = "sick", pgettext_lazy("absence", "Sick")
        TRAINING = "training", pgettext_lazy("absence", "Training")
        BUSINESS = "business", pgettext_lazy("absence", "Away on business")
        OTHER = "other", pgettext_lazy("absence", "Other")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", db_index=False, verbose_name=_("colleague")
    )
    first = models.DateField(pgettext_lazy("absence", "from"))
    last = models.DateField(pgettext_lazy("absence", "to"))
    part = models.CharField(_("part of the day"), max_length=9, choices=Part, default=Part.DAY)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LEAVE)
    note = models.CharField(pgettext_lazy("absence", "note"), max_length=100, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(name="absence_runs_forward", condition=models.Q(last__gte=models.F("first")))
        ]
        indexes = [models.Index(fields=["person", "last"], name="absence_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first}–{self.last} {self.part}"
