"""What happens to units and people, told to the apps to the right. `config/wiring.py` lists who reacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from genjin.organization.models import Person, Unit


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where everything open goes that somebody who leaves still holds.

    `successor`: all to one person. `share_out`: evenly to `people`. `pool`: customers to the pool of `unit` (the
    leaver's own unit when none is named).
    """

    kind: Literal["successor", "share_out", "pool"]
    successor: Person | None = None
    people: tuple[Person, ...] = ()
    unit: Unit | None = None

    @property
    def receivers(self) -> tuple[Person, ...]:
        """Who takes on customers; nobody when they go to a pool."""
        if self.kind == "successor":
            return (self.successor,) if self.successor else ()
        return self.people if self.kind == "share_out" else ()


@dataclass(frozen=True, slots=True)
class UnitMade:
    """A unit is there. `by` is the first owner for the root unit of an empty installation."""

    unit: Unit
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """A unit's name, place in the tree or week changed; `changes` maps a field to (before, after)."""

    unit: Unit
    changes: Mapping[str, tuple[Any, Any]]
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """A person works in another unit from now on; rows that repeat the owner's unit follow."""

    person: Person
    unit_before: Unit
    by: Person
    at: datetime
    today: date


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """A person was deactivated. Who reacts hands on what is open, in the same transaction."""

    person: Person
    hand_over: HandOver
    by: Person
    at: datetime
    today: date


@dataclass(frozen=True, slots=True)
class AbsenceChanged:
    """Somebody is away from `first` to `last`, or no longer is. Who plans that person's days plans them anew."""

    person: Person
    first: date
    last: date
    by: Person
    at: datetime
    today: date
