"""What happened to leads, for the apps to the right and for what answers by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class LeadArrived:
    """Something came in: a new lead (`is_new`), or one more arrival of an open one."""

    lead: Any
    arrival: Any
    is_new: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadsGiven:
    """These leads now belong to `owner` (a person's key), or to nobody when None: they lie in a queue."""

    leads: Sequence[int]
    owner: int | None
    by: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadEnded:
    lead: Any
    by: Any
    at: datetime
