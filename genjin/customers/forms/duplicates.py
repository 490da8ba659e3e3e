"""What a company does about customers that may be there twice."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.duplicates.models import DuplicateRules
from genjin.customers.duplicates.records import scheme
from genjin.customers.duplicates.settings import HINTS_AT, LEAST, MOST, PROVES, comparable, known_rules
from genjin.customers.wording import rule_words
from genjin.web.forms import Form

COMPARED = [("", _("not compared")), (HINTS_AT, _("equal hints at one")), (PROVES, _("equal as good as proves it"))]


class DuplicateRulesForm(Form):
    alert = forms.IntegerField(label=_("Ask from this chance on, in percent"), min_value=LEAST, max_value=MOST)
    merging = forms.MultipleChoiceField(
        label=_("Merged by itself"), widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )
    across_owners = forms.BooleanField(
        label=_("Also where both belong to different owners: the one who was contacted more often keeps it"),
        required=False,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.compared = comparable()
        for field in self.compared:
            self.fields[f"field-{field.code}"] = forms.TypedChoiceField(
                label=field.label, choices=COMPARED, coerce=int, empty_value=None, required=False
            )
        words = rule_words()
        self.fields["merging"].choices = [(name, words[name]) for name in known_rules()]

    @classmethod
    def initial_of(cls, rules: DuplicateRules) -> dict[str, Any]:
        return {
            "alert": rules.alert or scheme().alert,
            "merging": rules.merging,
            "across_owners": rules.across_owners,
            **{f"field-{code}": bits for code, bits in rules.compared.items()},
        }

    @property
    def values(self) -> dict[str, Any]:
        """For `change_rules`; the scheme's own chance is not kept as one's own."""
        alert = self.cleaned_data["alert"]
        return {
            "alert": None if alert == scheme().alert else alert,
            "merging": self.cleaned_data["merging"],
            "across_owners": self.cleaned_data["across_owners"],
            "compared": {
                field.code: bits for field in self.compared if (bits := self.cleaned_data[f"field-{field.code}"])
            },
        }

    def _weights(self) -> Iterator[tuple[str, int | None]]:
        for field in self.compared:
            yield field.code, self.cleaned_data[f"field-{field.code}"]
