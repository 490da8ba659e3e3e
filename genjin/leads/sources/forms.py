"""What is typed about costs and rewards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import SourceChannel
from genjin.organization.models import Person, Unit
from genjin.web.forms import Form


class _OfUnit(Form):
    """Whose cost it is: offered where one leads several units."""

    unit = forms.ModelChoiceField(label=_("unit"), queryset=None)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        units = Unit.objects.visible_to(actor)
        self.fields["unit"].queryset = units
        self.fields["unit"].initial = actor.unit_id


class CostForm(_OfUnit):
    source = forms.ModelChoiceField(label=_("source"), queryset=None)
    amount = forms.DecimalField(label=_("cost in yuan"), min_value=0, max_digits=12, decimal_places=2, required=False)
    hours = forms.DecimalField(label=_("hours of work"), min_value=0, max_digits=7, decimal_places=1, required=False)
    on = forms.DateField(label=_("day"))
    what_for = forms.CharField(label=_("what for"), max_length=120)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["source"].queryset = SourceChannel.objects.all()
        self.order_fields(["source", "amount", "hours", "on", "what_for", "unit"])


class RewardForm(_OfUnit):
    informant = forms.CharField(label=_("informant"), max_length=60)
    contact = forms.CharField(label=_("how to reach them"), max_length=60, required=False)
    amount = forms.DecimalField(label=_("reward in yuan"), min_value=0, max_digits=10, decimal_places=2)
    on = forms.DateField(label=_("agreed on"))
    paid_on = forms.DateField(label=_("paid on"), required=False)
    remarks = forms.CharField(label=_("remarks"), max_length=200, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.order_fields(["informant", "contact", "amount", "on", "paid_on", "remarks", "unit"])
