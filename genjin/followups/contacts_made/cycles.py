"""The cycle of a customer that a contact out of a file starts: the last day it leads to, and whether a plan falls."""

from dataclasses import dataclass
from datetime import date

from genjin.customers.models import Customer
from genjin.followups.contacts_made.rules import counts_anew
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice, Practices

# Days that somebody named: a contact before them does not take them away.
NAMED_DAYS = frozenset({"planned_by_person", "planned_for_appointment", "planned_by_file"})


@dataclass(frozen=True, slots=True)
class Cycle:
    """`clears_plan`: the day it stands on was the engine's own, for a cycle that is over."""

    due: rules.Due
    clears_plan: bool


class Cycles:
    """The practices of the customers' units, each asked for once."""

    def __init__(self) -> None:
        self._practices = Practices()

    def practice(self, customer: Customer) -> Practice:
        return self._practices.of(customer.unit)


def cycle_of(customer: Customer, last: date | None, *, known: date | None, practice: Practice) -> Cycle | None:
    """What follows when the last effective contact is that of the day `last`, and was `known`; None when no date moves.

    In a pool and when closed a customer has no dates.
    """
    if not customer.is_open or customer.owner_id is None or last is None:
        return None
    if not counts_anew(customer.due_why, last, known=known) or not practice.playbook.has_class(customer.class_code):
        return None
    cls = practice.playbook.class_of(customer.class_code)
    due = rules.due(cls, anchor=last, anchor_kind="effective", calendar=practice.calendar)
    clears = customer.planned_on is not None and customer.planned_why.get("code") not in NAMED_DAYS
    return Cycle(due, clears)
