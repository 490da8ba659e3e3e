"""The planned date: which day a customer stands on somebody's list, and whether a person's own choice will do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.variant import CustomerClass

# How far a free day is looked for once the cycle's own days are past or full: three working months (ours).
SEARCHED_DAYS = 66
# Day → slots that leave leaves of it. A person without leave has none.
NO_LEAVE: Mapping[date, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Planned:
    planned_on: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class ChosenDate:
    """What is to be said of a person's date.

    `refusal`: it cannot be taken. `needs_reason`: past the cycle, so a reason is mandatory and `due_on` moves to it.
    `is_working`, `is_full` and `next_free_on` are for the screen to offer a better day. `remarks` words all of it.
    """

    day: date
    refusal: Reason | None
    needs_reason: bool
    is_working: bool
    is_full: bool
    next_free_on: date | None
    remarks: tuple[Reason, ...]

    @property
    def moves_due_on(self) -> bool:
        return self.needs_reason


def _is_full(day: date, load: Mapping[date, int], slots: int, leave: Mapping[date, int]) -> bool:
    return load.get(day, 0) >= leave.get(day, slots)


def _is_away(day: date, leave: Mapping[date, int]) -> bool:
    return leave.get(day) == 0


def first_free(
    start: date, *, calendar: WorkingCalendar, load: Mapping[date, int], slots: int,
    leave: Mapping[date, int] = NO_LEAVE,
) -> date | None:  # fmt: skip
    """The first working day from `start` that is not full; None when three months are. Nobody stands on leave."""
    days = islice(calendar.working_days(start), SEARCHED_DAYS)
    return next((day for day in days if not _is_full(day, load, slots, leave)), None)


def next_contact(
    cls: CustomerClass, *, today: date, anchor: date, calendar: WorkingCalendar, load: Mapping[date, int], slots: int,
    leave: Mapping[date, int] = NO_LEAVE,
) -> Planned:  # fmt: skip
    """The first day from the cycle's minimum that is not full, at the latest its last day.

    `anchor` is the last effective contact or class move; `load` counts what is planned per day for this person, who
    takes `slots` a day and fewer on leave. When every day of the cycle is full the last one that is worked is taken
    and the reason says so. When the cycle is already over, or the person away until its end, it is today or the next
    working day with a free slot. The cycle itself does not stand still while somebody is away.
    """
    first, last = calendar.add(anchor, cls.min_days), calendar.add(anchor, cls.max_days)
    start = calendar.next_working(max(first, today))
    figures = {"playbook": cls.playbook, "class_code": cls.code, "min": cls.min_days, "max": cls.max_days}

    def planned(code: str, day: date, **more: int | str) -> Planned:
        nth = calendar.between(anchor, day)
        return Planned(day, Reason(code, {**figures, "day": day.isoformat(), "nth": nth, "slots": slots, **more}))

    if start > last:
        free = first_free(start, calendar=calendar, load=load, slots=slots, leave=leave) or start
        return planned("planned_overdue", free, last=last.isoformat())
    worked, away = None, 0
    for nth, day in enumerate(calendar.working_days(start)):
        if day > last:
            break
        if _is_away(day, leave):
            away += 1
            continue
        if not _is_full(day, load, slots, leave):
            code = "planned_first_free" if nth > away else "planned_after_leave" if away else "planned_first_day"
            return planned(code, day, full=nth - away, away=away)
        worked = day
    if worked is None:
        free = first_free(last, calendar=calendar, load=load, slots=slots, leave=leave) or last
        return planned("planned_away", free, last=last.isoformat(), away=away)
    return planned("planned_all_full", worked, load=load.get(worked, 0))


def check_chosen_date(
    cls: CustomerClass,
    day: date,
    *,
    today: date,
    due_on: date,
    calendar: WorkingCalendar,
    load: Mapping[date, int],
    slots: int,
    proposed_on: date | None = None,
    leave: Mapping[date, int] = NO_LEAVE,
) -> ChosenDate:
    """What is to be said of the date a person chose.

    `due_on` is the last day of the cycle as it stands after this note, `proposed_on` the engine's own proposal, which
    never needs a reason. Once `due_on` has passed, today or the next free working day still needs none.
    """
    figures = {
        "playbook": cls.playbook,
        "class_code": cls.code,
        "min": cls.min_days,
        "max": cls.max_days,
        "day": day.isoformat(),
        "last": due_on.isoformat(),
    }
    if day < today:
        refusal = Reason("date_before_today", {"day": day.isoformat()})
        return ChosenDate(day, refusal, False, calendar.is_working(day), False, None, (refusal,))
    is_working, is_full = calendar.is_working(day), _is_full(day, load, slots, leave)
    latest = max(due_on, proposed_on or due_on)
    if due_on < today:
        free_on = first_free(today, calendar=calendar, load=load, slots=slots, leave=leave)
        latest = max(latest, free_on or today)
    remarks = []
    free = None
    if not is_working or is_full:
        free = first_free(day, calendar=calendar, load=load, slots=slots, leave=leave)
        held = leave.get(day, slots)
        said = {"next_free_on": free.isoformat() if free else "", "load": load.get(day, 0), "slots": held}
        code = "date_not_worked" if not is_working else "date_full" if held else "date_on_leave"
        remarks.append(Reason(code, {**figures, **said}))
    if day > latest:
        remarks.append(Reason("date_past_cycle", figures))
    return ChosenDate(day, None, day > latest, is_working, is_full, free, tuple(remarks))
