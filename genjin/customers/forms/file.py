"""The customer's file: who it is, where, from where it came; the people at it; the profile for the call."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.forms.fields import PhonesField, WordsField, joined
from genjin.customers.models import ContactPerson, Customer, Profile, SourceChannel
from genjin.customers.rules import name_key
from genjin.customers.services.identity import CONTACT, PROFILE, ContactFile
from genjin.web.fields.forms import FieldsMixin
from genjin.web.forms import Form, ModelForm

FILE = (
    "kind", "name", "short_name", "industry", "source", "province", "city", "district", "address", "remarks",
    "external_id",
)  # fmt: skip


class FileForm(FieldsMixin, ModelForm):
    """What one edits in place, custom fields last. `version` is the customer's when the form was opened."""

    subject = "customer"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    phones = PhonesField()
    tags = WordsField(label=_("tags"), help_text=_("Several with a comma"))
    referrer = forms.CharField(label=_("referred by"), required=False, max_length=200)

    field_order = (
        "version", "kind", "name", "short_name", "phones", "industry", "source", "referrer", "province", "city",
        "district", "address", "tags", "external_id", "remarks",
    )  # fmt: skip

    class Meta:
        model = Customer
        fields = FILE
        widgets = {"kind": forms.RadioSelect, "remarks": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *arguments: Any, actor: Any, **named: Any) -> None:
        self.actor = actor
        customer = named["instance"]
        named["initial"] = {
            "version": customer.version,
            "phones": joined([p.number for p in customer.phones.all() if p.contact_person_id is None]),
            "tags": joined([tag.name for tag in customer.tags.all()]),
            "referrer": customer.referred_by.name if customer.referred_by else "",
        } | named.get("initial", {})
        super().__init__(*arguments, custom_actor=actor, custom_held=customer.custom, **named)
        self.fields["source"].queryset = SourceChannel.objects.all()
        self.fields["source"].empty_label = _("not known")
        self.fields["kind"].required = True

    def clean_referrer(self) -> Customer | None:
        name = self.cleaned_data["referrer"].strip()
        if not name:
            return None
        if self.instance.referred_by and name == self.instance.referred_by.name:
            return self.instance.referred_by
        called = Customer.objects.visible_to(self.actor).filter(name_key=name_key(name)).exclude(pk=self.instance.pk)
        found = list(called.order_by("pk")[:2])
        if not found:
            raise forms.ValidationError(_("No customer of this name. Write it as it stands in the list."))
        if len(found) > 1:
            exact = [customer for customer in found if customer.name == name]
            if len(exact) != 1:
                raise forms.ValidationError(_("Several customers have this name. Write it in full."))
            return exact[0]
        return found[0]

    def _post_clean(self) -> None:
        """The service writes the row; the instance stays as it was read, so that a refusal can show it."""

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the file, for `change_customer`."""
        return {name: self.cleaned_data[name] for name in FILE} | {"referred_by": self.cleaned_data["referrer"]}


class ContactForm(FieldsMixin, Form):
    """One contact person with its phones."""

    subject = "contact_person"

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("name"), max_length=60)
    title = forms.CharField(label=_("title"), max_length=60, required=False)
    is_key_person = forms.BooleanField(label=_("key person (KP)"), required=False)
    decision_role = forms.ChoiceField(
        label=_("role in the decision"),
        choices=[("", _("not known")), *ContactPerson.DecisionRole.choices],
        required=False,
    )
    influence = forms.CharField(label=_("influence"), max_length=120, required=False)
    phones = PhonesField()
    wechat = forms.CharField(label=_("WeChat"), max_length=40, required=False)
    email = forms.EmailField(label=_("e-mail"), max_length=254, required=False)
    remarks = forms.CharField(label=_("remarks"), max_length=300, required=False)

    @classmethod
    def initial_of(cls, person: ContactPerson, phones: Sequence[str], version: int) -> dict[str, Any]:
        known = {name: getattr(person, name) for name in CONTACT}
        return known | {"phones": joined(phones), "version": version}

    @property
    def file(self) -> ContactFile:
        fields = {name: self.cleaned_data[name] for name in CONTACT}
        return ContactFile(fields, self.cleaned_data["phones"], self.custom)


class ProfileForm(ModelForm):
    """Known before dialling (C5)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Profile
        fields = PROFILE

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in PROFILE:
            self.fields[name].widget.attrs["rows"] = 2
            self.fields[name].max_length = 2000

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in PROFILE:
            if len(cleaned.get(name) or "") > 2000:
                self.add_error(name, _("At most 2,000 characters."))
        return cleaned

    def _post_clean(self) -> None:
        """The service writes the row."""

    @property
    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PROFILE}
