"""What a list of contacts would bring, counted row by row for the preview."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from genjin.core.transfer.kinds import Problem
from genjin.core.transfer.runs import reasons_of
from genjin.customers.importing.backlog import ahead
from genjin.customers.models import Customer
from genjin.followups.contacts_made.cycles import Cycles, cycle_of
from genjin.followups.contacts_made.reading import PastContact

EXAMPLES = 30
ASKED_AT_ONCE = 2000


class ContactsTally:
    """Counts of one dry run. Of each customer the last effective day is kept: dates are worked out at the end."""

    def __init__(self, at: datetime) -> None:
        self.at, self.today = at, timezone.localdate(at)
        self.last: dict[int, int] = {}  # customer → the day of the last effective contact in the file, 0 for none
        self.told = self.effective = self.blank = self.day_only = 0
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.examples: list[dict[str, Any]] = []

    def count(self, items: Sequence[PastContact], problems: Sequence[Problem]) -> None:
        for problem in problems:
            for column, reason in [] if problem.is_skip else reasons_of(problem):
                self.reasons[column, reason.code] += 1
        self.told += len(items)
        for item in items:
            on = timezone.localdate(item.at).toordinal() if item.is_effective else 0
            self.last[item.customer] = max(on, self.last.get(item.customer, 0))
            self.effective += item.is_effective
            self.blank += not item.said
            self.day_only += not item.has_time
            self.first_at = min(self.first_at or item.at, item.at)
            self.last_at = max(self.last_at or item.at, item.at)
            if len(self.examples) < EXAMPLES:
                self.examples.append(_example(item))

    def as_json(self) -> dict[str, Any]:
        moved, overdue, by_person, backlog = self._dates()
        ordered = self.reasons.most_common(20)
        return {
            "contacts": self.examples,
            "told": self.told,
            "customers": len(self.last),
            "effective": self.effective,
            "blank": self.blank,
            "day_only": self.day_only,
            "first_at": self.first_at.isoformat() if self.first_at else "",
            "last_at": self.last_at.isoformat() if self.last_at else "",
            "due_moved": moved,
            "overdue": overdue,
            "due_by_person": by_person,
            "backlog": ahead(backlog, at=self.at),
            "reasons": [{"column": column, "code": code, "rows": rows} for (column, code), rows in ordered],
        }

    def _dates(self) -> tuple[int, int, int, Counter[int]]:
        """How many due dates move, how many are overdue then, how many a person's word keeps, and whose backlog."""
        cycles = Cycles()
        moved = overdue = by_person = 0
        backlog: Counter[int] = Counter()
        keys = [pk for pk, on in self.last.items() if on]
        for start in range(0, len(keys), ASKED_AT_ONCE):
            some = Customer.objects.filter(pk__in=keys[start : start + ASKED_AT_ONCE]).select_related("unit")
            for row in some.order_by():
                last = date.fromordinal(self.last[row.pk])
                known = row.last_effective_on
                later = known is None or last > known
                by_person += bool(later and row.due_on and row.due_why.get("code") == "due_by_person")
                cycle = cycle_of(row, max(last, known or last), known=known, practice=cycles.practice(row))
                if cycle is None:
                    continue
                moved += cycle.due.due_on != row.due_on
                if cycle.due.due_on < self.today:
                    overdue += 1
                    assert row.owner_id is not None
                    backlog[row.owner_id] += row.planned_on is None or cycle.clears_plan
        return moved, overdue, by_person, backlog


def _example(item: PastContact) -> dict[str, Any]:
    """One of the first contacts, as the preview shows what will stand."""
    return {
        "row": item.row.number,
        "customer": item.name,
        "at": item.at.isoformat(),
        "has_time": item.has_time,
        "author": item.author,
        "author_words": item.author_words,
        "channel": item.channel,
        "is_effective": item.is_effective,
        "said": item.said,
        "text": " ".join(item.text.split())[:80],
    }
