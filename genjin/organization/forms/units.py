"""A unit's name, place, week and shift."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit
from genjin.organization.shown_tree import choices_of, visible_tree


class UnitForm(Form):
    """For a new unit (`unit` is None) and an old one. The parents offered are those in the actor's units."""

    name = forms.CharField(label=_("Name"), max_length=60)
    parent = forms.ModelChoiceField(None, label=_("Belongs to"), empty_label=None)
    week = forms.ChoiceField(label=_("Working week"), choices=Unit.WEEKS)
    six_day_from = forms.DateField(
        label=_("A Monday of a six-day week"),
        required=False,
        help_text=_("Only for six and five days in turn: from this Monday on the weeks alternate."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shift_from = forms.TimeField(
        label=_("Shift begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    shift_to = forms.TimeField(label=_("Shift ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    observes_holidays = forms.BooleanField(label=_("Public holidays are off"), required=False)
    observes_makeup_days = forms.BooleanField(label=_("Make-up days are worked"), required=False)

    refusals = {
        "unit_name_taken": "name",
        "unit_below_itself": "parent",
        "root_stays_root": "parent",
        "one_root_only": "parent",
        "unit_outside_yours": "parent",
        "six_day_monday_missing": "six_day_from",
        "six_day_from_is_no_monday": "six_day_from",
        "shift_ends_before_it_begins": "shift_to",
    }

    def __init__(self, *arguments: Any, actor: Person, unit: Unit | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        movable = unit is None or (
            unit.parent_id is not None and Unit.objects.visible_to(actor).filter(pk=unit.parent_id).exists()
        )
        if not movable:
            # The topmost unit, and a manager's own: where they hang is not theirs to say.
            del self.fields["parent"]
            return
        parents = Unit.objects.visible_to(actor)
        if unit is not None:
            parents = parents.exclude(pk__in=visible_tree(parents).below(unit.pk))
        field = self.fields["parent"]
        field.queryset = parents
        field.choices = choices_of(parents)
