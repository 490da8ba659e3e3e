"""The faults as they were counted last, beside those of a week before."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max

from genjin.insights.models import QualityDay
from genjin.organization.models import Person, Unit

WEEK = timedelta(days=7)
MOST_PEOPLE = 100


@dataclass(slots=True)
class Line:
    """A unit's or a person's faults. `before` is None where nothing was counted a week ago."""

    of: Unit | Person
    held: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    before: Counter[str] | None = None

    def change(self, code: str) -> int | None:
        """How many more than a week ago, negative for fewer."""
        return None if self.before is None else self.faults[code] - self.before[code]


@dataclass(frozen=True, slots=True)
class Quality:
    """`counted_at` of the newest count, None where nothing was ever counted. `people` is empty for very many."""

    counted_at: datetime | None
    compared_with: date | None
    units: list[Line]
    people: list[Line]
    together: Line | None
    is_cut: bool


def quality_of(actor: Person, within: Collection[int], *, today: date) -> Quality:
    """What was counted of these units, as far as the actor sees them."""
    counted = QualityDay.objects.visible_to(actor).filter(unit__in=within, on__lte=today)
    newest = counted.aggregate(on=Max("on"))["on"]
    if newest is None:
        return Quality(None, None, [], [], None, False)
    earlier = counted.filter(on__lte=newest - WEEK, on__gt=newest - 3 * WEEK).aggregate(on=Max("on"))["on"]
    rows = list(counted.filter(on=newest).select_related("unit", "owner"))
    before = list(counted.filter(on=earlier)) if earlier else None
    units = _lines(rows, before, "unit")
    people = _lines(rows, before, "owner")
    is_cut = len(people) > MOST_PEOPLE
    together = Line(rows[0].unit if rows else Unit(), before=None if before is None else Counter())
    for line in units:
        together.held += line.held
        together.faults += line.faults
        if together.before is not None and line.before is not None:
            together.before += line.before
    return Quality(
        counted_at=max((row.counted_at for row in rows), default=None),
        compared_with=earlier,
        units=units,
        people=[] if is_cut else people,
        together=together,
        is_cut=is_cut,
    )


def _lines(rows: Iterable[QualityDay], before: Iterable[QualityDay] | None, by: str) -> list[Line]:
    """Added up by unit or by owner; who has most faults stands first."""
    lines: dict[int, Line] = {}
    for row in rows:
        line = lines.setdefault(getattr(row, f"{by}_id"), Line(getattr(row, by)))
        line.held += row.held
        line.faults.update(row.faults)
    if before is not None:
        earlier: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for row in before:
            earlier[getattr(row, f"{by}_id")].update(row.faults)
        for key, line in lines.items():
            line.before = earlier[key]
    return sorted(lines.values(), key=lambda line: (-sum(line.faults.values()), line.of.pk))
