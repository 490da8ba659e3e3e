"""Mailboxes whose letters become leads."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import SourceChannel
from genjin.leads.queues.models import Queue
from genjin.organization.models import Unit


class MailboxQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "MailboxQuerySet":
        return self.filter(unit__in=Unit.objects.visible_to(actor))


class Mailbox(models.Model):
    """One folder of one mailbox, read and never changed. The password is sealed.

    `last_uid` is the newest letter that was taken, under the server's `uid_validity`; letters from before `since` are
    left alone. `trouble` says as a code with figures why the last attempt failed; `taken` and `skipped` count letters
    that came in and those that no person wrote.
    """

    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        PLAIN = "plain", _("none (inside the company only)")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    queue = models.ForeignKey(Queue, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    source = models.ForeignKey(SourceChannel, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    host = models.CharField(_("server"), max_length=255)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("security"), max_length=8, choices=Security, default=Security.TLS)
    user = models.CharField(_("user name"), max_length=254)
    password_sealed = models.TextField()
    folder = models.CharField(_("folder"), max_length=100, default="INBOX")
    is_on = models.BooleanField(_("is read"), default=True)
    since = models.DateField()
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.JSONField(default=dict, blank=True)
    taken = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        ordering = ["unit", "name", "pk"]

    def __str__(self) -> str:
        return self.name
