"""The small forms behind a customer's verbs: a day, a class, a colleague, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import Rung
from genjin.customers.forms.people import AmongForm, person_field
from genjin.customers.models import Customer, Pool
from genjin.customers.services.ownership import colleagues, takers
from genjin.organization.models import Person
from genjin.web.forms import Form

REASON = 200


class PlanForm(Form):
    on = forms.DateField(label=_("next contact"))
    reason = forms.CharField(label=_("reason"), max_length=REASON, required=False)


class ClassForm(Form):
    to = forms.ChoiceField(label=_("class"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("reason"), max_length=REASON)

    def __init__(self, *arguments: Any, rungs: list[Rung], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["to"].choices = [(each.value, each.badge) for each in rungs]


class KeepForm(Form):
    until = forms.DateField(label=_("kept until"), required=False, help_text=_("Leave it empty to keep it no longer"))
    reason = forms.CharField(label=_("reason"), max_length=REASON, required=False)


class CloseForm(Form):
    kind = forms.ChoiceField(label=_("closed as"), choices=Customer.Closed.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("reason"), max_length=REASON)


class ReleaseForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=REASON)
    pool = forms.ModelChoiceField(None, label=_("pool"))

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["pool"].queryset = Pool.objects.visible_to(actor)
        self.fields["pool"].empty_label = None


class AssignForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=REASON, required=False)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields = {"to": person_field(takers(actor), of="takers", label=_("to")), **self.fields}


class DealForm(AmongForm):
    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.offer(takers(actor), actor)
        self.fields["way"] = forms.ChoiceField(
            label=_("how"),
            choices=[("evenly", _("one each in turn")), ("capacity", _("by room"))],
            widget=forms.RadioSelect,
            initial="evenly",
            required=False,
            help_text=_("By room: each to whoever has most of their days free, as many as can be contacted in time."),
        )


class LendForm(Form):
    way = forms.ChoiceField(
        label=_("may"), choices=[("read", _("read")), ("work", _("read and work"))], widget=forms.RadioSelect,
        initial="read",
    )  # fmt: skip
    ends_on = forms.DateField(label=_("until"), required=False, help_text=_("Leave it empty for good"))

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields = {"to": person_field(colleagues(actor), of="colleagues", label=_("colleague")), **self.fields}


class SourceForm(Form):
    name = forms.CharField(label=_("name"), max_length=40)
