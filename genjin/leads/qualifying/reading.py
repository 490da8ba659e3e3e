"""Which checklist a lead is asked by, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genjin.core.fields.reading import fields_of
from genjin.leads.models import Lead
from genjin.leads.qualifying import rules
from genjin.leads.qualifying.models import Checklist, Qualification
from genjin.organization.models import Unit

OWN = "custom."
STANDARD = ("company", "person_name", "title", "phone", "email", "wechat", "province", "city", "product", "wants")


def choices(actor: Any = None) -> list[tuple[str, Any]]:
    """The fields of a lead that a checklist may ask for, each with its word: standard and custom ones."""
    standard = [(name, Lead._meta.get_field(name).verbose_name) for name in STANDARD]  # type: ignore[union-attr]
    return [*standard, *((OWN + field.code, field.label) for field in fields_of("lead", actor))]


def filled_of(lead: Lead) -> frozenset[str]:
    """The fields of a lead that have a value."""
    own = {OWN + code for code, value in (lead.custom or {}).items() if value not in (None, "", [])}
    return frozenset(own | {name for name in STANDARD if getattr(lead, name) not in (None, "")})


def checklist_for(lead: Lead) -> Checklist | None:
    """That of its unit or of the nearest above, of its product before that for all."""
    upward = list(Unit.tree().upward(lead.unit_id))
    rows = Checklist.objects.filter(unit__in=upward, is_current=True, product__in=["", lead.product])
    found = {(row.unit_id, row.product): row for row in rows}
    for unit in upward:
        for product in dict.fromkeys((lead.product, "")):
            if (unit, product) in found:
                return found[unit, product]
    return None


@dataclass(frozen=True)
class Stand:
    """How a lead stands: by which version, what was answered, the sum and what is missing."""

    checklist: Checklist
    content: rules.Content
    result: rules.Result
    answers: dict[str, bool]
    has_begun: bool

    def word(self, item: rules.Item) -> str:
        """What an item asks, in words."""
        return item.words or str(dict(choices()).get(item.field, item.field))

    def step_lines(self) -> list[tuple[rules.Step, list[rules.Line]]]:
        lines = {line.item.code: line for line in self.result.lines}
        return [(step, [lines[item.code] for item in step.items]) for step in self.content.steps]


def stand_of(lead: Lead) -> Stand | None:
    """None where no checklist is asked."""
    held = Qualification.objects.filter(lead=lead).select_related("checklist").first()
    checklist = held.checklist if held else checklist_for(lead)
    if checklist is None:
        return None
    content, answers = rules.read(checklist.content), held.answers if held else {}
    return Stand(checklist, content, rules.result(content, answers, filled_of(lead)), answers, held is not None)


def first_open(stand: Stand) -> int:
    """The first step with something not met; the last where all is."""
    parts: Sequence[Any] = stand.step_lines()
    for place, (_step, lines) in enumerate(parts):
        if any(not line.is_met and line.item.code not in stand.answers for line in lines):
            return place
    return len(parts) - 1
