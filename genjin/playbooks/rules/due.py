"""The due date: the last day of the class's cycle, and why it is that day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason, Refused
from genjin.playbooks.variant import CustomerClass

AnchorKind = Literal["effective", "class_move", "assigned", "imported"]


@dataclass(frozen=True, slots=True)
class Due:
    """`first_on`: the first day that planning may choose; `due_on`: the last, after which the customer is overdue."""

    first_on: date
    due_on: date
    reason: Reason


def due(cls: CustomerClass, *, anchor: date, anchor_kind: AnchorKind, calendar: WorkingCalendar) -> Due:
    """When the customer is due, counted in working days from `anchor` (domain §1 `due_on`).

    After an effective contact or a class move the cycle counts. Whoever was only assigned or imported has had no
    contact that is known: the class's limit for the first contact counts where it has one, else its cycle.
    """
    figures = {"playbook": cls.playbook, "class_code": cls.code, "since": anchor.isoformat()}
    newly_held = anchor_kind in ("assigned", "imported")
    if newly_held and cls.first_contact_within is not None:
        code = "due_first_contact" if anchor_kind == "assigned" else "due_first_contact_imported"
        return Due(
            calendar.next_working(anchor),
            calendar.add(anchor, cls.first_contact_within),
            Reason(code, {**figures, "max": cls.first_contact_within}),
        )
    return Due(
        calendar.add(anchor, cls.min_days),
        calendar.add(anchor, cls.max_days),
        Reason(f"due_after_{anchor_kind}", {**figures, "min": cls.min_days, "max": cls.max_days}),
    )


def due_by_person(cls: CustomerClass, day: date, reason_text: str, *, today: date, cycle_ends_on: date, by: str) -> Due:
    """A named person sets the last day. Past the end of the cycle a reason is needed, and the step is marked.

    `by` is the person's name, kept in the reason. Raises Refused `date_before_today`, `reason_needed_past_cycle`.
    """
    if day < today:
        raise Refused("date_before_today", day=day.isoformat())
    past_cycle = day > cycle_ends_on
    text = reason_text.strip()
    if past_cycle and not text:
        raise Refused(
            "reason_needed_past_cycle",
            day=day.isoformat(),
            last=cycle_ends_on.isoformat(),
            playbook=cls.playbook,
            class_code=cls.code,
            min=cls.min_days,
            max=cls.max_days,
        )
    figures = {
        "playbook": cls.playbook,
        "class_code": cls.code,
        "by": by,
        "text": text,
        "past_cycle": past_cycle,
        "last": cycle_ends_on.isoformat(),
    }
    return Due(min(today, day), day, Reason("due_by_person", figures))
