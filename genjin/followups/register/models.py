"""What a person notes on a key customer, and the messages proposed for a weekend."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Collaboration, Customer
from genjin.followups.models import Touch


class KeyNote(models.Model):
    """The register's line of one customer (C12), as far as somebody wrote into it. It goes where the customer goes."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="key_note")
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    left_open = models.CharField(_("left open"), max_length=200, blank=True)
    memo = models.TextField(_("memo"), blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    objects = ScopedQuerySet.as_manager()
    scope_rule = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: Collaboration)

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.next_step}"


class WeekendText(models.Model):
    """What a person says to the customers of a class; {name} stands for whom it is said to."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    playbook = models.CharField(max_length=20)
    class_code = models.CharField(max_length=4)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "playbook", "class_code"], name="one_text_a_class")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.class_code}"


class WeekendMessageQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "WeekendMessageQuerySet":
        """One's own: who sends them is nobody else's."""
        return self.filter(person=actor.pk)

    def waiting(self) -> "WeekendMessageQuerySet":
        """Proposed and not sent; one whose touch was taken back waits again."""
        return self.filter(left_out={}).exclude(touch__isnull=False, touch__undone_at=None)

    def sent(self) -> "WeekendMessageQuerySet":
        return self.filter(touch__isnull=False, touch__undone_at=None)


class WeekendMessage(models.Model):
    """A message to one key customer, proposed for the weekend of the week that begins on `week` (B4).

    `left_out`: the reason why none is proposed, {} where one is. Sent by the person's own means and ticked off, it is
    a touch; that taken back, it waits again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    week = models.DateField()
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    playbook = models.CharField(max_length=20)
    class_code = models.CharField(max_length=4)
    text = models.TextField(blank=True)
    left_out = models.JSONField(default=dict)
    touch = models.OneToOneField(Touch, models.SET_NULL, null=True, blank=True, related_name="weekend_message")

    objects = WeekendMessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "week", "customer"], name="one_message_a_weekend"),
            models.CheckConstraint(name="left_out_is_not_sent", condition=Q(touch=None) | Q(left_out={})),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.customer_id}"
