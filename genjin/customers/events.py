"""What happened to customers, for the apps to the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class OwnershipChanged:
    """These customers now belong to `owner` (a person's key), or to nobody when None: they lie in a pool."""

    customers: Sequence[int]
    owner: int | None
    by: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class ClassesMoved:
    """These customers are in another class now, whichever way they got there."""

    customers: Sequence[int]
    by: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomersClosed:
    """Nobody follows these customers up any more."""

    customers: Sequence[int]
    by: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomersReopened:
    """Closed customers are followed up again; `closed_at` is the instant of a close that was undone, else None."""

    customers: Sequence[int]
    closed_at: datetime | None
    by: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class HangingMoved:
    """What hung on another customer hangs on these now, or went back to it: they were merged, or taken apart. All
    belong to `owner`, or to nobody when None."""

    customers: Sequence[int]
    owner: int | None
    by: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenApart:
    """This customer was closed as part of another at `merged_at` and is one of its own again."""

    customer: int
    merged_at: datetime
    by: Any
    at: datetime
