"""The form in which a group's robot is entered."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.core.outside import LONGEST_ADDRESS
from genjin.followups.escalation.models import Robot
from genjin.organization.forms.refusable import Form


class RobotForm(Form):
    """Address and secret are entered and never shown again; left empty they stay as they are."""

    kind = forms.ChoiceField(label=_("What kind of group"), choices=Robot.Kind.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Webhook address"),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("DingTalk and Feishu: switch signing on at the robot and copy the secret. WeCom has none."),
    )
    is_active = forms.BooleanField(label=_("Tell the group every working day"), required=False)

    refusals: ClassVar[dict[str, str]] = {
        "robot_needs_an_address": "address",
        "robot_of_another_maker": "address",
        "outside_no_address": "address",
        "outside_not_https": "address",
    }
