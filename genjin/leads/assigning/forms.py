"""A rule as it is composed on screen: conditions, to whom, and how long they may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.reasons import Refused
from genjin.leads.assigning import choices
from genjin.leads.assigning.document import MOST_CONDITIONS, MOST_WEIGHT, WITHOUT_VALUE, Condition, Rule, Share, Target
from genjin.leads.assigning.facts import Asked
from genjin.leads.assigning.wording import OPERATOR_WORDS
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit
from genjin.web.forms import furnish
from genjin.web.wording import word

MOST_SHOWN = 200  # colleagues with a box each; a larger team is named as a unit (ours)
WAYS = [
    ("turn", _("in turn")),
    ("least", _("whoever has the fewest open leads")),
    ("weighted", _("by weight")),
    ("room", _("whoever has most room for new customers")),
]
KINDS = [
    ("people", _("To these colleagues")),
    ("unit", _("To a whole team")),
    ("queue", _("Into a queue")),
]


@dataclass(slots=True)
class Line:
    """One condition as it stands in the form; `values` as they were typed or chosen."""

    nth: int
    field: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        return "、".join(self.values)


class RuleForm(Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    join = forms.ChoiceField(
        label=_("It is for leads that meet"),
        choices=[("all", pgettext_lazy("conditions", "all of these")), ("any", pgettext_lazy("conditions", "any"))],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("Among them"), choices=WAYS)
    unit = forms.ModelChoiceField(None, label=_("Team"), required=False, empty_label=None)
    queue = forms.ModelChoiceField(None, label=_("Queue"), required=False, empty_label=None)
    cap_a_day = forms.IntegerField(label=_("At most a day each"), required=False, min_value=1, max_value=10_000)
    skips_full = forms.BooleanField(label=_("Skip who has no room for new customers by the playbook"), required=False)
    accept_minutes = forms.IntegerField(
        label=_("To be accepted within working minutes"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Empty: as the unit's queue says."),
    )
    if_late = forms.ChoiceField(
        label=_("If nobody accepts in time"),
        choices=[("next", _("on to the next; after all were asked into the queue")), ("queue", _("into the queue"))],
    )
    is_on = forms.BooleanField(label=_("Switched on"), required=False)

    refusals = {
        "rule_name_taken": "name",
        "rule_needs_a_name": "name",
        "rule_needs_people": "kind",
        "rule_person_unknown": "kind",
        "rule_unit_unknown": "unit",
        "rule_queue_unknown": "queue",
    }

    def __init__(self, *arguments: Any, at: Unit, rule: Rule | None, fields: Mapping[str, Asked], **named: Any) -> None:
        self.rule, self.asked = rule, fields
        super().__init__(*arguments, initial=_start(rule, at), **named)
        self.fields["unit"].queryset = choices.teams_of(at)
        self.fields["queue"].queryset = choices.queues_around(at)
        there = {share.person: share.weight for share in rule.target.shares} if rule else {}
        self.people = list(choices.people_around(at)[:MOST_SHOWN])
        shown = {person.pk for person in self.people}
        self.people += choices.people_of_keys(there.keys() - shown)
        self.is_cut = len(shown) == MOST_SHOWN
        for person in self.people:
            box = forms.IntegerField(label=person.name, required=False, min_value=0, max_value=MOST_WEIGHT)
            furnish(box)
            box.widget.attrs["class"] = "input input--s"
            self.fields[f"weight_{person.pk}"] = box
            self.initial[f"weight_{person.pk}"] = there.get(person.pk)
        self.lines = self._lines()

    def _lines(self) -> list[Line]:
        """The conditions as they are in the form, with an empty line at the end."""
        if self.is_bound:
            number = self.data.get("lines", "0")
            wanted = min(int(number), MOST_CONDITIONS) if number.isascii() and number.isdecimal() else 0
            lines = [self._line(nth) for nth in range(wanted)]
            if "more" in self.data and len(lines) < MOST_CONDITIONS:
                lines.append(Line(len(lines)))
            return lines
        there = self.rule.conditions if self.rule else ()
        lines = [Line(nth, each.field, each.operator, each.values) for nth, each in enumerate(there)]
        return [*lines, Line(len(lines))]

    def _line(self, nth: int) -> Line:
        field, operator = self.data.get(f"field_{nth}", ""), self.data.get(f"operator_{nth}", "")
        asked = self.asked.get(field)
        given = [value[:5000] for value in self.data.getlist(f"values_{nth}")]
        if asked is None or not asked.choices:
            given = [part for value in given for part in _parts(value)]
        else:
            by_label = {str(label): value for value, label in asked.choices}
            given = [by_label.get(part.strip(), part) for value in given for part in _parts(value)]
        if asked is not None and operator not in asked.operators:
            operator = asked.operators[0]
        return Line(nth, field, operator, tuple(dict.fromkeys(filter(None, given))))

    def choice_of(self, line: Line) -> Asked | None:
        """The field that a line asks for."""
        return self.asked.get(line.field)

    def operators_of(self, line: Line) -> list[tuple[str, Any]]:
        asked = self.asked.get(line.field)
        return [(name, OPERATOR_WORDS[name]) for name in (asked.operators if asked else ())]

    @property
    def boxes(self) -> list[tuple[Person, Any]]:
        return [(person, self[f"weight_{person.pk}"]) for person in self.people]

    def made(self) -> Rule:
        """The rule that was composed; what it may name the service looks at."""
        given = self.cleaned_data
        shares = tuple(
            Share(person.pk, weight) for person in self.people if (weight := given.get(f"weight_{person.pk}"))
        )
        kind = given["kind"]
        target = Target(
            kind=kind,
            queue=given["queue"].pk if kind == "queue" and given["queue"] else None,
            unit=given["unit"].pk if kind == "unit" and given["unit"] else None,
            shares=shares if kind == "people" else (),
            way="turn" if kind == "queue" else given["way"],
        )
        conditions = tuple(
            Condition(line.field, line.operator, () if line.operator in WITHOUT_VALUE else line.values)
            for line in self.lines
            if line.field
        )
        return Rule(
            key=self.rule.key if self.rule else 0, name=given["name"].strip(), target=target, conditions=conditions,
            join=given["join"], is_on=given["is_on"], cap_a_day=given["cap_a_day"], skips_full=given["skips_full"],
            accept_minutes=given["accept_minutes"], if_late=given["if_late"],
        )  # fmt: skip

    def refuse(self, refused: Refused) -> None:
        field = self.refusals.get(refused.reason.code)
        self.add_error(field if field in self.fields else None, word(refused))


def _parts(text: str) -> list[str]:
    for mark in "，,；;\n\r":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def _start(rule: Rule | None, at: Unit) -> dict[str, Any]:
    if rule is None:
        return {"join": "all", "kind": "people", "way": "turn", "if_late": "next", "is_on": False, "unit": at.pk}
    target = rule.target
    return {
        "name": rule.name, "join": rule.join, "is_on": rule.is_on, "way": target.way,
        "kind": "people" if target.kind == "person" else target.kind, "unit": target.unit or at.pk,
        "queue": target.queue, "cap_a_day": rule.cap_a_day, "skips_full": rule.skips_full,
        "accept_minutes": rule.accept_minutes, "if_late": rule.if_late,
    }  # fmt: skip
