"""Choosing a unit's playbook, uploading one, and putting a draft into effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.organization.forms.refusable import Form
from genjin.organization.models import Unit
from genjin.playbooks import rules
from genjin.playbooks.editing.adding import with_class
from genjin.playbooks.editions.current import current
from genjin.playbooks.schema import Playbook
from genjin.playbooks.services import variant
from genjin.playbooks.variant import Variant

INHERIT = "inherit"
LARGEST_FILE = 512 * 1024  # the shipped one has 30 KB


@dataclass(frozen=True, slots=True)
class Option:
    """A playbook with one number set and rhythm, and what it asks of a day when one holds all it names."""

    value: str
    playbook: Variant
    load: rules.Load
    customers: int


def options() -> Iterator[Option]:
    """Every playbook in every number set and rhythm it has."""
    for source in current().values():
        for size in source.sizes or ("",):
            for rhythm in source.rhythms or ("",):
                chosen = variant(source.code, getattr(size, "code", ""), getattr(rhythm, "code", ""))
                full = rules.full_stock(chosen)
                value = value_of(chosen)
                yield Option(value, chosen, rules.load_arithmetic(chosen, full), sum(full.values()))


def value_of(playbook: Variant) -> str:
    """How a choice travels: telesales.standard.table."""
    return f"{playbook.code}.{playbook.size}.{playbook.rhythm}"


class AdoptionForm(Form):
    """One choice among all playbooks in all their number sets and rhythms, or the playbook of the unit above."""

    choice = forms.ChoiceField(label=_("Playbook"), error_messages={"required": _("Choose a playbook.")})

    refusals = {"playbook_unknown": "choice", "topmost_unit_inherits_nothing": "choice"}

    def __init__(self, *arguments: Any, unit: Unit, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.options = list(options())
        inherit = [INHERIT] if unit.parent_id else []
        self.fields["choice"].choices = [(value, value) for value in [*inherit, *(each.value for each in self.options)]]

    @property
    def chosen(self) -> tuple[str, str, str] | None:
        """Playbook, number set and rhythm; None to work by what the unit above has."""
        value = self.cleaned_data["choice"]
        if value == INHERIT:
            return None
        playbook, size, rhythm = value.split(".")
        return playbook, size, rhythm


class NewClassForm(Form):
    """One class more: what it is called, and which one it begins as."""

    class_name = forms.CharField(label=_("Name"), max_length=20)
    class_name_en = forms.CharField(label=_("Name in English"), max_length=40, required=False)
    class_badge = forms.CharField(label=_("Sign on the badge"), max_length=4)
    class_like = forms.ChoiceField(label=_("Begins as"))
    class_definition = forms.CharField(label=_("Who belongs here"), max_length=300, required=False)

    def __init__(self, *arguments: Any, playbook: Playbook, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.playbook = playbook
        choices = [(entry.code, entry.name.zh) for entry in playbook.classes if entry.code != playbook.won_class]
        self.fields["class_like"].choices = choices

    def clean_class_badge(self) -> str:
        """Two classes that look the same would be told apart by nobody."""
        badge = self.cleaned_data["class_badge"].strip()
        for entry in self.playbook.classes:
            if badge in (entry.badge.zh, entry.badge.en):
                raise forms.ValidationError(_("There is a class with this sign."))
        return badge

    def added(self) -> Playbook:
        given = self.cleaned_data
        said = given["class_definition"]
        return with_class(
            self.playbook,
            like=given["class_like"],
            name={"zh": given["class_name"], "en": given["class_name_en"] or given["class_name"]},
            badge=given["class_badge"],
            definition={"zh": said, "en": said} if said else None,
        )


class FileForm(Form):
    """A playbook as a file."""

    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file.")})

    def clean_file(self) -> str:
        """The text of it."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(_("A playbook has at most 512 KB. Is it another file?"))
        try:
            return given.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is no text in UTF-8. Is it another file?")) from error


class EffectForm(Form):
    """Why the playbook changes, and whether the dates of today follow."""

    dates = forms.ChoiceField(choices=[("now", ""), ("too", "")], initial="now")
    note = forms.CharField(label=_("Why it changes"), max_length=200, required=False)

    refusals = {"edition_needs_a_note": "note"}
