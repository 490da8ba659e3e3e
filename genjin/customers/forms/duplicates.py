"""What a company does about customers that may be there twice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.duplicates.models import DuplicateRules
from genjin.customers.duplicates.records import scheme
from genjin.customers.duplicates.settings import LEAST, MOST, known_rules
from genjin.customers.wording import rule_words
from genjin.web.forms import Form


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
        words = rule_words()
        self.fields["merging"].choices = [(name, words[name]) for name in known_rules()]

    @classmethod
    def initial_of(cls, rules: DuplicateRules) -> dict[str, Any]:
        return {
            "alert": rules.alert or scheme().alert,
            "merging": rules.merging,
            "across_owners": rules.across_owners,
        }

    @property
    def values(self) -> dict[str, Any]:
        """For `change_rules`; the scheme's own chance is not kept as one's own."""
        alert = self.cleaned_data["alert"]
        return {
            "alert": None if alert == scheme().alert else alert,
            "merging": self.cleaned_data["merging"],
            "across_owners": self.cleaned_data["across_owners"],
        }
