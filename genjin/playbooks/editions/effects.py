"""What a changed playbook does to the customers of today, in figures, before it takes effect.

The figures are counted by the app that knows customers; it registers itself here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from genjin.core.reasons import Reason
from genjin.playbooks.rules import Load
from genjin.playbooks.schema import Playbook
from genjin.playbooks.variant import Variant


@dataclass(slots=True)
class MovedDates:
    """Owned open customers of one class whose last day is counted by the class's cycle, were the new one applied today.

    `earlier` and `later` of them get another last day; `newly_overdue` that of a day before today, `no_longer_overdue`
    the other way round.
    """

    class_code: str
    customers: int = 0
    earlier: int = 0
    later: int = 0
    newly_overdue: int = 0
    no_longer_overdue: int = 0


@dataclass(frozen=True, slots=True)
class Above:
    """One person above a limit: how many are held, and how many of them are too many."""

    name: str
    unit: str
    held: int
    excess: int


@dataclass(frozen=True, slots=True)
class ChangedLimit:
    """A limit of classes that count together, before and after, and who would be above it, the most first."""

    classes: tuple[str, ...]
    size: str
    before: int | None
    after: int | None
    above_before: int
    above_after: tuple[Above, ...]

    @property
    def excess(self) -> int:
        return sum(each.excess for each in self.above_after)


@dataclass(frozen=True, slots=True)
class PersonsLoad:
    """What the customers that one person holds ask for a day, before and after, against the slots then."""

    name: str
    unit: str
    customers: int
    slots_before: int
    slots_after: int
    before: Load
    after: Load

    @property
    def is_too_much_before(self) -> bool:
        return self.before.slackest > self.slots_before

    @property
    def is_too_much_after(self) -> bool:
        return self.after.slackest > self.slots_after


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """How many customers of one person would go back to the pool."""

    name: str
    unit: str
    customers: int


@dataclass(frozen=True, slots=True)
class Example:
    """One customer that would go back, and why."""

    customer: int
    name: str
    class_code: str
    owner: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Whom changed rules of going back take in the night after `first`, their first day: class → by the rules now and
    by the new ones; from whom, the most first; some by name."""

    first: date
    by_class: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    people: tuple[TakenFrom, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def before(self) -> int:
        return sum(before for before, _after in self.by_class.values())

    @property
    def after(self) -> int:
        return sum(after for _before, after in self.by_class.values())


@dataclass(slots=True)
class Effects:
    """`people` hold `customers` open ones by this playbook. `merged`: class → all who stand in it, closed ones too.
    `taken_back` where the rules of going back change."""

    customers: int = 0
    people: int = 0
    dates: list[MovedDates] = field(default_factory=list)
    limits: list[ChangedLimit] = field(default_factory=list)
    loads: list[PersonsLoad] = field(default_factory=list)
    merged: dict[str, int] = field(default_factory=dict)
    taken_back: TakenBack | None = None

    @property
    def moved(self) -> int:
        return sum(each.earlier + each.later for each in self.dates)

    @property
    def newly_overdue(self) -> int:
        return sum(each.newly_overdue for each in self.dates)

    @property
    def too_much_before(self) -> int:
        return sum(each.is_too_much_before for each in self.loads)

    @property
    def too_much_after(self) -> int:
        return sum(each.is_too_much_after for each in self.loads)


Counter = Callable[[Playbook, Playbook, date], Effects]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """`counter(before, after, today)` counts rows as they are now."""
    if counter not in _counters:
        _counters.append(counter)


def effects(before: Playbook, after: Playbook, today: date) -> Effects:
    """The effects on today's customers; none where no app counts any."""
    return _counters[0](before, after, today) if _counters else Effects()


def variants(playbook: Playbook) -> list[Variant]:
    """A playbook in every number set and rhythm it has."""
    sizes = [size.code for size in playbook.sizes] or [""]
    rhythms = [rhythm.code for rhythm in playbook.rhythms] or [""]
    return [playbook.resolved(size, rhythm) for size in sizes for rhythm in rhythms]


def counterpart(playbook: Playbook, chosen: Variant) -> Variant:
    """The same number set and rhythm in another version; its first where it has them no more."""
    sizes, rhythms = ({each.code for each in part} for part in (playbook.sizes, playbook.rhythms))
    return playbook.resolved(
        chosen.size if chosen.size in sizes else "", chosen.rhythm if chosen.rhythm in rhythms else ""
    )


def changed_cycles(before: Playbook, after: Playbook) -> list[str]:
    """The classes whose cycle or first contact differs in some number set and rhythm, in the order of the ladder."""
    differ: set[str] = set()
    for chosen in variants(after):
        held = counterpart(before, chosen)
        differ |= {
            cls.code
            for cls in chosen.classes
            if held.has_class(cls.code) and _rhythm(held, cls.code) != _rhythm(chosen, cls.code)
        }
    return [entry.code for entry in after.classes if entry.code in differ]


def _rhythm(playbook: Variant, code: str) -> tuple[int, int, int | None]:
    cls = playbook.class_of(code)
    return cls.min_days, cls.max_days, cls.first_contact_within
