"""Why a customer stands on today's list."""

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, Protocol

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.variant import Variant

if TYPE_CHECKING:
    from genjin.playbooks.rules.today import Promised


class Waiting(Protocol):
    """What has to be known of a customer to say why it is here (see `today.Candidate`)."""

    @property
    def class_code(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def planned_on(self) -> date | None: ...
    @property
    def planned_why(self) -> Reason | None: ...
    @property
    def appointment_at(self) -> time | None: ...
    @property
    def tried_at(self) -> time | None: ...
    @property
    def spoken(self) -> bool: ...
    @property
    def promised(self) -> "Promised | None": ...
    @property
    def since(self) -> date | None: ...


# Why it is planned for today tells more than that it is.
TELLING = (
    "retry_later", "retry_later_full", "planned_by_person", "levelled_full", "levelled_not_worked", "levelled_on_leave",
    "levelled_half_day", "task_given", "planned_from_lead",
)  # fmt: skip


def why_today(playbook: Variant, each: Waiting, *, today: date, calendar: WorkingCalendar) -> tuple[Reason, ...]:
    """The reasons, the most telling first; never none."""
    return tuple(_reasons(playbook, each, today, calendar))


def _reasons(playbook: Variant, each: Waiting, today: date, calendar: WorkingCalendar) -> Iterator[Reason]:
    cls = playbook.class_of(each.class_code) if playbook.has_class(each.class_code) else None
    figures = {"playbook": playbook.code, "class_code": each.class_code}
    if each.appointment_at:
        yield Reason("today_appointment", {"at": f"{each.appointment_at:%H:%M}"})
    if each.promised:
        promised = each.promised
        figures_of_it = {"what": promised.what, "on": promised.on.isoformat()}
        if promised.at is None:
            yield Reason("today_promise_late", {**figures_of_it, "days": calendar.between(promised.on, today)})
        else:
            yield Reason("today_promise", {**figures_of_it, "at": f"{promised.at:%H:%M}"})
    if each.tried_at:
        code = "today_open_question" if each.spoken else "today_second_try"
        yield Reason(code, {"tried_at": f"{each.tried_at:%H:%M}"})
    if each.due_on < today:
        days = calendar.between(each.due_on, today)
        yield Reason("today_overdue", {"due_on": each.due_on.isoformat(), "days": days})
    if each.planned_why and each.planned_why.code in TELLING:
        yield each.planned_why
    elif each.planned_on and each.planned_on < today:
        yield Reason("today_planned_before", {"planned_on": each.planned_on.isoformat()})
    if cls and cls.is_queue and each.due_on < today:
        yield Reason("today_never_reached", figures)
    elif cls and cls.is_queue:
        days = max(calendar.between(today, each.due_on), 0)
        yield Reason("today_first_contact", {**figures, "due_on": each.due_on.isoformat(), "days": days})
    elif cls and each.since:
        nth = calendar.between(each.since, today)
        since = each.since.isoformat()
        cycle = {**figures, "min": cls.min_days, "max": cls.max_days, "nth": nth, "since": since}
        yield Reason("today_cycle_ends" if nth == cls.max_days else "today_cycle", cycle)
    else:
        yield Reason("today_due", {**figures, "due_on": each.due_on.isoformat()})
