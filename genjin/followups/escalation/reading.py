"""Who has slipped how far: counted by cut-off dates for units that work alike, never customer by customer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import HELD, Customer
from genjin.customers.recycling.clocks import goes_back
from genjin.followups.escalation.rules import answerable
from genjin.organization.models import Person, Role, Unit
from genjin.organization.rules import Tree
from genjin.playbooks.keeping_order import LadderStep
from genjin.playbooks.practice import Practice, practices_of
from genjin.playbooks.rules import GoesBack
from genjin.playbooks.rules.escalation import OnLadder, cut_offs, standing

MOST = 200
LEADING = (Role.MANAGER, Role.OWNER)


@dataclass(frozen=True, slots=True)
class Alike:
    """Units in which the rungs are reached on the same days: `marks` are the latest due dates of the ladder's steps."""

    ladder: tuple[LadderStep, ...]
    marks: tuple[date, ...]
    calendar: WorkingCalendar
    units: tuple[int, ...]

    def mark_of(self, who: str) -> date | None:
        """The latest due date that has reached this rung; None where the ladder has none."""
        return next((mark for step, mark in zip(self.ladder, self.marks, strict=True) if step.who == who), None)

    def days_of(self, who: str) -> int | None:
        return next((step.days for step in self.ladder if step.who == who), None)


@dataclass(frozen=True, slots=True)
class Slipped:
    """One person's overdue customers. `reached`: for each step of the ladder how many are so late or later; `longest`
    in working days."""

    owner: int
    unit: int
    alike: Alike
    reached: tuple[int, ...]
    longest: int

    def on(self, who: str) -> int:
        """How many have reached a rung; 0 where the ladder has no such rung."""
        return sum(n for step, n in zip(self.alike.ladder, self.reached, strict=True) if step.who == who)


@dataclass(frozen=True, slots=True)
class Row:
    """One overdue customer with where it stands and what follows, as reasons."""

    customer: int
    name: str
    rung: Rung
    owner: str
    on_ladder: OnLadder
    why: Reason
    follows: Reason


def alike(units: Iterable[Unit], *, today: date) -> list[Alike]:
    """The units grouped by the days on which their customers reach the rungs. One without a ladder is left out."""
    units = list(units)
    groups: dict[tuple[tuple[LadderStep, ...], WorkingCalendar], list[int]] = defaultdict(list)
    for pk, practice in practices_of(units).items():
        if practice.playbook.ladder:
            groups[practice.playbook.ladder, practice.calendar].append(pk)
    return [
        Alike(ladder, cut_offs(ladder, today=today, calendar=calendar), calendar, tuple(pks))
        for (ladder, calendar), pks in groups.items()
    ]


def slipped(units: Iterable[Unit], *, today: date) -> list[Slipped]:
    """Everybody in these units who has overdue customers, the longest overdue first. A question for each group of
    units that work alike."""
    found = []
    for group in alike(units, today=today):
        counts = {f"step_{nth}": Count("pk", filter=Q(due_on__lte=mark)) for nth, mark in enumerate(group.marks)}
        rows: QuerySet[Any, Any] = (
            Customer.objects.filter(HELD, unit__in=group.units, due_on__lte=group.marks[0])
            .order_by()
            .values("owner_id", "unit_id")
            .annotate(oldest=Min("due_on"), **counts)
        )
        for row in rows:
            reached = tuple(row[name] for name in counts)
            longest = group.calendar.between(row["oldest"], today)
            found.append(Slipped(row["owner_id"], row["unit_id"], group, reached, longest))
    return sorted(found, key=lambda each: (-each.longest, -each.reached[0], each.owner))


def overdue_rows(
    actor: Person,
    units: Iterable[Unit],
    *,
    today: date,
    who: str = "seller",
    owner: Person | None = None,
    most: int = MOST,
) -> list[Row]:
    """The customers that have reached a rung, the longest overdue first; at most `most`."""
    units = list(units)
    groups, practices = alike(units, today=today), practices_of(units)
    wanted = Q(pk__in=())
    for group in groups:
        mark = group.mark_of(who)
        if mark is not None:
            wanted |= Q(unit__in=group.units, due_on__lte=mark)
    found = Customer.objects.visible_to(actor).filter(HELD).filter(wanted)
    if owner is not None:
        found = found.filter(owner=owner)
    by_unit = {pk: group for group in groups for pk in group.units}
    rows = found.select_related("owner").order_by("due_on", "pk")[:most]
    return [shown(row, by_unit[row.unit_id], practices[row.unit_id], today=today) for row in rows]


def shown(row: Customer, group: Alike, practice: Practice, *, today: date) -> Row:
    """One customer as the lists show it."""
    assert row.due_on is not None
    assert row.owner is not None
    where = standing(row.due_on, today=today, calendar=group.calendar, ladder=group.ladder)
    return Row(
        customer=row.pk,
        name=row.name,
        rung=rung_of(row.playbook, row.class_code),
        owner=row.owner.name,
        on_ladder=where,
        why=why(row.due_on, where),
        follows=what_follows(where, goes_back(row, practice, today)),
    )


def why(due_on: date, where: OnLadder) -> Reason:
    """Where it stands, in one sentence."""
    figures = {"due": due_on.isoformat(), "days": where.overdue}
    if where.step is None or where.since is None:
        return Reason("slipped_not_yet", figures)
    return Reason(f"slipped_to_{where.step.who}", {**figures, "since": where.since.isoformat()})


def what_follows(where: OnLadder, back: GoesBack | None) -> Reason:
    """What comes first if nobody contacts the customer: the next step, or the pool where its class's rule is faster."""
    if back is not None and where.comes_first(back.on) == "recycle":
        return Reason("next_to_pool" if where.next else "last_to_pool", {"on": back.on.isoformat()})
    if where.next is None or where.next_on is None:
        return Reason("nothing_follows")
    return Reason(f"next_to_{where.next.who}", {"on": where.next_on.isoformat()})


def leaders() -> dict[int, list[Person]]:
    """Who leads each unit, by its key."""
    found: dict[int, list[Person]] = defaultdict(list)
    for person in Person.objects.active().filter(role__in=LEADING).order_by("pk"):
        found[person.unit_id].append(person)
    return found


def heard_in(found: Iterable[Slipped], *, led: Collection[int], tree: Tree) -> Mapping[tuple[int, str], list[Slipped]]:
    """Whose matter it is: (unit whose leaders hear of it, rung) → who has customers there."""
    heard: dict[tuple[int, str], list[Slipped]] = defaultdict(list)
    for each in found:
        team, region = answerable(each.unit, led=led, tree=tree)
        for unit, who in ((team, "lead"), (team, "reassign"), (region, "region")):
            if unit is not None and each.on(who):
                heard[unit, who].append(each)
    return heard
