"""What one chooses when a lead becomes a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import rung
from genjin.customers.forms.people import person_field
from genjin.leads.converting.rules import TAKEN, may_enter
from genjin.leads.converting.services import Wanted, carried_of, receivers
from genjin.leads.models import Lead
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of
from genjin.web.forms import Form


class ConversionForm(Form):
    """A new customer: its name, whose it is, the class it begins in. All are proposed, so one click is enough."""

    name = forms.CharField(label=_("name"), max_length=200)
    class_code = forms.ChoiceField(label=_("class"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("why, though something is missing"), max_length=200, required=False)

    def __init__(self, *arguments: Any, lead: Lead, actor: Person, **named: Any) -> None:
        owner = lead.owner or actor
        practice = practice_of(owner.unit)
        first = {
            "name": carried_of(lead).file["name"],
            "owner": owner.pk,
            "class_code": practice.playbook.entry_class.code,
        }
        super().__init__(*arguments, initial=first, **named)
        self.lead_owner, self.practice = owner, practice
        self.fields["owner"] = person_field(receivers(actor, besides=owner), of="lead_receivers", label=_("owner"))
        self.rungs = [rung(cls) for cls in may_enter(practice.playbook)]
        self.fields["class_code"].choices = [(each.value, each.badge) for each in self.rungs]
        self.order_fields(["name", "owner", "class_code"])

    @property
    def wanted(self) -> Wanted:
        """A class of another playbook than the owner's is none: there it begins where that one begins."""
        given = self.cleaned_data
        owner, code = given["owner"], given["class_code"]
        known = practice_of(owner.unit).playbook
        code = code if known.code == self.practice.playbook.code else ""
        return Wanted(
            owner=None if owner == self.lead_owner else owner,
            name=given["name"],
            class_code=code,
            reason=given["reason"],
        )


def chosen_of(posted: Any) -> list[str]:
    """The fields of which the lead's value was chosen."""
    return [field for field in posted.getlist("chosen") if field in TAKEN]
