"""The forms in which rules of replies and the provider of SMS are entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.core.outside import LONGEST_ADDRESS
from genjin.leads.capture.models import CaptureForm
from genjin.leads.replies.models import Hours, ReplyRule, SmsGateway, Way
from genjin.leads.replies.rules import QUIET_FROM, QUIET_TO
from genjin.leads.replies.services import Ruled
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit

NAMES = ("name", "unit", "way", "form", "product", "language", "hours", "subject", "text", "template_code", "position")


class RuleForm(Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Only you see it."))
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None)
    way = forms.ChoiceField(label=_("Answer by"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.MAIL)
    form = forms.ModelChoiceField(None, label=_("Form"), required=False, empty_label=_("any"))
    product = forms.CharField(label=_("Product"), max_length=60, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("any")), *CaptureForm.Language.choices]
    )
    hours = forms.ChoiceField(label=_("When it arrives"), choices=Hours.choices, initial=Hours.ANY)
    subject = forms.CharField(label=_("Subject"), max_length=150, required=False)
    text = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea({"rows": 6}))
    template_code = forms.CharField(
        label=_("Code of the template at the provider"), max_length=40, required=False,
        help_text=_("Aliyun sends its own text of this code; what stands in braces above goes along as parameters."),
    )  # fmt: skip
    position = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=9999, initial=100, help_text=_("The first that holds answers.")
    )
    is_on = forms.BooleanField(label=_("Answers"), required=False, initial=True)

    refusals = {
        "reply_names_unknown": "text",
        "reply_braces_left": "text",
        "reply_too_long": "text",
        "reply_needs_a_subject": "subject",
        "unit_outside_yours": "unit",
    }

    def __init__(self, *arguments: Any, actor: Person, rule: ReplyRule | None = None, **named: Any) -> None:
        start: dict[str, Any] = {"unit": actor.unit_id}
        if rule is not None:
            start = {name: getattr(rule, name) for name in (*NAMES, "is_on")}
            start |= {"unit": rule.unit_id, "form": rule.form_id}
        super().__init__(*arguments, initial=start, **named)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)
        self.fields["form"].queryset = CaptureForm.objects.visible_to(actor)

    def ruled(self) -> Ruled:
        return Ruled(**self.cleaned_data)


class GatewayForm(Form):
    """Address and secret are entered and never shown again; left empty they stay as they are."""

    kind = forms.ChoiceField(label=_("Provider"), choices=SmsGateway.Kind.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Webhook address"), max_length=LONGEST_ADDRESS, required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    key_id = forms.CharField(label=_("AccessKey ID"), max_length=80, required=False)
    secret = forms.CharField(
        label=_("Secret"), max_length=200, required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    sign_name = forms.CharField(label=_("Signature"), max_length=40, required=False)
    quiet_from = forms.TimeField(label=_("Quiet from"), initial=QUIET_FROM)
    quiet_to = forms.TimeField(label=_("Quiet until"), initial=QUIET_TO)
    is_on = forms.BooleanField(label=_("Send texts"), required=False, initial=True)

    refusals = {
        "sms_needs_an_address": "address",
        "sms_needs_keys": "key_id",
        "outside_no_address": "address",
        "outside_not_https": "address",
    }


class OptOutForm(Form):
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=254)

    refusals = {"opt_out_of_nothing": "contact"}
