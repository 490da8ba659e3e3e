"""The manager's board: per person what is held, what slipped, who was forgotten, what was done today. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, When

from genjin.customers.models import SILENT_SINCE, Customer
from genjin.followups.reports.figures import counted_by
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks import rules
from genjin.playbooks.rules.stock import Holding, groups
from genjin.playbooks.services import playbooks_for
from genjin.playbooks.variant import Variant

# 遗忘客户: calendar days without an effective contact, as every Chinese CRM counts them.
SILENT_DAYS = (7, 15, 30, 90, 180)


@dataclass(slots=True)
class Line:
    """One person's figures; `silent` counts customers without effective contact for at least so many days."""

    person: Person
    slots: int
    counts: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    unplanned: int = 0
    silent: Counter[int] = field(default_factory=Counter)
    effective: int = 0
    missed: int = 0
    holdings: list[Holding] = field(default_factory=list)
    load: rules.Load | None = None

    @property
    def done(self) -> int:
        return self.effective + self.missed

    @property
    def asks(self) -> float:
        """Contacts a day that the stock asks for at its slackest."""
        return self.load.slackest if self.load else 0.0

    @property
    def held(self) -> int:
        return sum(self.counts.values())

    def held_of(self, classes: tuple[str, ...]) -> int:
        """How many of classes that count together."""
        return sum(self.counts[code] for code in classes)


@dataclass(frozen=True, slots=True)
class Board:
    """The people who work by one playbook, with the groups of classes that are its columns."""

    playbook: Variant
    groups: list[tuple[str, ...]]
    lines: list[Line]

    def total(self) -> Line:
        """All lines added up; against the sum of what each should and may hold."""
        total = Line(person=self.lines[0].person, slots=sum(line.slots for line in self.lines))
        for line in self.lines:
            total.counts += line.counts
        total.load = rules.load_arithmetic(self.playbook, total.counts)
        for line in self.lines:
            total.silent += line.silent
            total.overdue += line.overdue
            total.unplanned += line.unplanned
            total.effective += line.effective
            total.missed += line.missed
        return total


def boards(*, units: Iterable[Unit], today: date, stock_only: bool = False) -> list[Board]:
    """One board for each playbook in use in these units; within it who has most overdue first. `stock_only` leaves out
    what nobody asks for who looks at the stock: who was forgotten, and what was done today."""
    keys = {unit.pk for unit in units}
    people = Person.objects.holding_customers().filter(unit__in=keys).select_related("unit")
    playbooks = playbooks_for(keys)
    lines = {person.pk: Line(person, person.daily_slots or playbooks[person.unit_id].daily_slots) for person in people}
    _count_customers(lines, playbooks, today, silent_days=() if stock_only else SILENT_DAYS)
    if not stock_only:
        _count_touches(lines, today)
    by_playbook: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in lines.values():
        playbook = playbooks[line.person.unit_id]
        if line.held or line.person.role == Role.SELLER:
            line.holdings = rules.stock(playbook, line.counts)
            line.load = rules.load_arithmetic(playbook, line.counts)
            by_playbook[(playbook.code, playbook.size, playbook.rhythm)].append(line)
    found = []
    for some in by_playbook.values():
        playbook = playbooks[some[0].person.unit_id]
        some.sort(key=lambda line: (-line.overdue, -line.held, line.person.pk))
        found.append(Board(playbook, groups(playbook), some))
    return sorted(found, key=lambda board: -len(board.lines))


def _class_in(playbook: Variant, held: str, code: str) -> str:
    """Its class; where the unit's playbook has just changed, the one it is going to have."""
    return code if held == playbook.code else rules.map_class(playbook, held, code).code


def _count_customers(
    lines: dict[int, Line], playbooks: Mapping[int, Variant], today: date, *, silent_days: Sequence[int]
) -> None:
    columns = ["owner_id", "playbook", "class_code"]
    rows = Customer.objects.open().filter(unit__in=playbooks.keys(), owner__isnull=False).order_by()
    if silent_days:  # by the longest that has passed: five sums of a row's own would each look at every row again
        passed = [When(silent_since__lte=today - timedelta(days=days), then=days) for days in sorted(silent_days)[::-1]]
        silent = Case(*passed, default=0, output_field=IntegerField())
        rows, columns = rows.alias(silent_since=SILENT_SINCE).annotate(silent=silent), [*columns, "silent"]
    counted = rows.values(*columns).annotate(
        held=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        unplanned=Count("pk", filter=Q(due_on__lte=today, planned_on=None)),
    )
    for row in counted:
        line = lines.get(row["owner_id"])
        if line is None:
            continue
        line.counts[_class_in(playbooks[line.person.unit_id], row["playbook"], row["class_code"])] += row["held"]
        line.overdue += row["overdue"]
        line.unplanned += row["unplanned"]
        for days in silent_days:
            line.silent[days] += row["held"] if row["silent"] >= days else 0


def _count_touches(lines: dict[int, Line], today: date) -> None:
    for author, (attempts, effective) in counted_by(lines, today, today).items():
        lines[author].effective = effective
        lines[author].missed = attempts - effective
