"""The record of who did what when: written by services in their own transaction, read as the timeline."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryQuerySet(models.QuerySet):
    def about(self, kind: str, pk: int) -> "EntryQuerySet":
        """One subject's history, newest first."""
        return self.filter(kind=kind, subject=pk).order_by("-at", "-pk")


class Entry(models.Model):
    """One verb on one subject. `changes` maps a field to [before, after]; `note` is the person's own reason."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False
    )
    verb = models.CharField(_("what"), max_length=40)
    kind = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    changes = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "subject", "at"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.subject}"
