"""Choosing colleagues: from a list while they are few, by typing a name where they are many."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from genjin.customers.services.ownership import colleagues, takers
from genjin.organization.models import Person, PersonQuerySet, Unit
from genjin.web.forms import Form, furnish

FEW = 40  # as many stand in a list (ours)
OFFERED = 20
BETWEEN = " · "


# Whom a box may ask for, by the word in its address; given who types. An app further right adds its own.
OF: dict[str, Callable[[Person], PersonQuerySet]] = {"takers": takers, "colleagues": colleagues}


def register(word: str, people: Callable[[Person], PersonQuerySet]) -> None:
    """Called from an app's `features.py`."""
    OF[word] = people


def label_of(person: Person) -> str:
    """The name with the unit, for names that could be confused."""
    return f"{person.name}{BETWEEN}{person.unit.name}"


def are_few(people: PersonQuerySet) -> bool:
    return people.order_by()[: FEW + 1].count() <= FEW


def offered(people: PersonQuerySet, text: str) -> list[str]:
    """The first whose name has this text, as the box takes them."""
    found = people.filter(name__icontains=text.partition(BETWEEN)[0].strip())
    return [label_of(person) for person in found[:OFFERED]]


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


class PeopleChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


class UnitsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name


def offering(address: str) -> dict[str, str]:
    """What makes a box ask this address while one types, and hand the answer to the list of options after it."""
    asks = {"hx-get": address, "hx-trigger": "input changed delay:150ms, focus once"}
    return {**asks, "hx-target": "next datalist", "hx-swap": "innerHTML", "hx-params": "*"}


class TypedName(forms.TextInput):
    """A box whose browser offers names, asked from the server while one types; without JavaScript a plain box."""

    def __init__(self, of: str) -> None:
        super().__init__({"autocomplete": "off", **offering(f"{reverse('people_offered')}?of={of}")})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_offered"
        box = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', box, key)


class TypedPerson(forms.CharField):
    """A colleague by name, by name and unit, or by sign-in."""

    def __init__(self, people: PersonQuerySet, *, of: str, **options: Any) -> None:
        super().__init__(max_length=160, widget=TypedName(of), **options)
        self.people = people

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        person = self.people.filter(pk=value).first()
        return label_of(person) if person else ""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        name, _between, unit = (part.strip() for part in text.partition(BETWEEN))
        found = list(self._called(name, unit)[:2])
        if not found:
            raise forms.ValidationError(_("Nobody of this name may be given customers by you."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several colleagues have this name. Choose the one with the unit."))
        return found[0]

    def _called(self, name: str, unit: str) -> PersonQuerySet:
        if name.isascii() and name.isdecimal():
            return self.people.filter(pk=int(name[:17]))
        called = self.people.filter(name=name, **({"unit__name": unit} if unit else {}))
        return called if called.exists() else self.people.filter(sign_in=name.casefold())


def person_field(people: PersonQuerySet, *, of: str, **options: Any) -> forms.Field:
    """A select of these people, or a box to type in. `of` is the word `people_offered` knows them by."""
    made: forms.Field
    if are_few(people):
        made = PersonChoice(people, empty_label=_("Choose somebody"), **options)
    else:
        made = TypedPerson(people, of=of, help_text=_("Type a name"), **options)
    furnish(made)
    return made


class AmongForm(Form):
    """Among whom: people while they are few, else whole units. `chosen_people` gives them once the form is valid."""

    def offer(self, people: PersonQuerySet, actor: Person) -> None:
        self.people = people
        wanted = {"required": _("Choose at least one colleague.")}
        if are_few(people):
            made: forms.Field = PeopleChoice(
                people, label=_("among"), widget=forms.CheckboxSelectMultiple, error_messages=wanted
            )
        else:
            units = Unit.objects.visible_to(actor).filter(pk__in=people.order_by().values("unit"))
            made = UnitsChoice(
                units, label=_("among all of"), widget=forms.CheckboxSelectMultiple, error_messages=wanted
            )
        furnish(made)
        self.fields["among"] = made

    def chosen_people(self) -> list[int]:
        chosen = self.cleaned_data["among"]
        if isinstance(self.fields["among"], UnitsChoice):
            chosen = self.people.filter(unit__in=chosen)
        return [person.pk for person in chosen]
