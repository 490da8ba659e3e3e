"""What a night took back into a unit's pool, customer by customer, so that all of it can be given back."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.organization.models import Unit


class RecycleRunQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "RecycleRunQuerySet":
        """Of the units one leads, and those that took customers of one's own."""
        if actor.scope.everything:
            return self.all()
        own = RecycledCustomer.objects.filter(owner=actor.pk).values("run")
        return self.filter(Q(unit__in=actor.scope.units) | Q(pk__in=own))


class RecycleRun(models.Model):
    """One unit's night after a working day. It is one row whether it took a thousand customers or none, so that a night
    is never run twice; one without an end was cut off, and the next hour goes on with it.

    `by_condition` counts by the clock that ran out. `plain_year`: for part of the time counted no holidays are known,
    and the plain week was taken.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"), db_index=False)
    on = models.DateField(_("day"))
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    moved = models.PositiveIntegerField(_("customers"), default=0)
    by_condition = models.JSONField(default=dict)
    plain_year = models.PositiveSmallIntegerField(null=True, blank=True)
    undo_at = models.DateTimeField(null=True, blank=True)
    undo_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    undo_until = models.DateField(null=True, blank=True)
    undo_reason = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RecycleRunQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "unit"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="recycled_once_a_day")]
        indexes = [
            models.Index(fields=["on"], name="recycle_run_moved", condition=Q(moved__gt=0)),
            models.Index(fields=["on"], name="recycle_run_open", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}"

    @property
    def is_undoing(self) -> bool:
        return self.undo_at is not None and self.undone_at is None


class RecycledCustomerQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "RecycledCustomerQuerySet":
        """Of the units one leads, and one's own former customers."""
        if actor.scope.everything:
            return self.all()
        return self.filter(Q(run__unit__in=actor.scope.units) | Q(owner=actor.pk))


class RecycledCustomer(models.Model):
    """A customer that a night took: from whom, why, what stood before, and the version that it made.

    `given_back_at` when somebody took it back; `left_code` when that was no longer possible. The record outlives the
    customer, so no constraint holds the two together.
    """

    class Condition(models.TextChoices):
        NO_CONTACT = "no_contact", pgettext_lazy("why it went back to the pool", "No effective contact")
        NO_MOVE_UP = "no_move_up", pgettext_lazy("why it went back to the pool", "Not moved up")
        NOT_WON = "not_won", pgettext_lazy("why it went back to the pool", "Not won")

    run = models.ForeignKey(RecycleRun, models.CASCADE, related_name="customers", db_index=False)
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+", db_constraint=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    class_code = models.CharField(max_length=4)
    condition = models.CharField(max_length=10, choices=Condition)
    days = models.PositiveSmallIntegerField()
    since = models.DateField()
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    given_back_at = models.DateTimeField(null=True, blank=True)
    given_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    left_code = models.CharField(max_length=40, blank=True)

    objects = RecycledCustomerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "customer"], name="recycled_customer_once")]
        indexes = [models.Index(fields=["owner", "run"], name="recycled_owner")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.customer_id}"

    @property
    def reason(self) -> Reason:
        return Reason(f"recycle_{self.condition}", {"days": self.days, "since": self.since.isoformat()})
