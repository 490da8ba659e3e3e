"""The form in which a mailbox is entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import SourceChannel
from genjin.leads.mail.models import Mailbox
from genjin.leads.mail.services import Entered
from genjin.leads.queues.models import Queue
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit

PLAIN = ("name", "host", "port", "security", "user", "folder", "is_on")


class MailboxForm(Form):
    """The password is entered and never shown again; left empty it stays as it is."""

    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None)
    queue = forms.ModelChoiceField(None, label=_("Queue"), required=False, empty_label=_("by the assignment rules"))
    source = forms.ModelChoiceField(None, label=_("Source"), required=False, empty_label=_("none"))
    host = forms.CharField(label=_("Server (IMAP)"), max_length=255)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(label=_("Security"), choices=Mailbox.Security.choices, initial=Mailbox.Security.TLS)
    user = forms.CharField(label=_("User name"), max_length=254, widget=forms.TextInput({"autocomplete": "off"}))
    password = forms.CharField(
        label=_("Password or authorisation code"), max_length=200, required=False, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    folder = forms.CharField(label=_("Folder"), max_length=100, initial="INBOX")
    is_on = forms.BooleanField(label=_("Read every few minutes"), required=False, initial=True)

    refusals = {
        "mailbox_no_host": "host",
        "mailbox_not_plain": "security",
        "mailbox_needs_password": "password",
        "form_queue_elsewhere": "queue",
        "unit_outside_yours": "unit",
    }

    def __init__(self, *arguments: Any, actor: Person, mailbox: Mailbox | None = None, **named: Any) -> None:
        start: dict[str, Any] = {"unit": actor.unit_id}
        if mailbox is not None:
            start = {name: getattr(mailbox, name) for name in PLAIN}
            start |= {"unit": mailbox.unit_id, "queue": mailbox.queue_id, "source": mailbox.source_id}
        super().__init__(*arguments, initial=start, **named)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)
        self.fields["queue"].queryset = Queue.objects.visible_to(actor)
        self.fields["source"].queryset = SourceChannel.objects.all()

    def entered(self) -> Entered:
        return Entered(**self.cleaned_data)
