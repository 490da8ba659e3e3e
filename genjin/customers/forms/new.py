"""A new customer: who it is, who to ask for there, and whose it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import rungs
from genjin.customers.forms.fields import PhonesField, WordsField
from genjin.customers.models import Customer, Pool, SourceChannel
from genjin.customers.services.identity import CONTACT, ContactFile
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of
from genjin.web.fields.forms import FieldsMixin
from genjin.web.forms import Form

FILE = ("kind", "name", "short_name", "industry", "source", "province", "city", "district", "address", "remarks")


class NewCustomerForm(FieldsMixin, Form):
    """Only the name is needed; without a class it enters the playbook's entry class."""

    subject = "customer"
    kind = forms.ChoiceField(
        label=_("kind"), choices=Customer.Kind.choices, widget=forms.RadioSelect, initial=Customer.Kind.ORGANISATION
    )
    name = forms.CharField(label=_("name"), max_length=200)
    short_name = forms.CharField(label=_("short name"), max_length=60, required=False)
    phones = PhonesField()
    contact_name = forms.CharField(label=_("contact person"), max_length=60, required=False)
    contact_title = forms.CharField(label=_("title"), max_length=60, required=False)
    contact_phones = PhonesField(label=_("phone of the contact person"), help_text="")
    contact_wechat = forms.CharField(label=_("WeChat"), max_length=40, required=False)
    contact_is_key_person = forms.BooleanField(label=_("key person (KP)"), required=False)
    industry = forms.CharField(label=_("industry"), max_length=60, required=False)
    source = forms.ModelChoiceField(SourceChannel.objects.all(), label=_("source"), required=False, empty_label="")
    province = forms.CharField(label=_("province"), max_length=30, required=False)
    city = forms.CharField(label=_("city"), max_length=30, required=False)
    district = forms.CharField(label=_("district"), max_length=30, required=False)
    address = forms.CharField(label=_("address"), max_length=200, required=False)
    tags = WordsField(label=_("tags"), help_text=_("Several with a comma"))
    remarks = forms.CharField(
        label=_("remarks"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    holder = forms.ChoiceField(label=_("owner"), required=False)
    class_code = forms.ChoiceField(label=_("class"), required=False, widget=forms.RadioSelect)
    anyway = forms.BooleanField(label=_("Create anyway: it is somebody else"), required=False)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, custom_actor=actor, custom_is_new=True, **named)
        self.actor = actor
        self.practice = practice_of(actor.unit)
        self.fields["holder"].choices = self._holders()
        self.rungs = rungs(self.practice.playbook)
        self.fields["class_code"].choices = [(each.value, each.badge) for each in self.rungs]
        self.fields["class_code"].initial = self.practice.playbook.entry_class.code

    def _holders(self) -> list[tuple[str, Any]]:
        """Oneself; who assigns also chooses among the people and the pools in scope."""
        choices: list[tuple[str, Any]] = [("", _("me"))]
        if not self.actor.may("customers.assign"):
            return choices
        people = Person.objects.visible_to(self.actor).holding_customers().exclude(pk=self.actor.pk)
        choices += [(f"person-{p.pk}", f"{p.name} · {p.unit.name}") for p in people.select_related("unit")]
        pools = Pool.objects.visible_to(self.actor)
        return [*choices, *((f"pool-{pool.pk}", pool.name) for pool in pools)]

    def clean_holder(self) -> Person | Pool:
        kind, _dash, key = self.cleaned_data["holder"].partition("-")
        if kind == "person":
            return Person.objects.visible_to(self.actor).select_related("unit").get(pk=key)
        if kind == "pool":
            return Pool.objects.visible_to(self.actor).select_related("unit").get(pk=key)
        return self.actor

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        holder = cleaned.get("holder")
        code = cleaned.get("class_code")
        if holder and code and not practice_of(holder.unit).playbook.has_class(code):
            # The classes shown are those of one's own unit: elsewhere a customer enters where that playbook begins.
            cleaned["class_code"] = ""
        details = [cleaned.get(f"contact_{name}") for name in ("title", "phones", "wechat")]
        if any(details) and not cleaned.get("contact_name"):
            self.add_error("contact_name", _("Who is it? Write a name."))
        return cleaned

    @property
    def file(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FILE}

    @property
    def contact(self) -> ContactFile | None:
        name = self.cleaned_data["contact_name"]
        if not name:
            return None
        given = {"name": name, "title": self.cleaned_data["contact_title"]}
        given |= {"wechat": self.cleaned_data["contact_wechat"]}
        given |= {"is_key_person": self.cleaned_data["contact_is_key_person"]}
        return ContactFile({field: given.get(field, "") for field in CONTACT}, self.cleaned_data["contact_phones"])

    @property
    def every_phone(self) -> list[str]:
        return [*self.cleaned_data.get("phones", []), *self.cleaned_data.get("contact_phones", [])]
