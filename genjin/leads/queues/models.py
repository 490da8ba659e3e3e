"""Where leads wait for somebody to accept them, and who may look into one for chosen people."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from genjin.organization.models import Unit


class QueueQuerySet(models.QuerySet):
    def open(self) -> "QueueQuerySet":
        return self.filter(closed_on=None)

    def visible_to(self, actor: Any) -> "QueueQuerySet":
        """Open queues of the units in scope, of one's own unit and of those above it; of those for chosen people only
        where one is chosen or leads the unit."""
        if actor.scope.everything:
            return self.open()
        seen = self.open().filter(unit__in=actor.scope.units | actor.scope.commons)
        return seen.exclude(pk__in=kept_apart(actor))


class Queue(models.Model):
    """Open leads that nobody has accepted. Every unit has one of its own, made with it, and may have others.

    `is_for_chosen`: only its members (or who leads the unit) look into it; else all of the unit and below.
    `accept_minutes`: working minutes after which a lead that was given to somebody and not accepted comes back here;
    None for never.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lead_queues", verbose_name=_("unit"))
    home_of = models.OneToOneField(Unit, models.PROTECT, null=True, blank=True, related_name="lead_queue")
    name = models.CharField(_("name"), max_length=80)
    is_for_chosen = models.BooleanField(_("for chosen people only"), default=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="lead_queues", verbose_name=_("members")
    )
    accept_minutes = models.PositiveIntegerField(_("to be accepted within working minutes"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = QueueQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        ordering = ["unit", F("home_of").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(name="queue_is_home_of_its_unit", condition=Q(home_of=None) | Q(home_of=F("unit"))),
            models.CheckConstraint(
                name="a_units_own_queue_stays_open_to_it",
                condition=Q(home_of=None) | Q(closed_on=None, is_for_chosen=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def kept_apart(actor: Any) -> models.QuerySet:
    """The keys of queues for chosen people that this one is not among, of units they do not lead."""
    chosen = Queue.members.through.objects.filter(person=actor.pk).values("queue")
    others = Queue.objects.filter(is_for_chosen=True).exclude(pk__in=chosen)
    if actor.scope.units:
        others = others.exclude(unit__in=actor.scope.units)
    return others.order_by().values("pk")
