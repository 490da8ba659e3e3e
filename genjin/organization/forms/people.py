"""A colleague's name, way in, role and unit."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Role, Unit
from genjin.organization.rules import roles_one_may_give
from genjin.organization.shown_tree import choices_of


class PersonForm(Form):
    """For a new colleague and an old one: only the units and roles the actor may give."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    sign_in = forms.RegexField(
        r"^\S+$",
        label=_("Sign-in"),
        max_length=60,
        error_messages={"invalid": _("A sign-in has no spaces.")},
        help_text=_("Mobile number, e-mail or any short name."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None)
    role = forms.ChoiceField(label=_("Role"))
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    daily_slots = forms.IntegerField(
        label=_("Contacts a day"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("Empty: as many as the playbook says."),
    )

    refusals = {
        "sign_in_taken": "sign_in",
        "unit_outside_yours": "unit",
        "role_above_your_own": "role",
        "not_your_own_role": "role",
        "last_owner_stays_owner": "role",
        "reader_still_holds": "role",
    }

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        units = Unit.objects.visible_to(actor)
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = choices_of(units)
        may_give = roles_one_may_give(actor.role)
        self.fields["role"].choices = [(value, label) for value, label in Role.choices if value in may_give]


class OwnDetailsForm(Form):
    """What everybody may change about themselves."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
