"""A pool's name and its circle of people."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genjin.customers.forms.people import BETWEEN, PeopleChoice, are_few, label_of
from genjin.customers.models import Pool
from genjin.customers.pools.services import near
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, PersonQuerySet, Unit


class PeopleNamed(forms.CharField):
    """Several colleagues by name (with the unit where two have it) or sign-in, one to a line."""

    def __init__(self, people: PersonQuerySet, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 4}), max_length=20_000, **options)
        self.people = people

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(label_of(person) for person in self.people.filter(pk__in=value))
        return value

    def clean(self, value: Any) -> list[Person]:
        found = []
        for line in filter(None, (line.strip() for line in re.split(r"[\n,，、;；]", super().clean(value) or ""))):
            name, _between, unit = (part.strip() for part in line.partition(BETWEEN))
            called = list(self.people.filter(name=name, **({"unit__name": unit} if unit else {}))[:2])
            called = called or list(self.people.filter(sign_in=name.casefold())[:2])
            if len(called) != 1:
                raise forms.ValidationError(
                    gettext("Nobody here is called %(name)s.") % {"name": line[:40]}
                    if not called
                    else gettext("Several colleagues are called %(name)s. Write the unit too: %(example)s")
                    % {"name": line[:40], "example": label_of(called[0])}
                )
            found += called
        return found


class PoolForm(Form):
    """For a pool that is there. A unit's own stays open to all of the unit."""

    name = forms.CharField(label=_("Name"), max_length=80)
    is_for_chosen = forms.BooleanField(
        label=_("For chosen people only"),
        required=False,
        help_text=_("Others of the unit do not see what lies in it. Who leads the unit always does."),
    )

    refusals = {
        "pool_name_taken": "name",
        "pool_needs_a_name": "name",
        "own_pool_stays_open": "is_for_chosen",
        "pool_needs_members": "members",
        "person_too_far_from_pool": "members",
    }

    def __init__(self, *arguments: Any, pool: Pool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        people = near(pool)
        few = are_few(people)
        for name, label, help_text in [
            ("members", _("Members"), _("They see it and claim from it. It counts only for a pool of chosen people.")),
            ("administrators", _("Administrators"), _("They deal out of it and move customers between pools.")),
        ]:
            options: dict[str, Any] = {"label": label, "required": False, "help_text": help_text}
            if few:
                made: forms.Field = PeopleChoice(people, widget=forms.CheckboxSelectMultiple, **options)
            else:
                made = PeopleNamed(people, **options)
            self.fields[name] = made
        if pool.home_of_id:
            del self.fields["is_for_chosen"]
            del self.fields["members"]

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "name": given["name"],
            "is_for_chosen": given.get("is_for_chosen", False),
            "members": list(given.get("members", ())),
            "administrators": list(given["administrators"]),
        }


class NewPoolForm(Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None)

    refusals = {"pool_name_taken": "name", "pool_needs_a_name": "name", "unit_outside_yours": "unit"}

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["unit"].queryset = led_by(actor)


def led_by(actor: Person) -> Any:
    """The units whose pools a person decides about."""
    return Unit.objects.visible_to(actor)
