"""What one person asks another to do, with a day: one row for each person and customer."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.customers.models import Customer


class TaskQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "TaskQuerySet":
        """What one has to do, what one gave, and what the people one leads have to do."""
        if actor.scope.everything:
            return self.all()
        return self.filter(Q(person=actor.pk) | Q(given_by=actor.pk) | Q(person__unit__in=actor.scope.units))

    def open(self) -> "TaskQuerySet":
        return self.filter(ended_at=None)

    def late(self, today: date) -> "TaskQuerySet":
        return self.open().filter(on__lt=today)


class Task(models.Model):
    """A follow-up or a visit that somebody is to do by a day; a visit may have its time.

    `purpose` is what for, `wanted` the result that is asked for. It ends `done` (with `result`, or the note it was done
    by), `declined` (with why not in `result`), or `withdrawn` by whoever leads: `result` then holds their words, and
    `withdrawn_by_rule` the code of a rule that did it. `batch` is what was given in one go.
    """

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("Follow-up")
        VISIT = "visit", _("Visit")

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("task", "Open")
        DONE = "done", pgettext_lazy("task", "Carried out")
        DECLINED = "declined", pgettext_lazy("task", "Not carried out")
        WITHDRAWN = "withdrawn", pgettext_lazy("task", "Withdrawn")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.FOLLOW_UP)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("for whom"), db_index=False
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks_given", verbose_name=_("given by"), db_index=False
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("Customer"),
        db_index=False,
    )  # fmt: skip
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("at what time"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200)
    wanted = models.CharField(_("result wanted"), max_length=200, blank=True)
    batch = models.UUIDField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True, default=Outcome.OPEN)
    result = models.CharField(_("result"), max_length=500, blank=True)
    withdrawn_by_rule = models.CharField(max_length=20, blank=True, default="")
    touch = models.ForeignKey(
        "followups.Touch", models.SET_NULL, null=True, blank=True, related_name="tasks", db_index=False
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["on", "at", "pk"]
        indexes = [
            models.Index(fields=["person", "on"], name="task_open", condition=Q(ended_at=None)),
            models.Index(fields=["person", "ended_at"], name="task_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["given_by", "given_at"], name="task_given"),
            models.Index(fields=["customer"], name="task_customer", condition=Q(customer__isnull=False)),
            models.Index(fields=["batch"], name="task_batch"),
            models.Index(fields=["touch"], name="task_touch", condition=Q(touch__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="ended_task_has_outcome",
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    def state(self, today: date) -> str:
        """One of the four words while it is open: overdue, today, planned; "" once it has ended."""
        if self.ended_at is not None:
            return ""
        return "overdue" if self.on < today else "today" if self.on == today else "planned"

    @property
    def day_or_moment(self) -> date | datetime:
        """Its time where it has one, else its day."""
        return timezone.localtime(self.at) if self.at else self.on
