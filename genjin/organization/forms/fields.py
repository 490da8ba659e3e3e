"""A custom field as one defines it on screen."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.fields.checks import LONGEST_CHOICE, LONGEST_LABEL, MOST_CHOICES, code_from
from genjin.core.fields.definitions import (
    LONGEST_TEXT,
    MOST_DECIMALS,
    NUMBERS,
    OF_CHOICES,
    SEARCHABLE,
    SHORT_TEXT,
    Choice,
    Definition,
)
from genjin.core.fields.models import Field
from genjin.core.fields.reading import definition_of
from genjin.core.fields.rules import read
from genjin.core.fields.services import holds_values
from genjin.core.permissions import roles_of
from genjin.core.reasons import Reason
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Role
from genjin.web.fields.words import KIND_WORDS
from genjin.web.wording import word

SEEING = [(role, label) for role, label in Role.choices if role != Role.OWNER]
FILLING = [(role, label) for role, label in SEEING if role != Role.READER]


class FieldForm(Form):
    """For a new field and an old one. What does not go with the kind is not read; who defines fields sees them all.

    `choice_KEY`, `place_KEY` and `retired_KEY` are the choices there are, `more_choices` those that are added.
    """

    label = forms.CharField(label=pgettext_lazy("field", "Name"), max_length=LONGEST_LABEL)
    kind = forms.ChoiceField(
        label=pgettext_lazy("field", "Kind"), choices=list(KIND_WORDS.items()), widget=forms.RadioSelect, initial="text"
    )
    more_choices = forms.CharField(
        label=pgettext_lazy("field", "Choices"),
        required=False,
        help_text=_("One to a line."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    help = forms.CharField(
        label=_("Help"), max_length=200, required=False, help_text=_("Stands below the box that is filled in.")
    )
    least = forms.DecimalField(label=_("Lowest"), required=False, max_digits=15, decimal_places=MOST_DECIMALS)
    most = forms.DecimalField(label=_("Highest"), required=False, max_digits=15, decimal_places=MOST_DECIMALS)
    decimals = forms.IntegerField(label=_("Decimals"), required=False, min_value=0, max_value=MOST_DECIMALS)
    longest = forms.IntegerField(
        label=pgettext_lazy("field", "Longest"),
        required=False,
        min_value=1,
        max_value=LONGEST_TEXT,
        help_text=_("In characters. Above 200 it is a box of several lines."),
    )
    default = forms.CharField(
        label=_("Default"), required=False, max_length=400, help_text=_("Stands in every new one until it is changed.")
    )
    is_required = forms.BooleanField(label=_("Must be filled in"), required=False)
    is_searchable = forms.BooleanField(label=_("Found by search"), required=False)
    is_known_at_arrival = forms.BooleanField(
        label=_("Known on arrival"),
        required=False,
        help_text=_("Filled in before anybody has spoken with them: may be used to estimate a chance."),
    )
    seen_by = forms.MultipleChoiceField(
        label=_("Who sees it"), choices=SEEING, required=False, widget=forms.CheckboxSelectMultiple
    )
    changed_by = forms.MultipleChoiceField(
        label=_("Who fills it in"), choices=FILLING, required=False, widget=forms.CheckboxSelectMultiple
    )

    refusals = {
        "field_label_length": "label",
        "field_label_taken": "label",
        "field_needs_choices": "more_choices",
        "field_has_too_many_choices": "more_choices",
        "field_choice_length": "more_choices",
        "field_choice_stands_twice": "more_choices",
        "field_holds_values": "kind",
        "field_bounds_run_backwards": "most",
        "field_search_tells_all": "is_searchable",
        "field_too_long_to_search": "is_searchable",
    }

    def __init__(self, *arguments: Any, field: Field | None = None, subject: str = "", **named: Any) -> None:
        self.subject = field.subject if field else subject
        self.definition = definition_of(field) if field else Definition(self.subject, "x", "", "text")
        self.base_fields = {**type(self).base_fields, **_of_choices(self.definition.choices)}  # type: ignore[misc]
        named["initial"] = _initial(self.definition, is_new=field is None) | (named.get("initial") or {})
        super().__init__(*arguments, **named)
        self.fields["kind"].disabled = field is not None and holds_values(field)
        if self.definition.choices:
            self.fields["more_choices"].label = _("More choices")
            self.fields["more_choices"].widget.attrs["rows"] = 2

    @property
    def rows_of_choices(self) -> list[tuple[Any, Any, Any]]:
        """Of each choice there is: its place, its label, whether it is retired."""
        return [
            (self[f"place_{c.key}"], self[f"choice_{c.key}"], self[f"retired_{c.key}"]) for c in self._choices_there
        ]

    @property
    def _choices_there(self) -> tuple[Choice, ...]:
        return self.definition.choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.chosen = self._chosen(given)
        if not self.errors and given["default"]:
            value = read(self._wanted(given), given["default"])
            if isinstance(value, Reason):
                self.add_error("default", word(value))
            else:
                given["default"] = value
        return given

    def _wanted(self, given: dict[str, Any]) -> Definition:
        """The field as it would be, for reading its default."""
        return replace(
            self.definition,
            kind=given["kind"],
            choices=tuple(Choice(*each) for each in self.chosen),
            is_required=False,
            least=given["least"],
            most=given["most"],
            decimals=given["decimals"] or 0,
            longest=given["longest"] or SHORT_TEXT,
        )

    def _chosen(self, given: dict[str, Any]) -> list[tuple[str, str, bool]]:
        """The choices in their order with their keys."""
        if given.get("kind") not in OF_CHOICES:
            return []
        placed = [
            (given.get(f"place_{c.key}") or number, c.key, given.get(f"choice_{c.key}", ""), given[f"retired_{c.key}"])
            for number, c in enumerate(self._choices_there, 1)
        ]
        rows = [(key, label, retired) for _place, key, label, retired in sorted(placed, key=lambda each: each[0])]
        taken = {key for key, _label, _retired in rows}
        for line in dict.fromkeys(filter(None, map(str.strip, given.get("more_choices", "").splitlines()))):
            key = code_from(line, taken, longest=20)
            taken.add(key)
            rows.append((key, line, False))
        return rows

    def details(self) -> dict[str, Any]:
        """What `make_field` and `change_field` take."""
        given = self.cleaned_data
        kind = given["kind"]
        found = {name: given[name] for name in ("label", "kind", "help", "is_required", "is_known_at_arrival")}
        found |= {
            "choices": self.chosen,
            "default": given["default"] if kind != "person" and given["default"] != "" else None,
        }
        found |= {name: given[name] if kind in NUMBERS else None for name in ("least", "most")}
        found |= {"decimals": given["decimals"] or None if kind == "number" else None}
        found |= {"longest": given["longest"] if kind == "text" else None}
        found |= {"is_searchable": given["is_searchable"] and kind in SEARCHABLE}
        return found | {
            "seen_by": _roles(given["seen_by"], SEEING),
            "changed_by": _roles(given["changed_by"], FILLING),
        }


def _of_choices(choices: tuple[Choice, ...]) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    for each in choices:
        made[f"choice_{each.key}"] = forms.CharField(label=_("Choice"), max_length=LONGEST_CHOICE)
        made[f"place_{each.key}"] = forms.IntegerField(
            label=pgettext_lazy("field", "Place"), min_value=0, max_value=10 * MOST_CHOICES, required=False
        )
        made[f"retired_{each.key}"] = forms.BooleanField(label=_("Retired"), required=False)
    return made


def _initial(field: Definition, *, is_new: bool) -> dict[str, Any]:
    start: dict[str, Any] = {
        "seen_by": sorted(field.seen_by) or [role for role, _label in SEEING],
        "changed_by": sorted(field.changed_by) or [role for role, _label in FILLING],
        "is_known_at_arrival": False,
    }
    if is_new:
        return start
    names = ("label", "kind", "help", "is_required", "is_searchable", "is_known_at_arrival", "least", "most")
    start |= {name: getattr(field, name) for name in names}
    start |= {"decimals": field.decimals, "longest": field.longest, "default": _default_typed(field)}
    for number, each in enumerate(field.choices, 1):
        start |= {f"choice_{each.key}": each.label, f"place_{each.key}": number, f"retired_{each.key}": each.is_retired}
    return start


def _default_typed(field: Definition) -> str:
    """The default as one types it."""
    value = field.default
    if value is None:
        return ""
    if field.kind == "yes_no":
        return str(_("yes") if value else _("no"))
    if field.kind in OF_CHOICES:
        return "、".join(field.label_of(key) for key in (value if isinstance(value, list) else [value]))
    return str(value)


def _roles(chosen: list[str], every: list[tuple[str, Any]]) -> list[str]:
    """No role means all of them; where none is chosen only who defines fields is named."""
    return [] if len(chosen) == len(every) else chosen or sorted(roles_of("fields.change"))
