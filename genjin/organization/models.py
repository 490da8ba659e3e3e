"""Units, the people in them, and what decides who sees whose rows."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core import permissions
from genjin.core.calendar.rules import Week
from genjin.core.scoping import Scope
from genjin.core.statements import Statement
from genjin.organization import rules


class Role(models.TextChoices):
    """What a person is here for; the permissions of each role stand in every app's `features.py`."""

    OWNER = "owner", pgettext_lazy("role", "Owner")
    MANAGER = "manager", pgettext_lazy("role", "Manager")
    SELLER = "seller", pgettext_lazy("role", "Seller")
    SERVICE = "service", pgettext_lazy("role", "Service")
    READER = "reader", pgettext_lazy("role", "Read only")


class UnitQuerySet(models.QuerySet):
    def visible_to(self, actor: "Person") -> "UnitQuerySet":
        """The units a person may see: all, or their own with what lies below it."""
        if actor.scope.everything:
            return self.all()
        return self.filter(pk__in=actor.scope.units | {actor.unit_id})


@Statement
def _parents() -> models.QuerySet:
    return Unit.objects.order_by().values_list("pk", "parent_id")


class Unit(models.Model):
    """Headquarters, a region, a dealer, a team. Each has its own week and shift."""

    WEEKS = [
        (Week.FIVE, _("Five days")),
        (Week.SIX, _("Six days")),
        (Week.ALTERNATING, _("Six and five days in turn")),
        (Week.SEVEN, _("Seven days")),
    ]

    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    week = models.CharField(_("working week"), max_length=12, choices=WEEKS, default=Week.FIVE)
    six_day_from = models.DateField(_("a Monday of a six-day week"), null=True, blank=True)
    observes_holidays = models.BooleanField(_("public holidays are off"), default=True)
    observes_makeup_days = models.BooleanField(_("make-up days are worked"), default=True)
    shift_from = models.TimeField(_("shift begins"), default="08:30")
    shift_to = models.TimeField(_("shift ends"), default="18:00")

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="unit_name_once",
                violation_error_message=_("A unit of this name already stands here."),
            ),
            models.CheckConstraint(
                condition=models.Q(shift_from__lt=models.F("shift_to")), name="unit_shift_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def tree() -> rules.Tree:
        """Every unit's parent, for questions about what lies above and below."""
        return rules.Tree(dict(_parents()))


class PersonQuerySet(models.QuerySet):
    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def visible_to(self, actor: "Person") -> "PersonQuerySet":
        """Colleagues one may see: those of the units in scope, and oneself."""
        if actor.scope.everything:
            return self.all()
        return self.filter(models.Q(unit__in=actor.scope.units) | models.Q(pk=actor.pk))

    def holding_customers(self) -> "PersonQuerySet":
        """Those who may own customers: active sellers, managers, service people and owners."""
        return self.active().exclude(role=Role.READER)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, sign_in: str | None) -> "Person":
        """Sign-ins are kept as `rules.normal_sign_in` writes them, so that the index answers."""
        return self.get(sign_in=rules.normal_sign_in(sign_in or ""))


class Person(AbstractBaseUser):
    """Somebody who works here. Who leaves is deactivated, never deleted: the record belongs to the company."""

    sign_in = models.CharField(
        _("sign-in"), max_length=60, unique=True, error_messages={"unique": _("This sign-in is taken.")}
    )
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.SELLER)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name=_("unit"))
    daily_slots = models.PositiveSmallIntegerField(_("contacts a day"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=7, choices=[("zh-hans", "中文"), ("en", "English")], default="zh-hans"
    )
    is_active = models.BooleanField(_("works here"), default=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "sign_in"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_active=True, left_on=None) | models.Q(is_active=False, left_on__isnull=False),
                name="person_left_when_inactive",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def tree(self) -> rules.Tree:
        """The units as they stood when this person's part was first asked for."""
        return Unit.tree()

    @cached_property
    def scope(self) -> Scope:
        """Whose rows this person may see."""
        return rules.scope_of(person=self.pk, role=self.role, unit=self.unit_id, tree=self.tree)

    def may(self, permission: str) -> bool:
        """Whether the person's role has a verb. Somebody who left has none."""
        return self.is_active and self.role in permissions.roles_of(permission)

    @property
    def short_name(self) -> str:
        """The last character of a Chinese name, the first letter of any other: what stands in the avatar."""
        return self.name[-1] if self.name and ord(self.name[-1]) > 0x2E80 else self.name[:1].upper()


class SignInLink(models.Model):
    """A one-time way in, handed over by an administrator. Only the hash of its secret is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person} until {self.expires_at:%Y-%m-%d %H:%M}"


from genjin.organization.absences.models import Absence  # noqa: E402, F401  a table with a file of its own
