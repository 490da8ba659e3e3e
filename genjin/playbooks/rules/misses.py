"""After a failed attempt: the next try, and after several in a row a proposal. The due date stays where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.rules.planning import NO_LEAVE, first_free
from genjin.playbooks.structure import RetryProposal
from genjin.playbooks.variant import Block, CustomerClass, Variant


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form offers after too many misses. Deciding, with a reason, is the person's own."""

    kind: Literal["class_move", "give_up", "tell_lead"]
    class_code: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Retry:
    """When it is tried again. On the same day `block` names the later block, which begins at `starts`."""

    planned_on: date
    same_day_again: bool
    block: Block | None
    reason: Reason
    proposal: Proposal | None

    @property
    def starts(self) -> time | None:
        return self.block.starts if self.block else None


def later_block(playbook: Variant, class_code: str, at: time) -> Block | None:
    """A block of the day after the one in which `at` lies: the class's own if there is one, else the next."""
    timed = [(block, block.starts, block.ends) for block in playbook.blocks if block.starts and block.ends]
    after = next((ends for _block, starts, ends in timed if starts <= at < ends), at)
    later = [block for block, starts, _ends in timed if starts >= after]
    own = [block for block in later if class_code in block.classes]
    return next(iter(own or later), None)


def _proposal(playbook: Variant, cls: CustomerClass, missed: int, kp_known: bool) -> Proposal:
    figures = {"playbook": playbook.code, "class_code": cls.code, "missed": missed}

    def fits(each: RetryProposal) -> bool:
        return cls.code in each.classes and each.kp_known in (None, kp_known)

    found = next((each for each in playbook.retry.proposals if fits(each)), None)
    if found is None:
        return Proposal("tell_lead", None, Reason("propose_tell_lead", figures))
    if found.move_to:
        return Proposal("class_move", found.move_to, Reason("propose_class_move", {**figures, "to": found.move_to}))
    return Proposal("give_up", None, Reason("propose_give_up", figures))


def after_miss(
    playbook: Variant,
    cls: CustomerClass,
    *,
    missed_in_row: int,
    kp_known: bool,
    today: date,
    at: time,
    calendar: WorkingCalendar,
    load: Mapping[date, int] | None = None,
    slots: int | None = None,
    leave: Mapping[date, int] = NO_LEAVE,
) -> Retry:
    """The retry after the `missed_in_row`-th miss, this one included (domain §1 retry).

    `at` is the local time of the attempt: a key customer is tried again in a later block of the same day, where one is
    left. A full day, and one of leave, gives way to the next free one. With the step that proposes comes what to do
    about the customer.
    """
    steps = playbook.retry.steps
    step = steps[min(missed_in_row, len(steps)) - 1]
    figures = {"playbook": playbook.code, "class_code": cls.code, "missed": missed_in_row, "days": step.days}
    proposal = _proposal(playbook, cls, missed_in_row, kp_known) if step.propose else None
    block = later_block(playbook, cls.code, at) if step.key_same_day and cls.is_key else None
    if block:
        reason = Reason("retry_same_day", {**figures, "at": f"{block.starts:%H:%M}", "day": today.isoformat()})
        return Retry(today, True, block, reason, proposal)
    wanted = calendar.add(today, step.days)
    planned_on = wanted
    if load is not None and slots is not None:
        planned_on = first_free(wanted, calendar=calendar, load=load, slots=slots, leave=leave) or wanted
    code = "retry_later" if planned_on == wanted else "retry_later_full"
    return Retry(planned_on, False, None, Reason(code, {**figures, "day": planned_on.isoformat()}), proposal)
