"""What is typed at the door."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from genjin.organization.forms.passwords import check_new_password
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person
from genjin.organization.rules import normal_sign_in

LARGE = {"class": "input--l"}  # the few fields at the door are as large as its button


class SignInForm(Form):
    """Name and password; an unticked `stay` ends with the browser."""

    sign_in = forms.CharField(
        label=_("Sign-in"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                **LARGE,
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={**LARGE, "autocomplete": "current-password"}),
    )
    stay = forms.BooleanField(label=_("Stay signed in on this computer for 14 days"), required=False, initial=True)

    def clean_sign_in(self) -> str:
        return normal_sign_in(self.cleaned_data["sign_in"])


class NewPasswordForm(Form):
    """A new password, twice, strong enough for `person`."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={**LARGE, "autocomplete": "new-password", "autofocus": True}),
        help_text=_("At least 8 characters, not only digits, not a common one."),
    )
    password_again = forms.CharField(
        label=_("New password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={**LARGE, "autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, person: Person, **named: Any) -> None:
        self.person = person
        super().__init__(*arguments, **named)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_new_password(self, self.person)
        return cleaned


class OwnPasswordForm(NewPasswordForm):
    """One's own new password, and the present one to show that it is oneself."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={**LARGE, "autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "password_again")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["password"].widget.attrs.pop("autofocus", None)

    def clean_present(self) -> str:
        present = self.cleaned_data["present"]
        if not self.person.check_password(present):
            raise ValidationError(_("This is not your present password."))
        return present


class WelcomeForm(Form):
    """The company and its first owner."""

    company = forms.CharField(
        label=_("Company name"),
        max_length=60,
        widget=forms.TextInput(attrs={**LARGE, "autocomplete": "organization", "autofocus": True}),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={**LARGE, "autocomplete": "name"})
    )
    sign_in = forms.RegexField(
        r"^\S+$",
        label=_("Your sign-in"),
        max_length=60,
        error_messages={"invalid": _("A sign-in has no spaces.")},
        help_text=_("Mobile number, e-mail or any short name."),
        widget=forms.TextInput(
            attrs={**LARGE, "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={**LARGE, "autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not only digits, not a common one."),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={**LARGE, "autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = Person(sign_in=cleaned.get("sign_in", ""), name=cleaned.get("name", ""))
        check_new_password(self, person)
        return cleaned
