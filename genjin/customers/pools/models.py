"""The pools, who may look into one of chosen people, and what people took out of them on a day."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from genjin.organization.models import Unit


class PoolQuerySet(models.QuerySet):
    def open(self) -> "PoolQuerySet":
        return self.filter(closed_on=None)

    def visible_to(self, actor: Any) -> "PoolQuerySet":
        """Open pools one may look into: of the units in scope, of one's own unit and of those above it; of those for
        chosen people only where one is chosen or leads the unit."""
        if actor.scope.everything:
            return self.open()
        seen = self.open().filter(unit__in=actor.scope.units | actor.scope.commons)
        return seen.exclude(pk__in=kept_apart(actor))

    def administered_by(self, person: int) -> "PoolQuerySet":
        """Open pools that the person of this key deals out of without leading their unit."""
        return self.open().filter(people__person=person, people__is_administrator=True)


class Pool(models.Model):
    """公海: open customers without an owner. Every unit has one of its own, made with it, and may have others.

    `is_for_chosen`: only who is named as a member (or leads the unit) looks into it; else all of the unit and below.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pools", verbose_name=_("unit"))
    home_of = models.OneToOneField(Unit, models.PROTECT, null=True, blank=True, related_name="pool")
    name = models.CharField(_("name"), max_length=80)
    is_for_chosen = models.BooleanField(_("for chosen people only"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        app_label = "customers"
        ordering = ["unit", F("home_of").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(name="pool_is_home_of_its_unit", condition=Q(home_of=None) | Q(home_of=F("unit"))),
            models.CheckConstraint(
                name="a_units_own_pool_stays_open_to_it",
                condition=Q(home_of=None) | Q(closed_on=None, is_for_chosen=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PoolPerson(models.Model):
    """Somebody chosen for a pool: a member of one for chosen people, or an administrator, who deals out of it too."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pools")
    is_administrator = models.BooleanField(_("administrator"), default=False)

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["pool", "person"], name="pool_person_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.pool_id}"


def kept_apart(actor: Any) -> models.QuerySet:
    """The keys of pools for chosen people that this one is not among, of units they do not lead: asked within the
    question about what lies there, for most companies have none."""
    chosen = PoolPerson.objects.filter(person=actor.pk).values("pool")
    others = Pool.objects.filter(is_for_chosen=True).exclude(pk__in=chosen)
    if actor.scope.units:
        others = others.exclude(unit__in=actor.scope.units)
    return others.order_by().values("pk")


class ClaimsOfDay(models.Model):
    """How many customers a person claimed on a day. What was taken back since stays counted."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="claims_of_day_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}: {self.number}"


class Glance(models.Model):
    """A person opened a customer that nobody had claimed. `customer` is its key: the record outlives the customer."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    customer = models.BigIntegerField()

    class Meta:
        app_label = "customers"
        constraints = [models.UniqueConstraint(fields=["person", "on", "customer"], name="glance_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}: {self.customer}"
