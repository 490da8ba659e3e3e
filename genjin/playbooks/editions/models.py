"""The versions of a playbook that a company has made, and what somebody is about to make."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """A version of a playbook from the moment it took effect. The newest of a playbook is the current one.

    Version 0 is the shipped file and never stored. `content` is the whole playbook in canonical form
    (`editions/canonical.py`); None says: as shipped. Rows are added and never changed, so that history stays as it was.
    """

    playbook = models.CharField(_("playbook"), max_length=20)
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(null=True)
    made_from = models.PositiveIntegerField(_("from version"))
    dates_too = models.BooleanField(_("dates of today too"), default=False)
    note = models.CharField(_("note"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"), db_index=False
    )
    made_at = models.DateTimeField(_("when"))

    class Meta:
        app_label = "playbooks"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["playbook", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.playbook} {self.number}"


class Draft(models.Model):
    """What one person is about to make of a playbook. It counts for nobody until it is put into effect.

    `content` has the right types everywhere, but may still contradict itself (`canonical.faults_of`).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    playbook = models.CharField(_("playbook"), max_length=20)
    made_from = models.PositiveIntegerField(_("from version"))
    content = models.JSONField()
    changed_at = models.DateTimeField(_("when"))

    class Meta:
        app_label = "playbooks"
        constraints = [models.UniqueConstraint(fields=["person", "playbook"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.playbook}: {self.person_id}"
