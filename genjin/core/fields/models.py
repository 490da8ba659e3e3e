"""The fields that a company has defined, and where their values stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.core.fields.definitions import KINDS


class Field(models.Model):
    """One field of a subject (`registry.py`). `code` names it for ever; nothing of it is ever deleted.

    `choices`: [{"key", "label", "retired"}, …] in their order. `bounds`: least, most, decimals, longest. No role in
    `seen_by` or `changed_by` means every role.
    """

    subject = models.CharField(max_length=20)
    code = models.CharField(_("code"), max_length=30)
    label = models.CharField(_("label"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=[(kind, kind) for kind in KINDS])
    choices = models.JSONField(_("choices"), default=list)
    help = models.CharField(_("help"), max_length=200, blank=True)
    is_required = models.BooleanField(_("must be filled in"), default=False)
    default = models.JSONField(_("default"), null=True)
    bounds = models.JSONField(_("bounds"), default=dict)
    seen_by = models.JSONField(_("seen by"), default=list)
    changed_by = models.JSONField(_("changed by"), default=list)
    is_known_at_arrival = models.BooleanField(_("known on arrival"), default=False)
    is_searchable = models.BooleanField(_("found by search"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(_("retired on"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["subject", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "code"], name="field_once")]

    def __str__(self) -> str:
        return self.label


class Describable(models.Model):
    """A row with values of custom fields by their codes (`rules` says how each is kept); None where there are none.

    Without a default, so that the column is there at once on a table of a million rows.
    """

    custom = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True
