"""A checklist as a table of lines, and one step of it for a lead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.leads.models import Lead
from genjin.leads.qualifying import rules
from genjin.leads.qualifying.reading import OWN, choices
from genjin.organization.models import Person, Unit
from genjin.web.fields.forms import PREFIX, FieldsMixin
from genjin.web.forms import Form, furnish

SPARE = 6  # empty lines below those that stand (ours)


class NewChecklistForm(Form):
    """Of which unit and product line."""

    unit = forms.ModelChoiceField(None, label=_("unit"), empty_label=None)
    product = forms.CharField(label=_("product"), max_length=60, required=False, help_text=_("Empty for all products"))

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)


def rows_of(content: rules.Content | None) -> list[rules.Row]:
    """The lines of a checklist as the form shows them, and some to be filled in."""
    rows = [
        rules.Row(step.title, 0, item.code, item.words, item.field, str(item.score), item.is_required)
        for step in (content.steps if content else ())
        for item in step.items
    ]
    rows += [rules.Row("", 0, "", "", "", "", False)] * SPARE
    return [rules.Row(r.step, n, r.code, r.words, r.field, r.score, r.is_required) for n, r in enumerate(rows, 1)]


def posted_rows(posted: Any) -> list[rules.Row]:
    """The lines as they were typed; a place that is no number stays where it stands. A line without a step belongs to
    the one above."""
    rows, step = [], ""
    names = ("step", "place", "code", "words", "field", "score")
    columns = [posted.getlist(name)[: rules.MOST_ITEMS * 2] for name in names]
    required = set(posted.getlist("required"))
    for nth, (title, place, code, words, field, score) in enumerate(zip(*columns, strict=False), 1):
        at = int(place) if place.isascii() and place.isdecimal() and len(place) < 5 else nth
        step = title.strip() or step
        known = code if code.isascii() and code.isalnum() and len(code) <= 6 else ""
        rows.append(rules.Row(step, at, known, words, field, score, str(nth) in required))
    return rows


def compose(posted: Any, actor: Person) -> rules.Content | Reason:
    fields = {name for name, _label in choices(actor)}
    return rules.compose(posted_rows(posted), fields=fields, is_asked="is_asked" in posted)


class StepForm(FieldsMixin, Form):
    """The items of one step: points as yes or no, fields as they are typed elsewhere."""

    subject = "lead"

    def __init__(
        self, *arguments: Any, step: rules.Step, lead: Lead, answers: dict[str, bool], actor: Person, **named: Any
    ) -> None:
        self.step = step
        own = [item.field.removeprefix(OWN) for item in step.items if item.field.startswith(OWN)]
        super().__init__(*arguments, custom_actor=actor, custom_held=lead.custom, custom_only=own, **named)
        for name in self.custom_names:  # a step is saved half filled, too: what is missing is named, not refused
            self.fields[name].required = False
        for item in step.items:
            if item.field and not item.field.startswith(OWN):
                made: Any = Lead._meta.get_field(item.field).formfield(required=False)  # type: ignore[union-attr]
                made.initial = (lead.phone or lead.phone_text) if item.field == "phone" else getattr(lead, item.field)
                self.fields[item.field] = made
            elif not item.field:
                said = answers.get(item.code)
                stands = "" if said is None else "yes" if said else "no"
                self.fields[item.code] = forms.ChoiceField(
                    label=item.words, required=False, widget=forms.RadioSelect,
                    choices=[("yes", _("yes")), ("no", _("no"))], initial=stands,
                )  # fmt: skip
        self.order_fields([self.name_of(item) for item in step.items])

        for field in self.fields.values():
            furnish(field)

    @staticmethod
    def name_of(item: rules.Item) -> str:
        return PREFIX + item.field.removeprefix(OWN) if item.field.startswith(OWN) else item.field or item.code

    def lines(self) -> list[tuple[rules.Item, Any]]:
        """Each item with its field in the form; one that the actor may not fill is left out."""
        return [(item, self[self.name_of(item)]) for item in self.step.items if self.name_of(item) in self.fields]

    @property
    def answers(self) -> dict[str, bool]:
        codes = [item.code for item in self.step.items if not item.field]
        return {code: self.cleaned_data[code] == "yes" for code in codes if self.cleaned_data.get(code)}

    @property
    def standard(self) -> dict[str, Any]:
        names = [i.field for i in self.step.items if i.field and not i.field.startswith(OWN)]
        return {name: self.cleaned_data[name] for name in names if name in self.changed_data}
