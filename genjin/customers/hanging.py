"""What hangs on a customer: rows of other tables that go with it when an import is taken back, and those that keep it.

An app further right registers its tables, so that undoing an import knows that somebody has worked a customer.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from genjin.core.reasons import Reason
from genjin.core.transfer import bulk
from genjin.core.transfer.models import ImportRun


@dataclass(frozen=True, slots=True)
class Hanging:
    """One table with a field (`to`) that names a customer.

    `by_hand` tells the rows that the given import did not make: one of them, and the customer counts as touched, with
    `code` for the reason where the audit trail says nothing. Without `by_hand` the rows never keep a customer: what is
    done to them raises its version. `goes`: the rows are taken away with the customer.
    `goes_along`: they go along when the customer is merged into another (`merging/`), but for those that `stays` names,
    given both customers: the other has them already. `told` says so many of them in words. `follows` are the columns
    that change when the customer is another's, the one that names whose the row is first. `texts`: a customer has one
    row at most, of which these are put together with the other's. `in_the_way`: rows that, where both customers have
    such, are for a person to put together. `forgets`: where the customer is removed the rows stay and name none.
    """

    model: Any
    code: str = ""
    by_hand: Callable[[ImportRun], Q] | None = None
    to: str = "customer"
    order: int = 50
    goes: bool = True
    goes_along: bool = False
    stays: Callable[[Any, Any], Q] | None = None
    told: Callable[[int], str] | None = None
    follows: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    in_the_way: Q | None = None
    forgets: bool = False


def every_row(run: ImportRun) -> Q:
    """No import makes such rows."""
    return Q(pk__isnull=False)


def of_others(field: str) -> Callable[[ImportRun], Q]:
    """Rows that the given import did not make, by the field that names the import a row came with."""
    return lambda run: ~Q(**{field: run.pk})


_hangings: list[Hanging] = []


def register(hanging: Hanging) -> None:
    """Called from an app's `features.py`. Rows of a lower `order` are taken away first."""
    if hanging not in _hangings:
        _hangings.append(hanging)
        _hangings.sort(key=lambda one: one.order)


def registered() -> list[Hanging]:
    return list(_hangings)


def touched(run: ImportRun) -> Q:
    """Which customers somebody hung something on, as a condition on customers."""
    condition = Q(pk__in=[])
    for one in _keeping():
        condition |= Q(Exists(_rows(one, run).filter(**{one.to: OuterRef("pk")})))
    return condition


def touched_among(pks: Iterable[int], run: ImportRun) -> Mapping[int, Reason]:
    """Those of these customers that somebody hung something on, each with the first reason."""
    wanted = list(pks)
    found: dict[int, Reason] = {}
    for one in _keeping():
        keys = _rows(one, run).filter(**{f"{one.to}__in": wanted}).values_list(one.to, flat=True).distinct()
        for pk in keys:
            found.setdefault(pk, Reason(one.code))
    return found


def hung_besides(pk: int, own: Mapping[type, Collection[int]]) -> Reason | None:
    """The first reason why somebody has worked a customer that no import made: a row that hangs on it besides these
    keys, by table."""
    no_import = ImportRun(pk=0)  # every row is by hand then
    for one in _keeping():
        rows = _rows(one, no_import).filter(**{one.to: pk})
        if rows.exclude(pk__in=own.get(one.model, ())).exists():
            return Reason(one.code)
    return None


def take_away(pks: Iterable[int]) -> None:
    """Delete what hangs on these customers, in the caller's transaction."""
    wanted = list(pks)
    for one in _hangings:
        if one.goes:
            bulk.delete_rows(one.model, one.to, wanted)
        elif one.forgets:
            one.model._default_manager.filter(**{f"{one.to}__in": wanted}).update(**{one.to: None})


def _keeping() -> list[Hanging]:
    return [one for one in _hangings if one.by_hand is not None]


def _rows(one: Hanging, run: ImportRun) -> Any:
    assert one.by_hand is not None
    return one.model._default_manager.filter(one.by_hand(run)).order_by()
