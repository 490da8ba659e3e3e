"""The planned date: which day a customer stands on somebody's list, and whether a person's own choice will do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.variant import CustomerClass

# How far a free day is looked for once the cycle's own days are past or full: three working months (ours).
SEARCHED_DAYS = 66


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


def _is_full(day: date, load: Mapping[date, int], slots: int) -> bool:
    return load.get(day, 0) >= slots


def first_free(start: date, *, calendar: WorkingCalendar, load: Mapping[date, int], slots: int) -> date | None:
    """The first working day from `start` that is not full; None when three months are."""
    days = islice(calendar.working_days(start), SEARCHED_DAYS)
    return next((day for day in days if not _is_full(day, load, slots)), None)


def next_contact(
    cls: CustomerClass, *, today: date, anchor: date, calendar: WorkingCalendar, load: Mapping[date, int], slots: int
) -> Planned:
    """The first day from the cycle's minimum that is not full, at the latest its last day.

    `anchor` is the last effective contact or class move; `load` counts what is planned per day for this person, who
    takes `slots` a day. When every day of the cycle is full the last one is taken and the reason says so. When the
    cycle is already over it is today or the next working day with a free slot.
    """
    first, last = calendar.add(anchor, cls.min_days), calendar.add(anchor, cls.max_days)
    start = calendar.next_working(max(first, today))
    figures = {"playbook": cls.playbook, "class_code": cls.code, "min": cls.min_days, "max": cls.max_days}

    def planned(code: str, day: date, **more: int | str) -> Planned:
        nth = calendar.between(anchor, day)
        return Planned(day, Reason(code, {**figures, "day": day.isoformat(), "nth": nth, "slots": slots, **more}))

    if start > last:
        free = first_free(start, calendar=calendar, load=load, slots=slots) or start
        return planned("planned_overdue", free, last=last.isoformat())
    for full, day in enumerate(calendar.working_days(start)):
        if day > last:
            break
        if not _is_full(day, load, slots):
            return planned("planned_first_free" if full else "planned_first_day", day, full=full)
    return planned("planned_all_full", last, load=load.get(last, 0))


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
    is_working, is_full = calendar.is_working(day), _is_full(day, load, slots)
    latest = max(due_on, proposed_on or due_on)
    if due_on < today:
        latest = max(latest, first_free(today, calendar=calendar, load=load, slots=slots) or today)
    remarks = []
    free = None
    if not is_working or is_full:
        free = first_free(day, calendar=calendar, load=load, slots=slots)
        said = {"next_free_on": free.isoformat() if free else "", "load": load.get(day, 0), "slots": slots}
        remarks.append(Reason("date_full" if is_working else "date_not_worked", {**figures, **said}))
    if day > latest:
        remarks.append(Reason("date_past_cycle", figures))
    return ChosenDate(day, None, day > latest, is_working, is_full, free, tuple(remarks))
