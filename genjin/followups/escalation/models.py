"""What a person is told once a day."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.organization.models import Unit


class DigestQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "DigestQuerySet":
        """A digest is for one person's eyes, also where others lead them."""
        return self.filter(person=actor.pk)

    def speaking(self) -> "DigestQuerySet":
        """Those that have something to say. The others stand for "looked, nothing there"."""
        return self.exclude(lines=[])

    def unread(self) -> "DigestQuerySet":
        return self.speaking().filter(read_at=None)


class Digest(models.Model):
    """One person's reminders of one day, once. A day with nothing to say has one without lines: nobody looks twice.

    `lines` are codes with figures, worded in the reader's language; `first` in a line are keys of customers, whose
    names are read when it is shown, as far as the reader may still see them.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", db_index=False)
    on = models.DateField(_("day"))
    made_at = models.DateTimeField()
    lines = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_digest_a_day")]
        indexes = [
            models.Index(fields=["person"], name="digest_unread", condition=Q(read_at=None) & ~Q(lines=[])),
            models.Index(fields=["on"], name="digest_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"


class MailChoice(models.Model):
    """Whether somebody wants the day's reminders by e-mail, too. Who never said gets them where an address is known."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    is_on = models.BooleanField(_("by e-mail"))

    def __str__(self) -> str:
        return f"{self.person_id} {self.is_on}"


class RobotQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "RobotQuerySet":
        return self.filter(unit__in=Unit.objects.visible_to(actor))


class Robot(models.Model):
    """The robot of a unit's group. Address and secret are sealed and shown to nobody; `host` is what one may see."""

    class Kind(models.TextChoices):
        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")
        FEISHU = "feishu", _("Feishu")
        PLAIN = "plain", _("Other (plain webhook)")

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="robot")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    address_sealed = models.TextField()
    secret_sealed = models.TextField(blank=True)
    host = models.CharField(max_length=255)
    is_active = models.BooleanField(_("sends every working day"), default=True)

    objects = RobotQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.host}"


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "DeliveryQuerySet":
        """One's own letters, and what the robots of units one sees were sent."""
        return self.filter(Q(digest__person=actor.pk) | Q(robot__unit__in=Unit.objects.visible_to(actor)))

    def due(self, at: Any) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.WAITING, next_at__lte=at)


class Delivery(models.Model):
    """Something on its way out of the house: a digest as a letter, or a unit's text to its robot, once a day.

    Somebody who is killed between sending and writing it down leaves it `sending`: it may have arrived, so it is not
    sent a second time but shown as unsure. `answer` says as a code with figures why it did not go.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        SENDING = "sending", pgettext_lazy("delivery", "On its way")
        SENT = "sent", pgettext_lazy("delivery", "Sent")
        FAILED = "failed", pgettext_lazy("delivery", "Not sent")
        UNSURE = "unsure", pgettext_lazy("delivery", "Unsure")
        QUIET = "quiet", pgettext_lazy("delivery", "Nothing to say")

    digest = models.OneToOneField(Digest, models.CASCADE, null=True, blank=True, related_name="delivery")
    robot = models.ForeignKey(Robot, models.CASCADE, null=True, blank=True, related_name="deliveries", db_index=False)
    is_test = models.BooleanField(default=False)
    on = models.DateField(_("day"))
    text = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(default=dict, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["robot", "on"], name="one_text_a_day", condition=Q(robot__isnull=False, is_test=False)
            ),
            models.CheckConstraint(
                name="delivery_is_letter_or_text",
                condition=Q(digest__isnull=False, robot__isnull=True) | Q(digest__isnull=True, robot__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_under_way", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["robot", "on"], name="delivery_of_robot", condition=Q(robot__isnull=False)),
            models.Index(fields=["on"], name="delivery_on"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.state}"
