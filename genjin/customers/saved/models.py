"""Tables of kept lists. What a view shows is decided by whoever opens it: it keeps an address, never rows."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.organization.models import Unit


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "SavedViewQuerySet":
        """One's own, those shared with everybody, those shared in one's unit or one above it."""
        shared = Q(share=SavedView.Share.ALL)
        if actor.scope.everything:
            shared |= Q(share=SavedView.Share.TEAM)
        else:
            shared |= Q(share=SavedView.Share.TEAM, unit__in=actor.scope.commons | {actor.unit_id})
        return self.filter(Q(owner=actor.pk) | shared)


class SavedView(models.Model):
    """A list under a name. `query` is `listing.Listing.query`: conditions, columns and order."""

    class Share(models.TextChoices):
        PRIVATE = "private", _("Only me")
        TEAM = "team", _("My unit and those below")
        ALL = "all", _("Everybody")

    name = models.CharField(_("name"), max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    share = models.CharField(_("who sees it"), max_length=7, choices=Share, default=Share.PRIVATE)
    query = models.TextField()
    widths = models.JSONField(default=dict)
    pinned_by = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="pinned_views")
    made_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name


class ListLayout(models.Model):
    """How one person likes one list: `of` names a shipped view, the pool or a saved view (`saved-7`)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    of = models.CharField(max_length=20)
    columns = models.JSONField(default=list)
    widths = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "of"], name="list_layout_once")]

    def __str__(self) -> str:
        return f"{self.of} of {self.person_id}"
