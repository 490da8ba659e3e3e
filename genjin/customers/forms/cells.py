"""The small forms that a cell of a list turns into. Each knows the customer it was opened for, and its version."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import rungs
from genjin.customers.forms.fields import WordsField, joined
from genjin.customers.forms.people import person_field
from genjin.customers.models import Customer, SourceChannel
from genjin.customers.services import identity, ownership, standing
from genjin.organization.models import Person
from genjin.web.forms import Form

REASON = 200


class CellForm(Form):
    """`save` does it as the record page would: by the same service, refused in the same words."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, customer: Customer, actor: Person, **named: Any) -> None:
        self.customer, self.actor = customer, actor
        super().__init__(*arguments, initial={"version": customer.version, **self.before()}, **named)
        self.furnish()

    def before(self) -> dict[str, Any]:
        """What stands in the cell now."""
        raise NotImplementedError

    def furnish(self) -> None:
        """Give the fields their choices."""

    def save(self, at: datetime) -> Customer:
        raise NotImplementedError

    def _given(self, at: datetime) -> dict[str, Any]:
        return {"customer": self.customer, "by": self.actor, "at": at, "version": self.cleaned_data["version"]}


class DayCell(CellForm):
    on = forms.DateField(label=_("next contact"))
    reason = forms.CharField(label=_("reason"), max_length=REASON, required=False)

    def before(self) -> dict[str, Any]:
        return {"on": self.customer.planned_on or self.customer.due_on}

    def save(self, at: datetime) -> Customer:
        data = self.cleaned_data
        return standing.plan_customer(**self._given(at), on=data["on"], reason=data["reason"])


class ClassCell(CellForm):
    to = forms.ChoiceField(label=_("class"))
    reason = forms.CharField(label=_("reason"), max_length=REASON)

    def before(self) -> dict[str, Any]:
        return {"to": self.customer.class_code}

    def furnish(self) -> None:
        offered = rungs(standing.practice_for(self.customer).playbook)
        self.fields["to"].choices = [(rung.value, f"{rung.badge} {rung.word}") for rung in offered]

    def save(self, at: datetime) -> Customer:
        data = self.cleaned_data
        return standing.move_class(**self._given(at), to=data["to"], reason=data["reason"])


class OwnerCell(CellForm):
    def before(self) -> dict[str, Any]:
        return {"to": self.customer.owner_id}

    def furnish(self) -> None:
        self.fields["to"] = person_field(ownership.takers(self.actor), of="takers", label=_("owner"))

    def save(self, at: datetime) -> Customer:
        return ownership.assign_customer(**self._given(at), to=self.cleaned_data["to"])


class TagsCell(CellForm):
    tags = WordsField(label=_("tags"))

    def before(self) -> dict[str, Any]:
        return {"tags": joined([tag.name for tag in self.customer.tags.all()])}

    def save(self, at: datetime) -> Customer:
        return identity.change_customer(**self._given(at), fields={}, tags=self.cleaned_data["tags"])


class FileCell(CellForm):
    """One or a few fields of the customer's file, as its model has them."""

    names: tuple[str, ...] = ()

    def before(self) -> dict[str, Any]:
        return {name: getattr(self.customer, name) for name in self.names}

    def save(self, at: datetime) -> Customer:
        fields = {name: self.cleaned_data[name] for name in self.names}
        return identity.change_customer(**self._given(at), fields=fields)


class SourceCell(FileCell):
    names = ("source",)
    source = forms.ModelChoiceField(None, label=_("source"), required=False, empty_label=_("not known"))

    def before(self) -> dict[str, Any]:
        return {"source": self.customer.source_id}

    def furnish(self) -> None:
        self.fields["source"].queryset = SourceChannel.objects.all()


class KindCell(FileCell):
    names = ("kind",)
    kind = forms.ChoiceField(label=_("kind"), choices=Customer.Kind.choices)


class RegionCell(FileCell):
    names = ("province", "city", "district")
    province = forms.CharField(label=_("province"), max_length=30, required=False)
    city = forms.CharField(label=_("city"), max_length=30, required=False)
    district = forms.CharField(label=_("district"), max_length=30, required=False)


def _text_cell(field: str) -> type[FileCell]:
    column = Customer._meta.get_field(field)
    made = forms.CharField(label=column.verbose_name, max_length=column.max_length, required=False)  # type: ignore[union-attr]
    return type(f"{field.title()}Cell", (FileCell,), {"names": (field,), field: made})


@dataclass(frozen=True, slots=True)
class CellEdit:
    """How the cell of a column is edited: the person's ability over the customer that it takes, and the form."""

    ability: str
    permission: str
    form: Callable[..., CellForm]


def _of_file(form: type[CellForm]) -> CellEdit:
    return CellEdit("work", "customers.work", form)


EDITS: dict[str, CellEdit] = {
    "class": CellEdit("move_class", "customers.move_class", ClassCell),
    "next": CellEdit("plan", "customers.work", DayCell),
    "planned_on": CellEdit("plan", "customers.work", DayCell),
    "owner": CellEdit("assign", "customers.assign", OwnerCell),
    "region": _of_file(RegionCell),
    "source": _of_file(SourceCell),
    "kind": _of_file(KindCell),
    "tags": _of_file(TagsCell),
    **{name: _of_file(_text_cell(name)) for name in ("industry", "province", "city", "district", "short_name")},
}


def editable(actor: Person) -> frozenset[str]:
    """The columns whose cells this person's role may edit; of a single customer the service decides."""
    return frozenset(name for name, edit in EDITS.items() if actor.may(edit.permission))
