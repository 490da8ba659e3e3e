"""Who takes over when a colleague leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.organization.events import HandOver
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit
from genjin.organization.shown_tree import choices_of


class HandOverForm(Form):
    """One of three ways, and the people or the unit that go with it."""

    kind = forms.ChoiceField(
        label=_("Who takes over"),
        choices=[
            ("successor", _("One successor")),
            ("share_out", _("Shared out evenly")),
            ("pool", _("Into a pool")),
        ],
        initial="successor",
        widget=forms.RadioSelect,
    )
    successor = forms.ModelChoiceField(None, label=_("Successor"), required=False, empty_label=_("Choose"))
    people = forms.ModelMultipleChoiceField(
        None, label=_("Colleagues"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unit = forms.ModelChoiceField(None, label=_("Pool of"), required=False, empty_label=None)

    refusals = {
        "hand_over_to_nobody": "kind",
        "receiver_is_the_leaver": "kind",
        "receiver_outside_your_units": "kind",
        "receiver_has_left": "kind",
        "receiver_only_reads": "kind",
    }

    def __init__(self, *arguments: Any, actor: Person, leaver: Person, **named: Any) -> None:
        named.setdefault("initial", {"unit": leaver.unit_id, "kind": "successor"})
        super().__init__(*arguments, **named)
        colleagues = Person.objects.visible_to(actor).holding_customers().exclude(pk=leaver.pk)
        self.same_unit = colleagues.filter(unit=leaver.unit_id)
        near_first = sorted(colleagues.select_related("unit"), key=lambda one: (one.unit_id != leaver.unit_id, one.pk))
        named_with_unit = [(one.pk, f"{one.name}（{one.unit.name}）") for one in near_first]
        self.fields["successor"].queryset = self.fields["people"].queryset = colleagues
        self.fields["successor"].choices = [("", self.fields["successor"].empty_label), *named_with_unit]
        self.fields["people"].choices = named_with_unit
        units = Unit.objects.visible_to(actor)
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = choices_of(units)

    def hand_over(self) -> HandOver:
        """What was chosen; only what belongs to the chosen way counts."""
        chosen = self.cleaned_data
        if chosen["kind"] == "successor":
            return HandOver(kind="successor", successor=chosen["successor"])
        if chosen["kind"] == "share_out":
            return HandOver(kind="share_out", people=tuple(chosen["people"]))
        return HandOver(kind="pool", unit=chosen["unit"])
