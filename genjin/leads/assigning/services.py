"""Changing the rules of a unit: every change is a version, and who leads the unit makes it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.leads.assigning import document
from genjin.leads.assigning.document import Document, Rule
from genjin.leads.assigning.facts import known_to
from genjin.leads.assigning.models import RuleVersion
from genjin.organization.models import Person, Unit

PERMISSION = "leads.change_rules"


def newest_of(unit: int) -> RuleVersion | None:
    """The version of a unit's own rules that somebody left last; None where there never were any."""
    return RuleVersion.objects.filter(unit=unit).order_by("-number").first()


def document_of(version: RuleVersion | None) -> Document:
    """What a version says; no rules where there is none, or where the unit went back to its parent's."""
    if version is None or version.document is None:
        return Document(next_key=_next_key(version))
    read = document.read(version.document)
    assert isinstance(read, Document)
    return read


def _next_key(version: RuleVersion | None) -> int:
    """Keys go on where those of older versions ended: a turn never passes to another rule."""
    if version is None:
        return 1
    older = RuleVersion.objects.filter(unit=version.unit_id, document__isnull=False).order_by("-number").first()
    return document_of(older).next_key if older else 1


@transaction.atomic
def write_rules(*, unit: Unit, given: Any, number: int, by: Person, at: datetime) -> RuleVersion:
    """Take over the rules of a unit as a whole, as data. Refused with the first thing that is wrong; then nothing of it
    holds. `number` is the version that they were made from."""
    read = document.read(given)
    if isinstance(read, Reason):
        raise Refused(read.code, **read.figures)
    return _kept(unit, number, lambda _now: read, verb="rules.written", by=by, at=at)


@transaction.atomic
def save_rule(*, unit: Unit, rule: Rule, number: int, by: Person, at: datetime) -> RuleVersion:
    """Add a rule at the end (key 0), or put one in the place of that with the same key."""

    def changed(now: Document) -> Document:
        if rule.key == 0:
            new = msgspec.structs.replace(rule, key=now.next_key)
            return Document((*now.rules, new), now.next_key + 1)
        if now.rule(rule.key) is None:
            raise Refused("rule_is_gone")
        rules = tuple(rule if each.key == rule.key else each for each in now.rules)
        return msgspec.structs.replace(now, rules=rules)

    return _kept(unit, number, changed, verb="rules.saved", by=by, at=at, note=rule.name)


@transaction.atomic
def switch_rule(*, unit: Unit, key: int, is_on: bool, number: int, by: Person, at: datetime) -> RuleVersion:
    """Switch one rule on or off."""
    verb = "rules.switched_on" if is_on else "rules.switched_off"

    def changed(now: Document) -> Document:
        return _with(now, key, is_on=is_on)

    return _kept(unit, number, changed, verb=verb, by=by, at=at, key=key)


@transaction.atomic
def move_rule(*, unit: Unit, key: int, up: bool, number: int, by: Person, at: datetime) -> RuleVersion:
    """One place up or down in the order in which rules are asked."""

    def changed(now: Document) -> Document:
        rules = list(now.rules)
        place = next((nth for nth, each in enumerate(rules) if each.key == key), None)
        if place is None:
            raise Refused("rule_is_gone")
        other = place - 1 if up else place + 1
        if 0 <= other < len(rules):
            rules[place], rules[other] = rules[other], rules[place]
        return msgspec.structs.replace(now, rules=tuple(rules))

    return _kept(unit, number, changed, verb="rules.moved", by=by, at=at, key=key)


@transaction.atomic
def remove_rule(*, unit: Unit, key: int, number: int, by: Person, at: datetime) -> RuleVersion:
    """Take a rule out. Older versions keep it."""

    def changed(now: Document) -> Document:
        if now.rule(key) is None:
            raise Refused("rule_is_gone")
        return msgspec.structs.replace(now, rules=tuple(each for each in now.rules if each.key != key))

    return _kept(unit, number, changed, verb="rules.removed", by=by, at=at, key=key)


@transaction.atomic
def bring_back(*, unit: Unit, version: RuleVersion, number: int, by: Person, at: datetime) -> RuleVersion:
    """The rules as an older version had them, as a new version; what they name must still be there."""
    if version.unit_id != unit.pk:
        raise NotPermitted("rules_out_of_reach")
    older = document_of(version)

    def changed(now: Document) -> Document:
        return msgspec.structs.replace(older, next_key=max(now.next_key, older.next_key))

    note = str(version.number)
    return _kept(unit, number, changed, verb="rules.brought_back", by=by, at=at, note=note)


@transaction.atomic
def follow_parent(*, unit: Unit, number: int, by: Person, at: datetime) -> RuleVersion:
    """No rules of its own any more: those of the unit above hold."""
    _require_leading(unit, by)
    row = _locked(unit, number)
    return _written(unit, row, None, verb="rules.given_up", by=by, at=at)


def _with(now: Document, key: int, **changes: Any) -> Document:
    if now.rule(key) is None:
        raise Refused("rule_is_gone")
    rules = tuple(msgspec.structs.replace(each, **changes) if each.key == key else each for each in now.rules)
    return msgspec.structs.replace(now, rules=rules)


def _kept(
    unit: Unit, number: int, change: Callable[[Document], Document], *, verb: str, by: Person, at: datetime,
    note: str = "", key: int | None = None,
) -> RuleVersion:  # fmt: skip
    _require_leading(unit, by)
    row = _locked(unit, number)
    now = document_of(row)
    changed = change(now)
    fault = document.fault_of(changed, known_to(unit, document=now))
    if fault is not None:
        raise Refused(fault.code, **fault.figures)
    named = now.rule(key) if key else None
    return _written(unit, row, changed, verb=verb, by=by, at=at, note=note or (named.name if named else ""))


def _written(
    unit: Unit, row: RuleVersion | None, changed: Document | None, *, verb: str, by: Person, at: datetime,
    note: str = "",
) -> RuleVersion:  # fmt: skip
    made = RuleVersion.objects.create(
        unit=unit, number=row.number + 1 if row else 1, made_by=by, made_at=at,
        document=None if changed is None else document.written(changed),
    )  # fmt: skip
    changes = {"document": [row.document if row else None, made.document], "number": [made.number - 1, made.number]}
    record(by=by, at=at, verb=verb, kind="rules", subject=unit.pk, changes=changes, note=note)
    return made


def _locked(unit: Unit, number: int) -> RuleVersion | None:
    """The newest version; refused where somebody made a newer one than `number`. Two who come at once wait here."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    row = newest_of(unit.pk)
    if (row.number if row else 0) != number:
        raise Refused("rules_changed_since")
    return row


def _require_leading(unit: Unit, by: Person) -> None:
    require(by, PERMISSION)
    if not by.scope.leads(unit.pk):
        raise NotPermitted("rules_out_of_reach")
