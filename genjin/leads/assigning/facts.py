"""What rules may ask about a lead: the standard fields, where it came from, and the company's own fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.fields import reading as own_fields
from genjin.customers.models import SourceChannel
from genjin.leads.assigning.document import Condition, Document, Known
from genjin.leads.capture.models import CaptureForm
from genjin.leads.models import Channel, Lead
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Unit

OWN = "own."  # before the code of a custom field
SUBJECT = "lead"

_EMPTY = ("empty", "filled")
OPERATORS: dict[str, tuple[str, ...]] = {
    "text": ("has", "has_not", "is", "not", *_EMPTY),
    "choice": ("is", "not", *_EMPTY),
    "number": ("min", "max", *_EMPTY),
    "day": ("before", "after", *_EMPTY),
    "yes_no": ("yes", "no"),
}
KIND_OF_OWN = {
    "text": "text", "phone": "text", "number": "number", "money": "number", "date": "day", "choice": "choice",
    "several": "choice", "yes_no": "yes_no", "person": "choice",
}  # fmt: skip
TEXTS = {
    "company": _("company"),
    "person_name": _("contact person"),
    "title": pgettext_lazy("of a person", "title"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "wechat": _("WeChat"),
    "province": _("province"),
    "city": _("city"),
    "product": _("product"),
    "wants": _("what they want"),
    "campaign": _("campaign"),
    "language": _("language"),
}
STANDARD = {
    **{name: ("text", label) for name, label in TEXTS.items()},
    "channel": ("choice", _("arrived by")),
    "source": ("choice", _("source")),
    "form": ("choice", pgettext_lazy("where a lead came from", "form")),
    "working_hours": ("yes_no", _("came in working hours")),
    "is_customer": ("yes_no", _("is a customer already")),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that conditions may ask for. `choices`: what may be chosen of it, in words; none for what is typed."""

    code: str
    label: Any
    kind: str
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def operators(self) -> tuple[str, ...]:
        return OPERATORS[self.kind]

    def words_of(self, value: str) -> Any:
        return dict(self.choices).get(value, value)


def asked_fields() -> dict[str, Asked]:
    """Every field there is, by its code."""
    sources = tuple((str(pk), name) for pk, name in SourceChannel.objects.values_list("pk", "name"))
    choices = {"channel": tuple((str(value), label) for value, label in Channel.choices), "source": sources}
    choices["form"] = tuple((str(pk), name) for pk, name in CaptureForm.objects.values_list("pk", "name"))
    fields = {code: Asked(code, label, kind, choices.get(code, ())) for code, (kind, label) in STANDARD.items()}
    for field in own_fields.fields_of(SUBJECT):
        offered = tuple((choice.key, choice.label) for choice in field.choices)
        if field.kind == "person":
            offered = tuple((str(pk), name) for pk, name in Person.objects.active().values_list("pk", "name"))
        fields[OWN + field.code] = Asked(OWN + field.code, field.label, KIND_OF_OWN[field.kind], offered)
    return fields


def facts_of(lead: Lead, form: int | None, *, working_hours: bool) -> dict[str, Any]:
    """What is known of a lead as it arrives; `form` is the key of the capture form it came by."""
    facts: dict[str, Any] = {name: getattr(lead, name) for name in TEXTS}
    facts["form"] = str(form or "")
    facts["channel"] = lead.channel
    facts["source"] = str(lead.source_id or "")
    facts["working_hours"] = working_hours
    facts["is_customer"] = lead.matched_id is not None
    for code, value in (getattr(lead, "custom", None) or {}).items():
        facts[OWN + code] = value
    return facts


def known_to(unit: Unit, *, document: Document) -> Known:
    """What the rules of a unit may name: people and queues of its own, below and above it, and units of its own.

    What already stands in `document` stays nameable: a colleague who left is passed over, not an error.
    """
    fields, tree = asked_fields(), Unit.tree()
    near = tree.below(unit.pk) | tree.above(unit.pk)
    there = {share.person for rule in document.rules for share in rule.target.shares}
    people = dict(Person.objects.holding_customers().filter(unit__in=near).values_list("pk", "name"))
    return Known(
        labels={code: str(field.label) for code, field in fields.items()},
        operators={code: field.operators for code, field in fields.items()},
        values={
            code: frozenset(value for value, _words in field.choices)
            for code, field in fields.items()
            if field.kind == "choice"
        },
        people=people | dict(Person.objects.filter(pk__in=there).values_list("pk", "name")),
        units=dict(Unit.objects.filter(pk__in=tree.below(unit.pk)).values_list("pk", "name")),
        queues=dict(Queue.objects.open().filter(unit__in=near).values_list("pk", "name")),
    )


def said(conditions: tuple[Condition, ...], fields: Mapping[str, Asked]) -> list[list[Any]]:
    """Conditions as a reason keeps them: the field, its label where it is one's own, operator, values in words."""
    kept = []
    for each in conditions:
        field = fields.get(each.field)
        is_own = each.field.startswith(OWN)
        values = [
            value if field is None or each.field == "channel" else str(field.words_of(value)) for value in each.values
        ]
        kept.append([each.field, str(field.label) if field and is_own else "", each.operator, values])
    return kept
