"""A note that was read by somebody who leads its author."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Collaboration


class NoteReadingQuerySet(ScopedQuerySet):
    def unseen_by(self, person) -> "NoteReadingQuerySet":
        """What this person has not taken notice of yet, the oldest first."""
        return self.filter(author=person, seen_at=None).order_by("at", "pk")


class NoteReading(models.Model):
    """One reader's word on one note. `author` wrote the note; `seen_at` is when the author took notice."""

    class Thumb(models.TextChoices):
        NONE = "", _("No thumb")
        UP = "up", _("Good")
        DOWN = "down", _("To be done better")

    touch = models.ForeignKey("followups.Touch", models.CASCADE, related_name="readings", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    thumb = models.CharField(_("thumb"), max_length=4, choices=Thumb, blank=True, default=Thumb.NONE)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoteReadingQuerySet.as_manager()
    scope_rule = ScopeRule(via="touch__customer__", common="owner__isnull", shares=lambda: Collaboration)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["touch", "by"], name="one_reading_each"),
            models.CheckConstraint(name="reading_says_something", condition=~Q(thumb="") | ~Q(comment="")),
        ]
        indexes = [models.Index(fields=["author", "at"], name="note_reading_unseen", condition=Q(seen_at=None))]

    def __str__(self) -> str:
        return f"{self.touch_id} {self.by_id} {self.thumb}"
