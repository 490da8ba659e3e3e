"""A proposal: what is proposed to whom and why, what it rests on, and what became of it."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Collaboration, Customer


class ProposalQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Those that somebody still has to decide: the owner, or the team lead."""
        return self.filter(state__in=STANDING)

    def to_decide(self) -> Self:
        return self.standing().filter(state=Proposal.State.OPEN)  # said twice: the index is of those that stand

    def to_approve(self) -> Self:
        return self.standing().filter(state=Proposal.State.WAITING)

    def of_units(self, units: Iterable[int]) -> Self:
        """Whose customer belongs to one of these units. Asked of each proposal: they are few, the customers many."""
        return self.filter(Exists(Customer.objects.filter(pk=OuterRef("customer"), unit__in=units)))


class Proposal(models.Model):
    """At most one that stands for each customer and kind; nothing moves before a person decides it.

    `to_codes` are the classes to choose from, the first is the one proposed. `rule` says why, as a code with figures;
    `fact` names what happened, so that the same thing is proposed once. `evidence` are keys of touches, newest first.
    `wish` is what the person decided ({way, to, pool, reason}), also while the team lead is asked; `answer` the lead's
    words when it was sent back. `made_in` and `ended_in` are the notes that made and ended it: it goes and comes back
    with them.
    `before` is what stood at the customer before the decision, `version_after` its version afterwards: undo needs both.
    """

    class Kind(models.TextChoices):
        CLASS = "class", _("Move the class")
        GIVE_UP = "give_up", _("Give up")
        REASSIGN = "reassign", _("Give to somebody else")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("proposal", "To decide")
        WAITING = "waiting", pgettext_lazy("proposal", "Waits for the team lead")
        ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
        DECLINED = "declined", pgettext_lazy("proposal", "Declined")
        LAPSED = "lapsed", pgettext_lazy("proposal", "Lapsed")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="proposals", db_index=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("whose"), db_index=False
    )
    playbook = models.CharField(max_length=20)
    from_code = models.CharField(max_length=4)
    to_codes = models.JSONField(default=list)
    rule = models.JSONField()
    fact = models.CharField(max_length=80)
    evidence = models.JSONField(default=list)
    made_at = models.DateTimeField(_("when"))
    made_in = models.ForeignKey(
        "followups.Touch", models.SET_NULL, null=True, blank=True, related_name="proposals_made", db_index=False
    )
    wish = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("the team lead's words"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    ended_in = models.ForeignKey(
        "followups.Touch", models.SET_NULL, null=True, blank=True, related_name="proposals_ended", db_index=False
    )
    before = models.JSONField(default=dict)
    version_after = models.PositiveIntegerField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()
    scope_rule = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: Collaboration)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"], name="one_standing_proposal", condition=Q(state__in=["open", "waiting"])
            )
        ]
        indexes = [
            models.Index(fields=["customer", "made_at"], name="proposal_customer"),
            models.Index(fields=["owner", "state"], name="proposal_owner", condition=Q(state__in=["open", "waiting"])),
            models.Index(fields=["made_in"], name="proposal_made_in", condition=Q(made_in__isnull=False)),
            models.Index(fields=["ended_in"], name="proposal_ended_in", condition=Q(ended_in__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.kind} {self.from_code}"

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def to_code(self) -> str:
        """The class that is proposed; "" for giving up."""
        return self.to_codes[0] if self.to_codes else ""

    def step_before(self) -> dict[str, Any]:
        """What a decision changes here, as it is now."""
        return {name: getattr(self, name) for name in ("state", "wish", "answer", "reason")}


STANDING = (Proposal.State.OPEN, Proposal.State.WAITING)
