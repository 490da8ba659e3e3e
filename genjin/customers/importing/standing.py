"""Where an imported customer stands: its class, the last day of its cycle, and the day it is planned on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from genjin.core.transfer.bulk import as_json
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice
from genjin.playbooks.variant import CustomerClass

NO_WHY = "{}"


def planned_why(planned_on: date) -> dict[str, Any]:
    """Why a customer stands on a day: the file says so."""
    return {"code": "planned_by_file", "on": planned_on.isoformat()}


@dataclass(frozen=True, slots=True)
class Standing:
    """`moved` says how the file's next contact was placed: "", "past" (now today), "beyond" (now the last day), or
    "overdue": both days have passed, and it waits for a day with the rest of the backlog."""

    due_on: date
    due_why: str
    planned_on: date | None
    planned_why: str
    moved: str


class Standings:
    """Due dates of one import day. A file has few classes and few days, so each pair is reckoned once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._dues: dict[tuple[Any, ...], tuple[date, str]] = {}
        self._first_days: dict[int, date] = {}

    def of(
        self, practice: Practice, cls: CustomerClass, *, last_effective_on: date | None, planned_on: date | None
    ) -> Standing:
        """`due_on` counts from the last effective contact, without one from the import day.

        A next contact that has passed is placed on today, one beyond the cycle's last day on that day: nobody named a
        reason that would move the due date with it. Where the last day has passed it gets a day with the backlog.
        """
        due_on, due_why = self._due(practice, cls, last_effective_on)
        if planned_on is None:
            return Standing(due_on, due_why, None, NO_WHY, "")
        placed, moved = self.placed(practice, planned_on, due_on)
        if moved and due_on < self.today:
            return Standing(due_on, due_why, None, NO_WHY, "overdue")
        return Standing(due_on, due_why, placed, as_json(planned_why(planned_on)), moved)

    def placed(self, practice: Practice, planned_on: date, due_on: date) -> tuple[date, str]:
        """The day a file's next contact really stands on, and how it was moved there."""
        first = self._first_working(practice)
        if planned_on < self.today:
            return first, "past"
        if planned_on > max(due_on, first):
            return max(due_on, first), "beyond"
        return planned_on, ""

    def _due(self, practice: Practice, cls: CustomerClass, last: date | None) -> tuple[date, str]:
        key = (id(practice), cls.code, last)
        if key not in self._dues:
            kind: rules.AnchorKind = "imported" if last is None else "effective"
            due = rules.due(cls, anchor=last or self.today, anchor_kind=kind, calendar=practice.calendar)
            self._dues[key] = due.due_on, as_json(due.reason.as_json())
        return self._dues[key]

    def _first_working(self, practice: Practice) -> date:
        key = id(practice)
        if key not in self._first_days:
            self._first_days[key] = practice.calendar.next_working(self.today)
        return self._first_days[key]
