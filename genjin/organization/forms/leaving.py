"""Who takes over when a colleague leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.organization.events import HandOver
from genjin.organization.forms.refusable import Form
from genjin.organization.holdings import Held
from genjin.organization.models import Person, Unit, UnitQuerySet
from genjin.organization.rules import even_shares
from genjin.organization.shown_tree import choices_of, visible_tree


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

    def __init__(self, *arguments: Any, actor: Person, leaver: Person, everybody: bool = False, **named: Any) -> None:
        named.setdefault("initial", {"unit": leaver.unit_id, "kind": "successor"})
        super().__init__(*arguments, **named)
        self.leaver = leaver
        colleagues = Person.objects.visible_to(actor).holding_customers().exclude(pk=leaver.pk)
        near = colleagues.filter(unit__in=_near(leaver.unit, Unit.objects.visible_to(actor)))
        self.narrowed = not everybody and near.exists() and near.count() < colleagues.count()
        offered = (near if self.narrowed else colleagues).select_related("unit")
        in_order = sorted(offered, key=lambda one: (one.unit_id != leaver.unit_id, one.unit_id, one.pk))
        named_with_unit = [
            (one.pk, _("%(name)s (%(unit)s)") % {"name": one.name, "unit": one.unit}) for one in in_order
        ]
        self.fields["successor"].queryset = self.fields["people"].queryset = colleagues
        self.fields["successor"].choices = [("", self.fields["successor"].empty_label), *named_with_unit]
        self.fields["people"].choices = named_with_unit
        units = Unit.objects.visible_to(actor)
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = choices_of(units)

    def outcome(self, held: list[Held]) -> list[tuple[str, list[int | None]]]:
        """Who gets how many of each kind held, None where it goes with its customers; nobody until one is chosen."""
        if not self.is_valid():
            return []
        hand_over = self.hand_over()
        if hand_over.kind == "pool":
            return [
                (_("Pool of %(unit)s") % {"unit": hand_over.unit or self.leaver.unit}, [each.count for each in held])
            ]
        people = hand_over.receivers
        if len(people) <= 1:
            return [(person.name, [each.count for each in held]) for person in people]
        shares = [even_shares(each.count, len(people)) for each in held]
        return [
            (person.name, [None if each.follows else shares[kind][place] for kind, each in enumerate(held)])
            for place, person in enumerate(people)
        ]

    def hand_over(self) -> HandOver:
        """What was chosen; only what belongs to the chosen way counts."""
        chosen = self.cleaned_data
        if chosen["kind"] == "successor":
            return HandOver(kind="successor", successor=chosen["successor"])
        if chosen["kind"] == "share_out":
            return HandOver(kind="share_out", people=tuple(chosen["people"]))
        return HandOver(kind="pool", unit=chosen["unit"])


def _near(unit: Unit, visible: UnitQuerySet) -> frozenset[int]:
    """The leaver's unit, its sisters, and the unit over them: where a successor is looked for first."""
    tree = visible_tree(visible)
    over = unit.parent_id
    return tree.below(over if over is not None and over in tree.parents else unit.pk)
