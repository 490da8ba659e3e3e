"""What rows would change at customers who are there, as the preview shows it: each field before and after, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.kinds import kind_of
from genjin.core.transfer.models import ImportRun
from genjin.customers.custom_words import changes_in_words
from genjin.customers.history_values import names_in, worded
from genjin.customers.history_words import FIELDS
from genjin.customers.importing.updating.choices import KEYS, MODES, RULES, choices_in
from genjin.customers.models import Customer

LABELS = {**FIELDS, "class_code": _("class"), "source": _("source"), "contact_person": _("contact person")}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeExample:
    """One row's changes. `customer` is None for one that an earlier row of the file makes."""

    number: int
    name: str
    customer: Customer | None
    changes: Sequence[FieldChange]


def change_examples(run: ImportRun, actor: Any) -> list[ChangeExample]:
    """The first changes of the dry run."""
    examples = run.preview.get("changes", {}).get("examples", [])
    customers = Customer.objects.visible_to(actor).in_bulk([one["customer"] for one in examples if one["customer"]])
    added = {one.name: one.label for addition in kind_of(run).additions for one in addition.fields}
    names = names_in(one["changes"] for one in examples)
    found = []
    for one in examples:
        customer = customers.get(one["customer"] or 0)
        shown = customer or Customer(playbook="general")
        told = [
            FieldChange(LABELS[field], worded(field, old, names, shown), worded(field, new, names, shown))
            for field, (old, new) in one["changes"].items()
            if field in LABELS and (field != "class_code" or customer is not None)
        ]
        told += [
            FieldChange(added[field], _plain(old), _plain(new))
            for field, (old, new) in one["changes"].items()
            if field in added
        ]
        told += [
            FieldChange(each.label, each.before, each.after)
            for each in changes_in_words("customer", one["changes"], actor)
        ]
        found.append(ChangeExample(one["row"], one["name"], customer, [each for each in told if each.after]))
    return found


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Meeting:
    """How the file meets the customers there, as the page of the columns offers it."""

    modes: Sequence[tuple[str, Any]]
    mode: str
    keys: Sequence[tuple[str, Any]]
    key: str
    rules: Sequence[tuple[str, Any]]
    chosen: Sequence[str]


def meeting(run: ImportRun) -> Meeting:
    """The modes, keys and rules with what is chosen; `chosen` has the rule of each column, in the file's order."""
    choices = choices_in(run.options)
    fields = [run.mapping.get(title, "") for title in run.header]
    chosen = [choices.rule(field) if field else "" for field in fields]
    return Meeting(MODES, choices.mode, KEYS, choices.key, RULES, chosen)


def rules_chosen(run: ImportRun, mapping: dict[str, str], answers: Any) -> dict[str, str]:
    """Field → rule, from a form with a select for every column; of two columns with one field the first counts."""
    rules: dict[str, str] = {}
    for index, title in enumerate(run.header):
        field, rule = mapping.get(title, ""), answers.get(f"rule-{index}", "")
        if field and rule:
            rules.setdefault(field, rule)
    return rules
