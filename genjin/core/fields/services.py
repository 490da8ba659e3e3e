"""Defining custom fields, and what stands in a row after somebody has given values."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, record
from genjin.core.events import emit
from genjin.core.fields import reading, rules
from genjin.core.fields.checks import MOST_FIELDS, code_from, fault_of
from genjin.core.fields.definitions import Choice
from genjin.core.fields.events import SearchedFieldsChanged
from genjin.core.fields.models import Field
from genjin.core.fields.registry import subject_of
from genjin.core.permissions import require, roles_of
from genjin.core.reasons import NotPermitted, Outdated, Reason, Refused

VERB = "fields.change"
KEPT = (
    "label", "kind", "choices", "help", "is_required", "default", "bounds", "seen_by", "changed_by",
    "is_known_at_arrival", "is_searchable", "position", "retired_on",
)  # fmt: skip


@transaction.atomic
def make_field(*, subject: str, label: str, kind: str, code: str = "", by: Any, at: datetime, **details: Any) -> Field:
    """A new field, last of its subject. `details` are those of `change_field`; the code is made from the label."""
    require(by, VERB)
    subject_of(subject)
    there = list(_held(subject))
    if sum(field.retired_on is None for field in there) >= MOST_FIELDS:
        raise Refused("too_many_fields", most=MOST_FIELDS)
    taken = {field.code for field in there}
    if code in taken:
        raise Refused("field_code_taken", given=code)
    field = Field(subject=subject, code=code or code_from(label, taken), kind=kind)
    field.position = max((other.position for other in there), default=0) + 1
    _take_on(field, {"label": label, **details})
    _require_sense(field, there)
    field.save(force_insert=True)
    _told(field, {}, verb="field.made", by=by, at=at)
    return field


@transaction.atomic
def change_field(*, field: Field, by: Any, at: datetime, version: int | None = None, **details: Any) -> Field:
    """Change what is given: label, kind, help, is_required, default (as it is kept), choices ((key or "", label,
    whether retired), …), least, most, decimals, longest, seen_by, changed_by, is_known_at_arrival, is_searchable.

    Another kind is refused once values stand; a choice that is left out is retired, for values may name it.
    """
    require(by, VERB)
    there = list(_held(field.subject))
    row = next(other for other in there if other.pk == field.pk)
    if version is not None and row.version != version:
        raise Outdated(list(Entry.objects.about("field", row.pk).select_related("by")[: row.version - version]))
    before = _kept(row)
    _take_on(row, details)
    if row.kind != before["kind"] and holds_values(row):
        raise Refused("field_holds_values", field=row.label)
    _require_sense(row, [other for other in there if other.pk != row.pk])
    return _keep(row, before, verb="field.changed", by=by, at=at)


@transaction.atomic
def move_field(*, field: Field, up: bool, by: Any, at: datetime) -> Field:
    """One place up or down among those in use. At the end it stays."""
    require(by, VERB)
    used = [other for other in _held(field.subject) if other.retired_on is None]
    place = next(number for number, other in enumerate(used) if other.pk == field.pk)
    other = used[place - 1] if up and place else used[place + 1] if not up and place + 1 < len(used) else None
    if other is None:
        return used[place]
    row = used[place]
    before, others = _kept(row), _kept(other)
    row.position, other.position = other.position, row.position
    _keep(other, others, verb="field.moved", by=by, at=at)
    return _keep(row, before, verb="field.moved", by=by, at=at)


@transaction.atomic
def retire_field(*, field: Field, by: Any, at: datetime) -> Field:
    """Offer it no more. What stands in it is kept, told in the history, and there again when it is brought back."""
    require(by, VERB)
    row = Field.objects.select_for_update().get(pk=field.pk)
    before = _kept(row)
    row.retired_on = row.retired_on or timezone.localdate(at)
    return _keep(row, before, verb="field.retired", by=by, at=at)


@transaction.atomic
def bring_back_field(*, field: Field, by: Any, at: datetime) -> Field:
    """Offer it again. Refused where another one has its label by now, or there are too many."""
    require(by, VERB)
    there = list(_held(field.subject))
    row = next(other for other in there if other.pk == field.pk)
    others = [other for other in there if other.pk != row.pk]
    if row.retired_on is not None and sum(other.retired_on is None for other in others) >= MOST_FIELDS:
        raise Refused("too_many_fields", most=MOST_FIELDS)
    before = _kept(row)
    row.retired_on = None
    _require_sense(row, others)
    return _keep(row, before, verb="field.brought_back", by=by, at=at)


def holds_values(field: Field) -> bool:
    """Whether any row has a value of it."""
    return subject_of(field.subject).model._default_manager.filter(custom__has_key=field.code).exists()


def values_given(
    kind: str, given: Mapping[str, Any], *, held: Mapping[str, Any] | None = None, by: Any
) -> dict[str, Any] | None:
    """What stands in a row after these values (by code, as they are kept; None empties) were given.

    `by` None is the system: a form of one's own or an import that has checked already who may. Refused: field_unknown,
    field_value_refused; NotPermitted: field_not_for_your_role. What is given as it stands is passed over.
    """
    stood = held or {}
    changed = {code: value for code, value in given.items() if value != stood.get(code)}
    known = {field.code: field for field in reading.fields_of(kind, retired=True)} if changed else {}
    for code, value in changed.items():
        field = known.get(code)
        if field is None:
            raise Refused("field_unknown", given=code)
        if by is not None and not rules.may_change(field, by.role):
            raise NotPermitted("field_not_for_your_role", field=field.label)
        reason = rules.refusal(field, value, held=stood.get(code))
        if reason is None and field.kind == "person" and value is not None and not _is_seen(value, by):
            reason = Reason("field_takes_no_person")
        if reason is not None:
            raise Refused("field_value_refused", field=field.label, why=reason.as_json())
    return rules.merged(held, changed)


def values_of_new(kind: str, given: Mapping[str, Any], *, by: Any) -> dict[str, Any] | None:
    """What stands in a new row: what was given (a given None stays empty), else the defaults."""
    accepted = values_given(kind, {code: value for code, value in given.items() if value is not None}, by=by) or {}
    return rules.with_defaults(reading.fields_of(kind), {**given, **accepted}) or None


def _is_seen(person: int, by: Any) -> bool:
    people = get_user_model().objects.all()
    return (people.visible_to(by) if by is not None else people).filter(pk=person).exists()


def _held(subject: str) -> Any:
    """The fields of a subject, held until the transaction ends: two that are made at once get two codes."""
    return Field.objects.filter(subject=subject).order_by("position", "pk").select_for_update()


def _take_on(field: Field, details: Mapping[str, Any]) -> None:
    for name, value in details.items():
        if name == "choices":
            field.choices = _choices(field.choices, value)
        elif name in ("seen_by", "changed_by"):
            # Whoever defines fields sees and fills them all.
            setattr(field, name, sorted({*value, *roles_of(VERB)}) if value else [])
        elif name in ("least", "most", "decimals", "longest"):
            kept = str(value) if isinstance(value, Decimal) else value
            field.bounds = {**{key: old for key, old in field.bounds.items() if key != name}}
            field.bounds |= {} if kept in (None, "") else {name: kept}
        elif name in KEPT and name not in ("position", "retired_on"):
            setattr(field, name, value.strip() if isinstance(value, str) and name in ("label", "help") else value)
        else:
            raise TypeError(f"a field has no {name}")


def _choices(there: list[dict[str, Any]], wanted: Iterable[tuple[str, str, bool]]) -> list[dict[str, Any]]:
    """In the wanted order; what is wanted no more stands behind, retired."""
    taken, made = {each["key"] for each in there}, []
    for key, label, retired in wanted:
        same = key or next((old["key"] for old in there if old["label"] == label.strip()), "")
        if not same:
            same = code_from(label, taken)
            taken.add(same)
        made.append(Choice(same, label.strip(), retired))
    kept = {choice.key for choice in made}
    made += [Choice(old["key"], old["label"], True) for old in there if old["key"] not in kept]
    return [{"key": each.key, "label": each.label, **({"retired": True} if each.is_retired else {})} for each in made]


def _require_sense(field: Field, others: Iterable[Field]) -> None:
    if fault := fault_of(reading.definition_of(field)):
        raise Refused(fault.code, **fault.figures)
    labels = {other.label.casefold() for other in others if other.retired_on is None}
    if field.retired_on is None and field.label.casefold() in labels:
        raise Refused("field_label_taken", field=field.label)


def _kept(field: Field) -> dict[str, Any]:
    return {name: getattr(field, name) for name in KEPT}


def _keep(field: Field, before: Mapping[str, Any], *, verb: str, by: Any, at: datetime) -> Field:
    if not changes_between(before, _kept(field)):
        return field
    field.version += 1
    field.save()
    _told(field, before, verb=verb, by=by, at=at)
    return field


def _told(field: Field, before: Mapping[str, Any], *, verb: str, by: Any, at: datetime) -> None:
    """Note it, let the next reader ask anew, and tell who keeps the search."""
    changes = changes_between(before, _kept(field))
    record(by=by, at=at, verb=verb, kind="field", subject=field.pk, changes=changes)
    reading.ask_again()
    if before and not {"is_searchable", "seen_by", "retired_on"}.isdisjoint(changes) and _is_of_search(field, before):
        emit(SearchedFieldsChanged(field.subject))


def _is_of_search(field: Field, before: Mapping[str, Any]) -> bool:
    return field.is_searchable or bool(before.get("is_searchable"))
