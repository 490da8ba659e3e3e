"""The rung of the ladder a customer stands on: how long it is overdue, whose matter that is, and what comes next.

The question can be asked both ways: of one customer (`standing`), or of many by the latest due date that has reached a
rung by today (`cut_offs`). Both give the same answer in every calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from genjin.core.calendar.rules import WorkingCalendar
from genjin.playbooks.keeping_order import LadderStep


@dataclass(frozen=True, slots=True)
class OnLadder:
    """`overdue` in working days; `step` the last one reached, on the day `since`; `next_on` the day of the next one."""

    overdue: int
    step: LadderStep | None
    since: date | None
    next: LadderStep | None
    next_on: date | None

    def comes_first(self, goes_back_on: date | None) -> str:
        """What happens next if nobody contacts the customer: "step", "recycle" or "" for nothing more.

        Who goes back does so in the night after `goes_back_on`, so a step of that day comes before it.
        """
        if goes_back_on is None:
            return "step" if self.next_on else ""
        return "step" if self.next_on and self.next_on <= goes_back_on else "recycle"


def standing(due_on: date, *, today: date, calendar: WorkingCalendar, ladder: Sequence[LadderStep]) -> OnLadder:
    """Where a customer stands today that was due on `due_on`. On that day itself it is not overdue."""
    overdue = max(calendar.between(due_on, today), 0)
    reached = [step for step in ladder if step.days <= overdue]
    step = reached[-1] if reached else None
    following = next((each for each in ladder if each.days > overdue), None)
    return OnLadder(
        overdue=overdue,
        step=step,
        since=calendar.add(due_on, step.days) if step else None,
        next=following,
        next_on=calendar.add(due_on, following.days) if following else None,
    )


def cut_offs(ladder: Sequence[LadderStep], *, today: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """For each step of a ladder the latest due date that has reached it."""
    return tuple(calendar.back(today, step.days) for step in ladder)
