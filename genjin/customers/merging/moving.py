"""What hangs on a customer goes along with it into another, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.core.audit.services import plain
from genjin.customers import hanging
from genjin.customers.hanging import Hanging
from genjin.customers.models import Customer
from genjin.organization.models import Person

Moved = dict[str, list[Any]]
Whose = dict[str, dict[str, list[Any]]]
PassedOn = dict[str, dict[str, list[list[Any]]]]


def go_along(source: Customer, target: Customer) -> Moved:
    """Hang on `target` what hangs on `source` and goes along with a merge; the keys of what went, by table.

    What the target has already (a tag, a phone, a colleague it is lent to) stays where it is.
    """
    moved = along(source, target)  # all are chosen before the first goes: a phone stays where its person does
    for one in going():
        if keys := moved.get(label(one)):
            one.model._default_manager.filter(pk__in=keys).update(**{one.to: target})
    return moved


def along(source: Customer, target: Customer) -> Moved:
    """What would go along, by table."""
    found = {}
    for one in going():
        rows = one.model._default_manager.filter(**{one.to: source}).order_by()
        if one.stays:
            rows = rows.exclude(one.stays(source, target))
        if keys := list(rows.values_list("pk", flat=True)):
            found[label(one)] = keys
    return found


def go_back(source: Customer, target: Customer, moved: Mapping[str, Sequence[Any]]) -> None:
    """Hang on `source` again what went from it to `target`, as far as it hangs there still."""
    for one in going():
        if keys := moved.get(label(one)):
            one.model._default_manager.filter(pk__in=keys, **{one.to: target}).update(**{one.to: source})


def whose_of(moved: Mapping[str, Sequence[Any]]) -> Whose:
    """Whose each of these rows is, and what else follows from that, by table and key."""
    found: Whose = {}
    for one in going():
        if one.follows and (keys := moved.get(label(one))):
            rows = one.model._default_manager.filter(pk__in=keys).values_list("pk", *one.follows)
            found[label(one)] = {str(pk): [plain(value) for value in values] for pk, *values in rows}
    return found


def passed_on(stood: Whose, left: Whose) -> PassedOn:
    """The rows that are somebody else's after the merge: as they were before, and after."""
    return {
        table: changed
        for table, rows in stood.items()
        if (changed := {pk: [was, left[table][pk]] for pk, was in rows.items() if was != left[table].get(pk)})
    }


def as_the_merge_left_them(passed: PassedOn) -> PassedOn:
    """Those of the rows that nobody has given to another since, or ended."""
    now = whose_of({table: [int(pk) for pk in rows] for table, rows in passed.items()})
    return {
        table: {pk: pair for pk, pair in rows.items() if now.get(table, {}).get(pk) == pair[1]}
        for table, rows in passed.items()
    }


def give_back(source: Customer, passed: PassedOn) -> None:
    """Rows that hang on `source` again are whose they were before the merge; of somebody who left they stay as now."""
    people = {pair[0][0] for rows in passed.values() for pair in rows.values() if pair[0][0]}
    here = {None, *Person.objects.active().filter(pk__in=people).values_list("pk", flat=True)}
    for one in going():
        for pk, (was, _left) in passed.get(label(one), {}).items():
            if was[0] in here:
                rows = one.model._default_manager.filter(pk=pk, **{one.to: source})
                rows.update(**dict(zip(one.follows, was, strict=True)))


def going() -> list[Hanging]:
    """The tables whose rows go along."""
    return [one for one in hanging.registered() if one.goes_along]


def label(one: Hanging) -> str:
    """What the journal calls a table."""
    return f"{one.model._meta.label_lower}.{one.to}"
