"""Public holidays and make-up working days: editable data, filled from the published calendars at start-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.core.calendar.names import called


class CalendarDayQuerySet(models.QuerySet):
    def known_years(self) -> set[int]:
        """Years of which any day is in the table: for the others the plain week is taken, and the screen says so."""
        return set(self.order_by().values_list("on__year", flat=True).distinct())


class CalendarDay(models.Model):
    """A day that differs from the plain week: a public holiday, or a weekend day worked in exchange."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Public holiday")
        MAKEUP = "makeup", _("Make-up working day")

    on = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=60, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return called(self.name)
