"""What a person is told once a day."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DigestQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "DigestQuerySet":
        """A digest is for one person's eyes, also where others lead them."""
        return self.filter(person=actor.pk)

    def speaking(self) -> "DigestQuerySet":
        """Those that have something to say. The others stand for "looked, nothing there"."""
        return self.exclude(lines=[])

    def unread(self) -> "DigestQuerySet":
        return self.speaking().filter(read_at=None)


class Digest(models.Model):
    """One person's reminders of one day, once. A day with nothing to say has one without lines: nobody looks twice.

    `lines` are codes with figures, worded in the reader's language; `first` in a line are keys of customers, whose
    names are read when it is shown, as far as the reader may still see them.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", db_index=False)
    on = models.DateField(_("day"))
    made_at = models.DateTimeField()
    lines = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_digest_a_day")]
        indexes = [
            models.Index(fields=["person"], name="digest_unread", condition=Q(read_at=None) & ~Q(lines=[])),
            models.Index(fields=["on"], name="digest_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
