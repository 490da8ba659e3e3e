"""What hangs on a lead goes along with it into another, and back: pushes, arrivals, and whatever table names a lead."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django.db.models import Model, UniqueConstraint

from genjin.leads.merging.models import LeadMerge
from genjin.leads.models import Lead

Moved = dict[str, list[Any]]


def hanging() -> Iterator[tuple[str, type[Model], str]]:
    """Each table with a column that names a lead: what the journal calls it, its model, the column. Merges stay."""
    for relation in Lead._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            model, column = cast(type[Model], relation.related_model), relation.field.name  # type: ignore[union-attr]
            if model is not LeadMerge:
                yield f"{model._meta.label_lower}.{column}", model, column


def go_along(source: Lead, target: Lead) -> Moved:
    """Hang on `target` what hangs on `source`; the keys of what went, by table. What is there already of something
    that a lead has once stays where it is."""
    moved: Moved = {}
    for label, model, column in hanging():
        rows = model._default_manager.filter(**{column: source}).order_by()
        for others in _once_each(model, column):
            there = model._default_manager.filter(**{column: target}).order_by()
            if not others:
                rows = rows.none() if there.exists() else rows
            for values in there.values(*others) if others else ():
                rows = rows.exclude(**values)
        if keys := list(rows.values_list("pk", flat=True)):
            moved[label] = keys
            model._default_manager.filter(pk__in=keys).update(**{column: target})
    return moved


def go_back(source: Lead, target: Lead, moved: Mapping[str, Sequence[Any]]) -> None:
    """Hang on `source` again what went from it to `target`, as far as it hangs there still."""
    for label, model, column in hanging():
        if keys := moved.get(label):
            model._default_manager.filter(pk__in=keys, **{column: target}).update(**{column: source})


def _once_each(model: type[Model], column: str) -> Iterator[tuple[str, ...]]:
    """Of what a lead may have one only: the columns beside it that make two of them one."""
    if model._meta.get_field(column).unique:  # type: ignore[union-attr]
        yield ()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and column in constraint.fields:
            yield tuple(field for field in constraint.fields if field != column)
