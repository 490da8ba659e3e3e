"""Who sees which rows. `organization/rules.py` gives a `Scope`; only this module turns one into SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Flag, auto
from typing import Any, Protocol, Self

from django.db.models import Q, QuerySet
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see: everything, or their own rows, rows of `units`, and unowned rows of `commons`."""

    person: int
    everything: bool = False
    units: frozenset[int] = frozenset()
    commons: frozenset[int] = frozenset()

    def leads(self, unit: int) -> bool:
        """Whether all of that unit's rows are among them."""
        return self.everything or unit in self.units


class Actor(Protocol):
    """A person as core sees one."""

    @property
    def pk(self) -> Any: ...

    @property
    def scope(self) -> Scope: ...

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who sees with this scope and does nothing: for a question that is asked of a part of what one sees."""

    pk: int
    scope: Scope
    unit_id: int | None = None

    def may(self, permission: str) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """Where a table keeps what scoping needs.

    `owner` and `unit` are field paths; `common` is the condition under which a row belongs to everybody of its unit,
    `lies_in` the field that says where it lies then (some such places are kept apart, see `keep_apart`);
    `shares` names the path to rows (`person`, `ends_on`) that lend a single row to somebody; `via` prefixes them all,
    for rows that are seen exactly when their parent is.
    """

    owner: str = "owner"
    unit: str = "unit"
    common: str | None = None
    lies_in: str = "pool"
    shares: Any = None
    via: str = ""


class Way(Flag):
    """Why somebody sees a row: it is theirs, lies in their units, is common to its unit, or was lent to them."""

    OWNED = auto()
    UNIT = auto()
    COMMON = auto()
    LENT = auto()
    ANY = OWNED | UNIT | COMMON | LENT


Asking = Callable[[Actor], QuerySet]
_apart: list[tuple[str, Asking]] = []


def keep_apart(field: str, ask: Asking) -> None:
    """Called from an app's `features.py`: rows that are common to a unit, but whose `field` is among the keys that
    `ask` gives for an actor, are not common to that one."""
    if (field, ask) not in _apart:
        _apart.append((field, ask))


class ScopedQuerySet(QuerySet):
    """A queryset of a model with `scope_rule`."""

    def visible_to(self, actor: Actor, today: date | None = None, *, through: Way = Way.ANY) -> Self:
        """The rows the actor may see: the one door for lists, single rows, choices, search, export and counts.

        A list that is about one's own, a team or a pool asks for these alone by `through`: each way is a range of an
        index, and what is seen in several ways at once can be read in the order of none of them.
        """
        scope = actor.scope
        if scope.everything:
            return self.all()
        rule: ScopeRule = self.model.scope_rule  # type: ignore[attr-defined]
        seen = Q(pk__in=[])
        if Way.OWNED in through:
            seen |= Q(**{f"{rule.via}{rule.owner}": scope.person})
        if Way.UNIT in through and scope.units:
            seen |= Q(**{f"{rule.via}{rule.unit}__in": scope.units})
        if Way.COMMON in through and rule.common and scope.commons:
            common = Q(**{f"{rule.via}{rule.common}": True, f"{rule.via}{rule.unit}__in": scope.commons})
            for field, ask in _apart:
                if field == rule.lies_in:
                    common &= ~Q(**{f"{rule.via}{field}__in": ask(actor)})
            seen |= common
        if Way.LENT in through and rule.shares is not None:
            lent = rule.shares()._default_manager.filter(person=scope.person)
            lent = lent.exclude(ends_on__lt=today or timezone.localdate()).values_list("customer", flat=True)
            if through != Way.ANY:  # beside one other way a few keys are found by an index, a subselect makes a scan
                lent = list(lent)
            seen |= Q(**{f"{rule.via}pk__in" if not rule.via else f"{rule.via.removesuffix('__')}__in": lent})
        return self.filter(seen)
