"""A person's day as it was planned before it began. What happens later changes the outcomes, never the plan."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.customers.models import Customer
from genjin.organization.models import Person


class DayPlanQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "DayPlanQuerySet":
        """One's own plans, and those of the people one sees."""
        if actor.scope.everything:
            return self.all()
        return self.filter(person__in=Person.objects.visible_to(actor))

    def unsettled(self) -> "DayPlanQuerySet":
        """Plans whose outcomes are not final yet."""
        return self.filter(settled_at=None)


class DayPlan(models.Model):
    """One person's plan of one day.

    `slots`: contacts of that day, leave taken off. `held`: open customers of the person; `asks`: contacts a day that
    they ask for at the slackest interval of their classes, in tenths. `moved`: customers that a full day moved to a
    later one when the plan was made; `no_day`: those for whom no day up to the last of their cycle was free.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="day_plans", db_index=False)
    on = models.DateField(_("day"))
    made_at = models.DateTimeField()
    slots = models.PositiveSmallIntegerField(_("contacts a day"))
    held = models.PositiveIntegerField(default=0)
    asks = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    no_day = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DayPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_plan_a_day")]
        indexes = [models.Index(fields=["on"], name="plan_unsettled", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"


class PlannedContact(models.Model):
    """A customer in a plan, once. `block` is empty for who is due and found no place; `why` as reasons, first things
    first. `outcome` is written when the day is settled; until then it is read from what was done (`progress`)."""

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("outcome", "Open")
        DONE = "done", pgettext_lazy("outcome", "Done")
        MOVED = "moved", pgettext_lazy("outcome", "Moved")
        UNDONE = "undone", pgettext_lazy("outcome", "Not done")
        GONE = "gone", pgettext_lazy("outcome", "Handed on or closed")

    plan = models.ForeignKey(DayPlan, models.CASCADE, related_name="contacts", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    block = models.CharField(max_length=20, blank=True)
    class_code = models.CharField(max_length=4)
    due_on = models.DateField()
    why = models.JSONField(default=list)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True, default=Outcome.OPEN)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "customer"], name="planned_once_a_day")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.customer_id}"
