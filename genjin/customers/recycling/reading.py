"""What lists and pages say of one customer's going back: how many working days are left, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import goes_back, is_anywhere
from genjin.customers.recycling.wording import left_in_words
from genjin.playbooks.practice import Practice, Practices


@dataclass(frozen=True, slots=True)
class Going:
    """`left` working days after today in which its owner can still keep it; `is_near`: the owner is warned."""

    on: date
    left: int
    is_near: bool
    reason: Reason

    @property
    def left_in_words(self) -> str:
        return left_in_words(self.left)


def going_of(customer: Customer, practice: Practice, today: date) -> Going | None:
    """When this customer goes back; None for one that never does."""
    back = goes_back(customer, practice, today)
    if back is None:
        return None
    left = back.left(practice.calendar, today)
    return Going(back.on, left, left <= practice.playbook.recycle.warn_days, back.reason)


def going_among(customers: Iterable[Customer], today: date, practices: Practices) -> dict[int, Going]:
    """The same of many, each unit's practice asked for once; those that never go back are not in it."""
    if not is_anywhere():
        return {}
    found = ((row.pk, going_of(row, practices.of(row.unit), today)) for row in customers if row.owner_id)
    return {pk: going for pk, going in found if going is not None}
