"""Rules of automatic replies, what was sent by them, who wants none, and how texts leave the house."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.leads.capture.models import CaptureForm
from genjin.leads.replies.rules import QUIET_FROM, QUIET_TO
from genjin.organization.models import Unit


class Way(models.TextChoices):
    MAIL = "mail", pgettext_lazy("way of a reply", "E-mail")
    SMS = "sms", _("SMS")


class Hours(models.TextChoices):
    ANY = "any", _("at any time")
    WORKING = "working", _("in working hours")
    CLOSED = "closed", _("outside working hours")


class RuleQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "RuleQuerySet":
        return self.filter(unit__in=Unit.objects.visible_to(actor))


class ReplyRule(models.Model):
    """Which leads of a unit (and below) are answered how. The first that holds answers, for each way one.

    `template_code`: under which a provider keeps the text, where it wants that; the placeholders of `text` are then
    its parameters.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveIntegerField(default=100)
    is_on = models.BooleanField(_("answers"), default=True)
    way = models.CharField(_("by"), max_length=4, choices=Way, default=Way.MAIL)
    form = models.ForeignKey(
        CaptureForm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("form"), db_index=False
    )
    product = models.CharField(_("product"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=CaptureForm.Language, blank=True)
    hours = models.CharField(_("when it arrives"), max_length=7, choices=Hours, default=Hours.ANY)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(5000)])
    template_code = models.CharField(_("template at the provider"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RuleQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ReplyQuerySet(ScopedQuerySet):
    def due(self, at: datetime) -> "ReplyQuerySet":
        return self.filter(state=Reply.State.WAITING, next_at__lte=at)


class Reply(models.Model):
    """One automatic reply to a lead, once by each rule. Its text is fixed when the lead arrives.

    Somebody who is killed between sending and writing it down leaves it `sending`: it may have arrived, so it is shown
    as unsure and not sent again. `answer` says as a code with figures how it went. `token` is the key of the link by
    which whoever reads it asks for no more.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        SENDING = "sending", pgettext_lazy("delivery", "On its way")
        SENT = "sent", pgettext_lazy("delivery", "Sent")
        FAILED = "failed", pgettext_lazy("delivery", "Not sent")
        UNSURE = "unsure", pgettext_lazy("delivery", "Unsure")
        UNWANTED = "unwanted", pgettext_lazy("delivery", "Not wanted")

    lead = models.ForeignKey("leads.Lead", models.CASCADE, related_name="replies", db_index=False)
    rule = models.ForeignKey(ReplyRule, models.PROTECT, related_name="replies")
    way = models.CharField(max_length=4, choices=Way)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=400, blank=True)
    text = models.TextField()
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=7)
    token = models.UUIDField(unique=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(default=dict, blank=True)

    objects = ReplyQuerySet.as_manager()
    scope_rule = ScopeRule(via="lead__", common="owner__isnull", lies_in="queue")

    class Meta:
        app_label = "leads"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["lead", "rule"], name="one_reply_by_each_rule")]
        indexes = [
            models.Index(fields=["next_at"], name="reply_under_way", condition=Q(state__in=["waiting", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.way} {self.state}"


class OptOut(models.Model):
    """A number or address that wants no automatic replies: normalised phone, or e-mail in small letters."""

    class How(models.TextChoices):
        LINK = "link", _("by the link in a letter")
        MAIL = "mail", _("by answering")
        HAND = "hand", _("entered by hand")

    contact = models.CharField(max_length=254, unique=True)
    at = models.DateTimeField()
    how = models.CharField(max_length=4, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        app_label = "leads"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.contact


class SmsGateway(models.Model):
    """How texts leave the house: the company has one at most. Address and secret are sealed; `host` may be shown.

    `key_id` and `sign_name` are Aliyun's AccessKey ID and signature.
    """

    class Kind(models.TextChoices):
        CONSOLE = "console", _("Only into the log (to try it)")
        WEBHOOK = "webhook", _("Webhook of your own")
        ALIYUN = "aliyun", _("Aliyun SMS")

    kind = models.CharField(_("provider"), max_length=7, choices=Kind)
    address_sealed = models.TextField(blank=True)
    host = models.CharField(max_length=255, blank=True)
    key_id = models.CharField(_("AccessKey ID"), max_length=80, blank=True)
    secret_sealed = models.TextField(blank=True)
    sign_name = models.CharField(_("signature"), max_length=40, blank=True)
    is_on = models.BooleanField(_("sends"), default=True)
    quiet_from = models.TimeField(_("quiet from"), default=QUIET_FROM)
    quiet_to = models.TimeField(_("quiet until"), default=QUIET_TO)

    class Meta:
        app_label = "leads"

    def __str__(self) -> str:
        return self.kind
