"""The form in which an absence is written down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.organization.absences.models import Absence
from genjin.organization.absences.services import may_say
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person


def people_of(actor: Person) -> list[Person]:
    """For whom somebody may say it: oneself first, then those one leads."""
    if not actor.may("organization.change_people"):
        return [actor]
    others = Person.objects.visible_to(actor).holding_customers().exclude(pk=actor.pk).order_by("unit", "pk")
    return [actor, *(person for person in others if may_say(actor, person))]


class AbsenceForm(Form):
    """From a day to a day, whole days or one half of each; whose is asked only of those who lead somebody."""

    person = forms.TypedChoiceField(label=_("Colleague"), coerce=int, required=False)
    first = forms.DateField(label=_("From"))
    last = forms.DateField(label=_("To"), required=False, help_text=_("Empty: one day."))
    part = forms.ChoiceField(label=_("Part of the day"), choices=Absence.Part.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What"), choices=Absence.Kind.choices)
    note = forms.CharField(label=pgettext_lazy("absence", "Note"), max_length=100, required=False)

    refusals = {
        "absence_runs_backwards": "last",
        "absence_too_long": "last",
        "absence_of_past_days": "first",
        "absence_long_past": "first",
        "absence_there_already": "first",
    }

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people_of(actor)
        self.fields["person"].required = len(self.people) > 1
        self.fields["person"].choices = [(person.pk, person.name) for person in self.people]

    def clean_person(self) -> Person:
        """Whose absence it is: one's own where nobody is named."""
        known = {person.pk: person for person in self.people}
        return known[self.cleaned_data["person"] or self.people[0].pk]
