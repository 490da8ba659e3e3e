"""What hangs on a customer goes along with it into another, and back."""

from collections.abc import Mapping
from typing import Any

from genjin.customers import hanging
from genjin.customers.hanging import Hanging
from genjin.customers.models import Customer


def go_along(source: Customer, target: Customer) -> dict[str, list[Any]]:
    """Hang on `target` what hangs on `source` and goes along with a merge; the keys of what went, by table.

    What the target has already (a tag, a phone, a colleague it is lent to) stays where it is.
    """
    moved = along(source, target)  # all are chosen before the first goes: a phone stays where its person does
    for one in going():
        if keys := moved.get(label(one)):
            one.model._default_manager.filter(pk__in=keys).update(**{one.to: target})
    return moved


def along(source: Customer, target: Customer) -> dict[str, list[Any]]:
    """What would go along, by table."""
    found = {}
    for one in going():
        rows = one.model._default_manager.filter(**{one.to: source}).order_by()
        if one.stays:
            rows = rows.exclude(one.stays(source, target))
        if keys := list(rows.values_list("pk", flat=True)):
            found[label(one)] = keys
    return found


def go_back(source: Customer, target: Customer, moved: Mapping[str, list[Any]]) -> None:
    """Hang on `source` again what went from it to `target`, as far as it hangs there still."""
    for one in going():
        if keys := moved.get(label(one)):
            one.model._default_manager.filter(pk__in=keys, **{one.to: target}).update(**{one.to: source})


def going() -> list[Hanging]:
    """The tables whose rows go along."""
    return [one for one in hanging.registered() if one.goes_along]


def label(one: Hanging) -> str:
    """What the journal calls a table."""
    return f"{one.model._meta.label_lower}.{one.to}"
