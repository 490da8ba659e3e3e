"""The forms behind the verbs for many customers. Each gives the options its verb is kept with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import Rung
from genjin.customers.forms.fields import WordsField
from genjin.customers.forms.verbs import (
    REASON,
    AssignForm,
    ClassForm,
    CloseForm,
    DealForm,
    KeepForm,
    PlanForm,
    ReleaseForm,
)
from genjin.customers.models import Customer, Pool, SourceChannel
from genjin.organization.models import Person
from genjin.web.fields.forms import FieldsMixin
from genjin.web.forms import Form


class AssignManyForm(AssignForm):
    def options(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"].pk, "reason": self.cleaned_data["reason"]}


class DealManyForm(DealForm):
    def options(self) -> dict[str, Any]:
        return {"among": self.chosen_people(), "way": self.cleaned_data["way"] or "evenly"}


class ReleaseManyForm(ReleaseForm):
    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, actor=actor, **named)
        self.fields["pool"].required = False
        self.fields["pool"].empty_label = _("Each into its own unit's")

    def options(self) -> dict[str, Any]:
        pool = self.cleaned_data["pool"]
        return {"pool": pool and pool.pk, "reason": self.cleaned_data["reason"]}


class ShiftManyForm(Form):
    """Into which other pool."""

    pool = forms.ModelChoiceField(None, label=_("pool"), empty_label=None)
    reason = forms.CharField(label=_("reason"), max_length=REASON, required=False)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["pool"].queryset = Pool.objects.visible_to(actor)

    def options(self) -> dict[str, Any]:
        return {"pool": self.cleaned_data["pool"].pk, "reason": self.cleaned_data["reason"]}


class TagManyForm(Form):
    add = WordsField(label=_("put on"), help_text=_("Several with a comma between them"))
    remove = WordsField(label=_("take off"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("add") and not given.get("remove"):
            raise forms.ValidationError(_("Name at least one tag."))
        return given

    def options(self) -> dict[str, Any]:
        return {"add": self.cleaned_data["add"], "remove": self.cleaned_data["remove"]}


class ClassManyForm(ClassForm):
    def __init__(self, *arguments: Any, playbook: str, rungs: list[Rung], **named: Any) -> None:
        super().__init__(*arguments, rungs=rungs, **named)
        self.playbook = playbook

    def options(self) -> dict[str, Any]:
        return {**self.cleaned_data, "playbook": self.playbook}


FILLABLE = ("source", "industry", "province", "city", "district", "kind")


class FillManyForm(FieldsMixin, Form):
    """What is left empty stays as it is."""

    subject = "customer"

    source = forms.ModelChoiceField(None, label=_("source"), required=False, empty_label=_("leave as it is"))
    industry = forms.CharField(label=_("industry"), max_length=60, required=False)
    province = forms.CharField(label=_("province"), max_length=30, required=False)
    city = forms.CharField(label=_("city"), max_length=30, required=False)
    district = forms.CharField(label=_("district"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("kind"), required=False)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, custom_actor=actor, custom_partly=True, **named)
        self.fields["source"].queryset = SourceChannel.objects.all()
        self.fields["kind"].choices = [("", _("leave as it is")), *Customer.Kind.choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and all(value in (None, "") for value in given.values()):
            raise forms.ValidationError(_("Fill in at least one field."))
        return given

    def options(self) -> dict[str, Any]:
        filled = {name: self.cleaned_data[name] for name in FILLABLE if self.cleaned_data[name]}
        if "source" in filled:
            filled["source_id"] = filled.pop("source").pk
        custom = {code: value for code, value in self.custom.items() if value is not None}
        return {"fields": filled, **({"custom": custom} if custom else {})}


class PlanManyForm(PlanForm):
    def options(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"].isoformat(), "reason": self.cleaned_data["reason"]}


class CloseManyForm(CloseForm):
    def options(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NothingToSayForm(Form):
    """A verb that needs no more than the choice."""

    def options(self) -> dict[str, Any]:
        return {}


class KeepManyForm(KeepForm):
    def options(self) -> dict[str, Any]:
        until = self.cleaned_data["until"]
        return {"until": until.isoformat() if until else "", "reason": self.cleaned_data["reason"]}
