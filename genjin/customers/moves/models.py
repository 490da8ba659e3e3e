"""The moves of customers between classes: what the audit trail says, in columns that a report can count."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.scoping import ScopedQuerySet, ScopeRule

# Moves that no person meant: the table of a playbook, or another unit's playbook.
MAPPED = ("playbook", "transfer")


class ClassMoveQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Moves that were not taken back."""
        return self.filter(undone_at=None)

    def by_people(self) -> Self:
        """Standing moves that somebody meant: what selling is judged by. Mappings and imports are none of it."""
        return self.standing().exclude(cause__in=(*MAPPED, "import", "undo"))

    def between(self, start: datetime, end: datetime) -> Self:
        return self.filter(at__gte=start, at__lt=end)

    def counts_by_person(self) -> list[tuple[int | None, str, str, str, int]]:
        """(owner, playbook, from, to, how many) of these moves: the person whose customers they were then."""
        rows = self.order_by().values_list("owner", "playbook", "from_code", "to_code").annotate(n=Count("pk"))
        return list(rows)


class ClassMove(models.Model):
    """One move: from which class to which, when, by whom (None: by itself), whose customer it was afterwards.

    `direction`: "up" is nearer to payment or won, "" where two playbooks have no common ladder. `rule` is the code with
    figures that proposed it, {} where nobody proposed it. `version` is the customer's version that the move made.
    """

    class Cause(models.TextChoices):
        NOTE = "note", _("With a note")
        HAND = "hand", _("By hand")
        BULK = "bulk", _("By hand, for many")
        PROPOSAL = "proposal", _("By a proposal")
        IMPORT = "import", _("By an import")
        PLAYBOOK = "playbook", _("By a changed playbook")
        TRANSFER = "transfer", _("With another unit")
        UNDO = "undo", _("Taken back")

    class Direction(models.TextChoices):
        UP = "up", pgettext_lazy("class", "Up")
        DOWN = "down", pgettext_lazy("class", "Down")
        NEITHER = "", pgettext_lazy("class", "Neither")

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="class_moves", db_index=False)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"), db_index=False
    )
    playbook = models.CharField(_("playbook"), max_length=20)
    from_code = models.CharField(max_length=4)
    to_code = models.CharField(max_length=4)
    direction = models.CharField(max_length=4, choices=Direction, blank=True, default=Direction.NEITHER)
    cause = models.CharField(max_length=8, choices=Cause)
    rule = models.JSONField(default=dict)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    version = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ClassMoveQuerySet.as_manager()
    scope_rule = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: _collaboration())

    class Meta:
        indexes = [
            models.Index(fields=["customer", "at"], name="class_move_customer"),
            models.Index(fields=["owner", "at"], name="class_move_owner"),
            models.Index(fields=["at"], name="class_move_at"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.from_code} → {self.to_code}"


def _collaboration():
    from genjin.customers.models import Collaboration

    return Collaboration
