"""The rules of a unit as data, read strictly: what is not known is named, and nothing of it is taken over.

A rule says which leads it is for (all or any of its conditions; without one every lead) and to whom they go: into a
queue, to a person, among a unit's people or among those who are named.
"""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from genjin.core.reasons import Reason

# How much of it there may be (ours): what no company needs is a mistake or an attack.
MOST_RULES = 100
MOST_CONDITIONS = 20
MOST_VALUES = 50
LONGEST_VALUE = 100
MOST_PEOPLE = 500
MOST_WEIGHT = 100

WAYS = ("turn", "least", "weighted", "room")


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question about a lead; several values mean any of them."""

    field: str
    operator: str
    values: tuple[str, ...] = ()


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who takes part; with a weight of 2 they get twice as many as with 1."""

    person: int
    weight: int = 1


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to. `way`, among several: in turn, whoever has the fewest open leads, by weight, whoever has most room."""

    kind: Literal["queue", "person", "unit", "people"]
    queue: int | None = None
    unit: int | None = None
    shares: tuple[Share, ...] = ()
    way: Literal["turn", "least", "weighted", "room"] = "turn"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key` names it for good within its unit. `cap_a_day`: as many leads a person is given by rules in a day.

    `skips_full`: nobody whose stock of new customers is full. `accept_minutes`: working minutes to accept within, None
    for those of the unit's queue; `if_late`: then back into the queue, or on to the next.
    """

    key: int
    name: str
    target: Target
    conditions: tuple[Condition, ...] = ()
    join: Literal["all", "any"] = "all"
    is_on: bool = False
    cap_a_day: int | None = None
    skips_full: bool = False
    accept_minutes: int | None = None
    if_late: Literal["queue", "next"] = "next"


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit's rules in their order. `next_key` is that of the next rule to be made: none is ever given twice."""

    rules: tuple[Rule, ...] = ()
    next_key: int = 1

    def rule(self, key: int) -> Rule | None:
        return next((rule for rule in self.rules if rule.key == key), None)


def read(given: Any) -> Document | Reason:
    """The rules out of plain values as JSON has them; what is wrong, and where, as a Reason."""
    try:
        return msgspec.convert(given, Document)
    except msgspec.ValidationError as wrong:
        return Reason("rules_unreadable", {"wrong": str(wrong)})


def written(document: Document) -> dict[str, Any]:
    """As JSON keeps it."""
    made: dict[str, Any] = msgspec.to_builtins(document)
    return made


class Known(msgspec.Struct, frozen=True):
    """What a rule may name: fields by code with what they are called, their operators and, where they are bounded,
    their values; people, units and queues by key with what they are called."""

    labels: Mapping[str, str]
    operators: Mapping[str, tuple[str, ...]]
    values: Mapping[str, frozenset[str]]
    people: Mapping[int, str]
    units: Mapping[int, str]
    queues: Mapping[int, str]


def fault_of(document: Document, known: Known) -> Reason | None:
    """The first thing in it that cannot be: named with the rule it stands in."""
    if len(document.rules) > MOST_RULES:
        return Reason("rules_too_many", {"most": MOST_RULES})
    keys = [rule.key for rule in document.rules]
    if len(set(keys)) < len(keys) or any(not 1 <= key < document.next_key for key in keys):
        return Reason("rules_unreadable", {"wrong": "key"})
    names = [rule.name for rule in document.rules]
    for rule in document.rules:
        if names.count(rule.name) > 1:
            return Reason("rule_name_taken", {"rule": rule.name})
        fault = _fault_of_rule(rule, known)
        if fault is not None:
            return fault
    return None


def _fault_of_rule(rule: Rule, known: Known) -> Reason | None:
    named = {"rule": rule.name}
    if not rule.name.strip() or len(rule.name) > 60:
        return Reason("rule_needs_a_name")
    if len(rule.conditions) > MOST_CONDITIONS:
        return Reason("rule_conditions_too_many", named | {"most": MOST_CONDITIONS})
    for bound, most in ((rule.cap_a_day, 10_000), (rule.accept_minutes, 10_000)):
        if bound is not None and not 1 <= bound <= most:
            return Reason("rule_number_out_of_bounds", named | {"number": bound, "most": most})
    faults = (_fault_of_condition(condition, known) for condition in rule.conditions)
    fault = next((each for each in faults if each), None) or _fault_of_target(rule.target, known)
    return Reason(fault.code, named | fault.figures) if fault else None


def _fault_of_condition(condition: Condition, known: Known) -> Reason | None:
    if condition.field not in known.operators:
        return Reason("rule_field_unknown", {"field": condition.field[:60]})
    called = known.labels[condition.field]
    if condition.operator not in known.operators[condition.field]:
        return Reason("rule_operator_unknown", {"field": called, "operator": condition.operator[:60]})
    if condition.operator in WITHOUT_VALUE:
        return Reason("rule_value_not_wanted", {"field": called}) if condition.values else None
    if not condition.values:
        return Reason("rule_value_missing", {"field": called})
    if len(condition.values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in condition.values):
        return Reason("rule_values_too_long", {"field": called, "most": MOST_VALUES})
    offered = known.values.get(condition.field)
    for value in condition.values:
        wrong = not value.strip() or (offered is not None and value not in offered)
        if wrong or not _is_readable(condition.operator, value):
            return Reason("rule_value_unknown", {"field": called, "value": value[:60]})
    return None


def _is_readable(operator: str, value: str) -> bool:
    if operator in ("min", "max"):
        return value.removeprefix("-").replace(".", "", 1).isdecimal() and value.isascii()
    if operator in ("before", "after"):
        return len(value) == 10 and value.replace("-", "").isdecimal() and value.isascii()
    return True


WITHOUT_VALUE = ("empty", "filled", "yes", "no")


def _fault_of_target(target: Target, known: Known) -> Reason | None:
    if target.kind == "queue":
        return None if target.queue in known.queues else Reason("rule_queue_unknown", {"queue": target.queue})
    if target.kind == "unit":
        return None if target.unit in known.units else Reason("rule_unit_unknown", {"unit": target.unit})
    people = [share.person for share in target.shares]
    if not people or (target.kind == "person" and len(people) > 1):
        return Reason("rule_needs_people")
    if len(people) > MOST_PEOPLE or len(set(people)) < len(people):
        return Reason("rule_people_too_many", {"most": MOST_PEOPLE})
    for share in target.shares:
        if share.person not in known.people:
            return Reason("rule_person_unknown", {"person": share.person})
        if not 1 <= share.weight <= MOST_WEIGHT:
            return Reason("rule_weight_out_of_bounds", {"person": known.people[share.person], "most": MOST_WEIGHT})
    return None
