"""What a file would bring, counted row by row for the preview."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Problem
from genjin.core.transfer.runs import reasons_of
from genjin.customers.importing.backlog import ahead
from genjin.customers.importing.capacity import Reach, first_contact_classes, reach
from genjin.customers.importing.directory import Colleague, Directory
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.models import Customer, SourceChannel
from genjin.playbooks.rules import refusal_to_take_on

EXAMPLES = 30
MOST_NAMES = 1000  # of owners nobody knows; more, and the column hardly holds owners (ours)
OWNER_REASONS = frozenset(
    {"owner_unknown", "owner_ambiguous", "named_owner_has_left", "owner_only_reads", "owner_outside_scope"}
)


class Tally:
    """Counts of one dry run. `held` and `waiting` are what the owners have before it."""

    def __init__(self, directory: Directory, today: date, at: datetime) -> None:
        self.directory, self.today, self.at = directory, today, at
        self.owners: dict[int, Colleague] = {}
        self.classes: dict[int, Counter[str]] = defaultdict(Counter)
        self.new: Counter[int] = Counter()
        self.overdue: Counter[int] = Counter()
        self.backlog: Counter[int] = Counter()
        self.pools: Counter[str] = Counter()
        self.moved: Counter[str] = Counter()
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.unknown_owners: Counter[str] = Counter()
        self.unknown_because: dict[str, str] = {}
        self.rows_of_more_owners = 0
        self.sources: Counter[str] = Counter()
        self.examples: list[dict[str, Any]] = []
        self.closed = self.lost_plans = self.beyond_reach = 0

    def count(self, items: list[NewCustomer], problems: list[Problem]) -> None:
        self.examples += [_example(item) for item in items[: EXAMPLES - len(self.examples)]]
        for problem in problems:
            if problem.is_skip:
                self.reasons["", problem.reason.code] += 1
                continue
            for column, reason in reasons_of(problem):
                self.reasons[column, reason.code] += 1
                if reason.code in OWNER_REASONS:
                    self._count_unknown(reason)
        for item in items:
            if item.source:
                self.sources[item.source] += 1
            self.lost_plans += item.lost_plan
            if item.is_closed:
                self.closed += 1
            elif item.owner is None:
                self.pools[item.pool.name] += 1  # type: ignore[union-attr]
            else:
                self._count_owned(item, item.owner)

    def _count_unknown(self, reason: Reason) -> None:
        name = reason.figures["text"]
        if name in self.unknown_owners or len(self.unknown_owners) < MOST_NAMES:
            self.unknown_owners[name] += 1
            self.unknown_because[name] = reason.code
        else:
            self.rows_of_more_owners += 1

    def _count_owned(self, item: NewCustomer, owner: Colleague) -> None:
        assert item.standing is not None
        self.owners[owner.pk] = owner
        self.classes[owner.pk][item.cls.code] += 1
        if item.is_new:
            self.new[owner.pk] += 1
        if item.standing.due_on < self.today:
            self.overdue[owner.pk] += 1
            self.backlog[owner.pk] += item.standing.planned_on is None
        if item.standing.moved:
            self.moved[item.standing.moved] += 1

    def count_change(self, owner: int | None, due_on: date | None, planned_on: date | None) -> None:
        """A customer who was there and whose due date moves; it may be overdue by it."""
        if owner is not None and due_on is not None and due_on < self.today and planned_on is None:
            self.backlog[owner] += 1

    def as_json(self) -> dict[str, Any]:
        """The findings as the preview keeps them."""
        known = set(SourceChannel.objects.values_list("name", flat=True))
        return {
            "reasons": [
                {"column": column, "code": code, "rows": rows} for (column, code), rows in self.reasons.most_common(20)
            ],
            "unknown_owners": [
                (name, rows, self.unknown_because[name]) for name, rows in self.unknown_owners.most_common()
            ],
            "rows_of_more_owners": self.rows_of_more_owners,
            "examples": self.examples,
            "owners": [
                {"name": owner.name, "rows": sum(self.classes[pk].values()), "overdue": self.overdue[pk]}
                for pk, owner in sorted(self.owners.items())
            ],
            "overdue": sum(self.overdue.values()),
            "backlog": ahead(self.backlog, at=self.at),
            "pools": dict(self.pools),
            "moved": dict(self.moved),
            "closed": self.closed,
            "lost_plans": self.lost_plans,
            "beyond_reach": self.beyond_reach,
            "sources": [name for name in self.sources if name not in known],
            "unreachable": self._unreachable(),
            "limits": self._limits(),
        }

    def _unreachable(self) -> list[dict[str, Any]]:
        """Per person the new ones that cannot have their first contact in time."""
        reached = reaches(self.directory, [self.owners[pk] for pk in sorted(self.new)])
        return [
            {
                "name": self.owners[pk].name, "new": count, "waiting": reached[pk].waiting, "room": reached[pk].room,
                "excess": count - reached[pk].room, "a_day": reached[pk].a_day, "days": reached[pk].days,
            }
            for pk, count in sorted(self.new.items())
            if count > reached[pk].room
        ]  # fmt: skip

    def _limits(self) -> list[dict[str, Any]]:
        """Owners who would hold more than a limit allows: an import records what is so, and says it."""
        found = []
        for pk, owner in sorted(self.owners.items()):
            playbook = self.directory.practice(owner.unit).playbook
            held = Counter(Customer.objects.owned_by(pk).order_by().values_list("class_code", flat=True))
            reason = refusal_to_take_on(playbook, held, self.classes[pk])
            if reason is not None:
                figures = reason.figures
                names = "、".join(playbook.class_of(code).badge.zh for code in figures["classes"])
                found.append(
                    {
                        "name": owner.name, "classes": names, "held": figures["held"], "adding": figures["adding"],
                        "limit": figures["limit"], "over": figures["over"],
                    }
                )  # fmt: skip
        return found


def _example(item: NewCustomer) -> dict[str, Any]:
    """One of the first new customers, as the preview shows what will stand."""
    standing = item.standing
    return {
        "row": item.row.number,
        "name": item.name,
        "contact": item.contacts[0].name if item.contacts else "",
        "phone": next(iter(item.all_phones), ""),
        "whose": item.owner.name if item.owner else item.pool.name if item.pool else "",
        "playbook": item.playbook,
        "class": item.cls.code,
        "due_on": standing.due_on.isoformat() if standing else None,
        "due_why": json.loads(standing.due_why) if standing else None,
        "planned_on": standing.planned_on.isoformat() if standing and standing.planned_on else None,
    }


def reaches(directory: Directory, owners: Iterable[Colleague]) -> dict[int, Reach]:
    """What each of these can reach, beside the new ones they hold already and never talked with."""
    people = {owner.pk: owner for owner in owners}
    waiting: Counter[int] = Counter()
    held = Customer.objects.open().filter(owner__in=list(people), last_effective_on=None).order_by()
    for pk, code, count in held.values_list("owner_id", "class_code").annotate(n=Count("pk")):
        if code in first_contact_classes(directory.practice(people[pk].unit).playbook):
            waiting[pk] += count
    found = {}
    for pk, owner in people.items():
        playbook = directory.practice(owner.unit).playbook
        found[pk] = reach(playbook, slots=owner.daily_slots or playbook.daily_slots, waiting=waiting[pk])
    return found
