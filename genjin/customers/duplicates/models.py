"""Pairs of customers that may be one, and searches of the whole stock for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import Customer


class PairQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "PairQuerySet":
        """Pairs of which the actor sees one customer or both: who courts the same one shall know it."""
        if actor.scope.everything:
            return self.all()
        seen = Customer.objects.visible_to(actor).order_by()
        return self.filter(Exists(seen.filter(pk=OuterRef("one"))) | Exists(seen.filter(pk=OuterRef("other"))))

    def asked(self) -> "PairQuerySet":
        """Pairs of which nobody has said yet what they are."""
        return self.filter(apart_at=None)

    def of(self, customer: int) -> "PairQuerySet":
        return self.filter(Q(one=customer) | Q(other=customer))


class SuspectedPair(models.Model):
    """Two customers that may be one: how surely (`percent`) and by what (`reasons`: field, alike). Somebody may have
    said that they are two (`apart_at`): the pair stays and is not asked about again."""

    one = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField(_("chance in percent"))
    reasons = models.JSONField(default=list)
    certain = models.CharField(max_length=30, blank=True)  # by which rule they are one beyond doubt
    found_at = models.DateTimeField(_("found"))
    search = models.PositiveIntegerField(null=True)  # the search that found it last
    apart_at = models.DateTimeField(_("said to be two"), null=True, blank=True)
    apart_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="who_said_a_pair_is_two_is_known", condition=Q(apart_at=None) | Q(apart_by__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-percent", "-id"], name="pair_surest", condition=Q(apart_at=None)),
            models.Index(fields=["id"], name="pair_certain", condition=Q(apart_at=None) & ~Q(certain="")),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} / {self.other_id}"


class DuplicateRules(models.Model):
    """What a company does about pairs, one row: from which chance on it is asked about (`alert`; None: as the scheme
    says), which rules of the scheme merge by themselves (`merging`), also where both belong to different owners, and
    which custom fields are compared besides (`compared`: code → bits of evidence where they are equal)."""

    alert = models.PositiveSmallIntegerField(_("ask from"), null=True, blank=True)
    merging = models.JSONField(_("merged by itself"), default=list)
    across_owners = models.BooleanField(_("across owners, too"), default=False)
    compared = models.JSONField(_("compared besides"), default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(name="duplicate_rules_are_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return ", ".join(self.merging)


class StockSearch(models.Model):
    """A search of the whole stock for customers that are there twice. `compared`: pairs so far; `passed_over`: phones,
    names and the like that too many share to tell anything."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("at work")
        DONE = "done", _("done")

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    progress_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    compared = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="waiting"), name="one_search_waits_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"
