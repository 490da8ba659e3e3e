"""What a day asked and what was done, which reports are owed, which came late. Plain values in, answer out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.variant import CustomerClass, Variant

Kind = Literal["day", "week"]
State = Literal["read", "submitted", "late", "missing", "open", "free", "away", "before"]

# How far back a working day can be corrected by oneself (ours); a manager may further.
DAYS_BACK = 7
COMPARED = ("attempts", "effective", "paid_total")


class Contact(NamedTuple):
    """One attempt as the standards count it."""

    customer: int
    is_effective: bool
    class_before: str
    class_after: str


@dataclass(frozen=True, slots=True)
class Standard:
    """One line of the end of the day: what was asked and what was done. `classes` empty means effective contacts."""

    classes: tuple[CustomerClass, ...]
    wanted: int
    done: int


def standards(playbook: Variant, contacts: Sequence[Contact]) -> tuple[Standard, ...]:
    """What the end of a day asks (C7), against what was done: customers effectively contacted, and those that ripened
    into the classes named (ours: moved there that day, since contacts alone are the day plan's matter)."""
    asked = playbook.end_of_day
    if asked is None:
        return ()
    effective = [each for each in contacts if each.is_effective]
    lines = [Standard((), asked.effective, len({each.customer for each in effective}))]
    for target in asked.class_targets:
        reached = {
            each.customer
            for each in effective
            if each.class_after in target.classes and each.class_before not in target.classes
        }
        classes = tuple(playbook.class_of(code) for code in target.classes)
        lines.append(Standard(classes, target.count, len(reached)))
    return tuple(lines)


def added(days: Iterable[Sequence[Standard]]) -> tuple[Standard, ...]:
    """The standards of several days, added up line by line."""
    total: list[Standard] = []
    for day in days:
        if not total:
            total = list(day)
            continue
        total = [
            Standard(one.classes, one.wanted + other.wanted, one.done + other.done)
            for one, other in zip(total, day, strict=True)
        ]
    return tuple(total)


def without_target(lines: Sequence[Standard]) -> tuple[Standard, ...]:
    """The same of a day that asks for nothing: what was done on it counts all the same."""
    return tuple(Standard(each.classes, 0, each.done) for each in lines)


def days_of(kind: Kind, on: date) -> list[date]:
    """The days a report is about: that one, or the seven of the week that begins on it."""
    return [on] if kind == "day" else [on + timedelta(days=number) for number in range(7)]


def first_day(kind: Kind, day: date) -> date:
    """What a report that covers this day is filed under: the day itself, or the week's Monday."""
    return day if kind == "day" else day - timedelta(days=day.weekday())


def drafted_on(kind: Kind, on: date, calendar: WorkingCalendar) -> date | None:
    """The day on which the report is asked for: its own, the week's last one worked. None: nothing is owed."""
    worked = [day for day in days_of(kind, on) if calendar.is_working(day)]
    return worked[-1] if worked else None


def begins_on(kind: Kind, *, first_report: date | None, joined_on: date | None) -> date | None:
    """The first day or week of which somebody owes a report (ours): that of the first one which anybody handed in, and
    not before they came. None: nobody writes reports yet."""
    if first_report is None:
        return None
    return first_day(kind, max(first_report, joined_on or first_report))


def is_late(kind: Kind, on: date, submitted_on: date) -> bool:
    """A day's report is in time on its day, a week's until Sunday (ours)."""
    return submitted_on > days_of(kind, on)[-1]


def state_of(
    kind: Kind, on: date, *, today: date, submitted_on: date | None, is_read: bool, calendar: WorkingCalendar,
    away: frozenset[date] = frozenset(), begins: date | None,
) -> State:  # fmt: skip
    """How a report stands: read, submitted, late; missing once it should have been there, open until then; free where
    the unit does not work, away where the person was on leave all the time; before where reports had not begun."""
    if submitted_on is not None:
        if is_read:
            return "read"
        return "late" if is_late(kind, on, submitted_on) else "submitted"
    worked = [day for day in days_of(kind, on) if calendar.is_working(day)]
    if not worked:
        return "free"
    if all(day in away for day in worked):
        return "away"
    if days_of(kind, on)[-1] >= today:
        return "open"
    return "before" if begins is None or on < begins else "missing"


def differences(kept: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What has been corrected since the figures were kept: (name, then, now). Standards go by their place."""
    found = [(name, kept.get(name), now.get(name)) for name in COMPARED if kept.get(name) != now.get(name)]
    for nth, (then, today) in enumerate(zip(kept.get("standards", ()), now.get("standards", ()), strict=False)):
        if then["done"] != today["done"] and nth:
            found.append((f"standard_{nth}", then["done"], today["done"]))
    return found


def refusal_to_submit(*, kind: Kind, on: date, today: date, is_sold: bool, asks: bool, answer: str) -> Reason | None:
    """Why a report cannot be handed in yet."""
    if on > today:
        return Reason("report_of_days_to_come", {"day": on.isoformat()})
    if kind == "day" and asks and not is_sold and not answer.strip():
        return Reason("report_wants_an_answer")
    return None


def refusal_of_hours(
    *, on: date, began_at: datetime | None, ended_at: datetime | None, day_of: Any, at: datetime
) -> Reason | None:
    """Why a working day cannot have these times. `day_of` gives the day that an instant lies on."""
    for moment in (began_at, ended_at):
        if moment is not None and (day_of(moment) != on or moment > at):
            return Reason("hours_not_of_the_day", {"day": on.isoformat()})
    if began_at and ended_at and ended_at < began_at:
        return Reason("hours_run_backwards")
    return None
