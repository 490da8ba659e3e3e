"""What a person writes after a contact: plain values, as the form or a test gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from genjin.followups.chips import all_worded, worded

ThirdMiss = Literal["", "move", "pool", "close", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The note of C6, with what follows from it.

    `effective` None takes the rule's proposal. Interests and the like are chip codes or the person's own words.
    `class_wanted` "" keeps the class; `ticked` are entry conditions the person says are met. `next_on` None takes the
    engine's day; past the cycle it needs `next_reason`. `attitude` is one of `Touch.Attitude`, `pays_on` the day by
    which the customer says it pays. `third_miss` is the person's decision after three misses in a row, with
    `decision_reason`. `paid_amount` is in yuan.
    """

    key: UUID
    channel: str = "phone"
    contact_person: int | None = None
    effective: bool | None = None
    miss_reason: str = ""
    interests: Sequence[str] = ()
    objections: Sequence[str] = ()
    services: Sequence[str] = ()
    bring_next: Sequence[str] = ()
    attitude: str = ""
    pays_on: date | None = None
    remarks: str = ""
    duration: int | None = None
    class_wanted: str = ""
    ticked: Sequence[str] = ()
    next_on: date | None = None
    next_reason: str = ""
    promise_what: str = ""
    promise_by_when: datetime | None = None
    appointment_at: datetime | None = None
    appointment_kind: str = "call"
    appointment_purpose: str = ""
    paid_amount: Decimal | None = None
    paid_on: date | None = None
    third_miss: ThirdMiss = ""
    decision_reason: str = ""

    @property
    def has_substance(self) -> bool:
        """Whether one of interest, objection, promise, appointment was noted."""
        return bool(self.interests or self.objections or self.promise_what or self.appointment_at)

    def gist(self) -> str:
        """What a list row shows of it."""
        points = [*all_worded("interests", self.interests), *all_worded("objections", self.objections)]
        text = " ".join(self.remarks.split()) or "、".join(points)
        return (text or (worded("miss_reasons", self.miss_reason) if self.miss_reason else ""))[:200]
