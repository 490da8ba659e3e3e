"""A playbook as one unit works by it: number set and rhythm chosen, everything in one flat immutable object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType

from genjin.playbooks.keeping_order import LadderStep, MoveProposal, PoolRules, Recycle, RecycleRule
from genjin.playbooks.structure import (
    Chips,
    ClassEntry,
    EndOfDay,
    GiveUp,
    Mix,
    PlaybookFile,
    RetryPlan,
    Rhythm,
    Size,
    Step,
    Stock,
    Week,
)
from genjin.playbooks.words import Words


@dataclass(frozen=True, slots=True)
class EntryCondition:
    """One thing that must be met before a class is entered, by itself or by one of its alternatives."""

    code: str
    words: Words
    by: str
    alternatives: tuple["EntryCondition", ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Any one of these facts meets the condition."""
        return (self.code, *(other.code for other in self.alternatives))


@dataclass(frozen=True, slots=True, eq=False)
class CustomerClass:
    """A class with the figures of the chosen number set and rhythm.

    `min_days` and `max_days` are working days; `close_within` and `warn_from_day` calendar days from entry;
    `first_contact_within` working days from assignment. `counts_with` are the classes whose customers count together
    against `stock_target`, `limit` and `warning_level`, itself included. `rank`: 0 is nearest to payment.
    """

    playbook: str
    code: str
    family: str
    rank: int
    name: Words
    badge: Words
    look: str
    is_key: bool
    definition: Words
    aim: Words
    talk_track: tuple[Step, ...]
    min_days: int
    max_days: int
    is_queue: bool
    first_contact_within: int | None
    close_within: int | None
    warn_from_day: int | None
    stock_target: tuple[int, int] | None
    limit: int | None
    warning_level: int | None
    counts_with: tuple[str, ...]
    entry_conditions: tuple[EntryCondition, ...]
    closes_as: str | None
    is_won: bool
    weekend: Words | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A time of the day with its classes; `target` contacts, or all that are due where there is none."""

    code: str
    name: Words
    starts: time | None
    ends: time | None
    classes: tuple[str, ...]
    target: int | None
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """A playbook with one number set and one rhythm. What every rule and screen works with."""

    code: str
    name: Words
    summary: Words
    size: str
    size_name: Words | None
    rhythm: str
    rhythm_name: Words | None
    daily_slots: int
    entry_class: CustomerClass
    won_class: CustomerClass | None
    classes: tuple[CustomerClass, ...]
    blocks: tuple[Block, ...]
    rest: Block | None
    mix: str | None
    mixes: tuple[Mix, ...]
    end_of_day: EndOfDay | None
    week: Week | None
    retry: RetryPlan
    give_up: GiveUp
    proposals: tuple[MoveProposal, ...]
    pool: PoolRules
    recycle: Recycle
    ladder: tuple[LadderStep, ...]
    worth_following: tuple[Words, ...]
    chips: Chips
    comes_from: Mapping[str, Mapping[str, str]]
    retired: Mapping[str, str]
    _by_code: Mapping[str, CustomerClass] = field(repr=False)

    def class_of(self, code: str) -> CustomerClass:
        """The class of a code, or what a class that is no more became; an unknown one is a KeyError."""
        return self._by_code[code if code in self._by_code else self.retired[code]]

    def has_class(self, code: str) -> bool:
        return code in self._by_code

    def recycle_rule_of(self, code: str) -> RecycleRule | None:
        """When a customer of this class goes back to the pool; None for never, and while recycling is switched off."""
        rules = self.recycle.rules if self.recycle.active else ()
        return next((rule for rule in rules if code in rule.classes), None)

    def proposals_on(self, occasion: str, code: str) -> tuple[MoveProposal, ...]:
        """What is proposed for customers of this class on an occasion (`payment_promise_lapsed`, …)."""
        return tuple(each for each in self.proposals if each.when == occasion and code in each.classes)

    @property
    def key_classes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.classes if each.is_key)

    @property
    def pressing_classes(self) -> frozenset[str]:
        """The classes of which a block takes all that are due."""
        return frozenset(code for block in self.blocks if block.target is None for code in block.classes)

    @property
    def queue_classes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.classes if each.is_queue)

    @property
    def longest_cycle(self) -> int:
        """Working days after which every customer that nobody worked is overdue."""
        return max(max(each.max_days, each.first_contact_within or 0) for each in self.classes)


def _chosen(options: tuple, code: str, what: str):
    """The option of this code, the first when none is named, None when the playbook has none."""
    if not code:
        return options[0] if options else None
    found = {option.code: option for option in options}
    if code not in found:
        raise KeyError(f"the playbook has no {what} {code}")
    return found[code]


def _conditions(playbook: PlaybookFile, entry: ClassEntry) -> tuple[EntryCondition, ...]:
    known = {each.code: EntryCondition(each.code, each.words, each.by) for each in playbook.conditions}
    wanted = [(each,) if isinstance(each, str) else each for each in entry.enter]
    return tuple(
        EntryCondition(first, known[first].words, known[first].by, tuple(known[code] for code in others))
        for first, *others in wanted
    )


def _class(playbook: PlaybookFile, rank: int, size: Size | None, rhythm: Rhythm | None) -> CustomerClass:
    entry = playbook.classes[rank]
    stock = next((each for each in size.stock if entry.code in each.classes), None) if size else None
    stock = stock or Stock(classes=(entry.code,))
    changes = rhythm.cycles if rhythm else ()
    cycle = next((each.cycle for each in changes if entry.code in each.classes), entry.cycle)
    return CustomerClass(
        playbook=playbook.code,
        code=entry.code,
        family=entry.family or entry.code,
        rank=rank,
        name=entry.name,
        badge=entry.badge,
        look=entry.look,
        is_key=entry.key,
        definition=entry.definition,
        aim=entry.aim,
        talk_track=entry.talk_track,
        weekend=entry.weekend,
        min_days=cycle.min if cycle else 1,
        max_days=cycle.max if cycle else entry.first_contact_within or 1,
        is_queue=entry.queue,
        first_contact_within=entry.first_contact_within,
        close_within=entry.close_within,
        warn_from_day=entry.warn_from_day,
        stock_target=(stock.target.min, stock.target.max) if stock.target else None,
        limit=stock.limit,
        warning_level=stock.warning,
        counts_with=stock.classes,
        entry_conditions=_conditions(playbook, entry),
        closes_as=entry.closes_as,
        is_won=entry.code == playbook.won_class,
    )


def resolve(playbook: PlaybookFile, size: str = "", rhythm: str = "") -> Variant:
    """Choose the number set and the rhythm. An unknown name is a KeyError; no name means the file's first."""
    chosen_size = _chosen(playbook.sizes, size, "number set")
    chosen_rhythm = _chosen(playbook.rhythms, rhythm, "rhythm")
    classes = tuple(_class(playbook, rank, chosen_size, chosen_rhythm) for rank in range(len(playbook.classes)))
    by_code = MappingProxyType({each.code: each for each in classes})
    blocks = tuple(
        Block(
            each.code,
            each.name,
            time.fromisoformat(each.starts),
            time.fromisoformat(each.ends),
            each.classes,
            each.target,
            each.then,
        )
        for each in playbook.blocks
    )
    rest = playbook.rest
    spare = Block("rest", rest.name, None, None, rest.classes, None, rest.then) if rest else None
    return Variant(
        code=playbook.code,
        name=playbook.name,
        summary=playbook.summary,
        size=chosen_size.code if chosen_size else "",
        size_name=chosen_size.name if chosen_size else None,
        rhythm=chosen_rhythm.code if chosen_rhythm else "",
        rhythm_name=chosen_rhythm.name if chosen_rhythm else None,
        daily_slots=playbook.daily_slots,
        entry_class=by_code[playbook.entry_class],
        won_class=by_code[playbook.won_class] if playbook.won_class else None,
        classes=classes,
        blocks=blocks,
        rest=spare,
        mix=playbook.mix,
        mixes=playbook.mixes,
        end_of_day=playbook.end_of_day,
        week=playbook.week,
        retry=playbook.retry,
        give_up=playbook.give_up,
        proposals=playbook.proposals,
        pool=playbook.pool,
        recycle=playbook.recycle,
        ladder=playbook.ladder,
        worth_following=playbook.worth_following,
        chips=playbook.chips,
        comes_from=MappingProxyType({each.playbook: MappingProxyType(each.classes) for each in playbook.comes_from}),
        retired=MappingProxyType(playbook.retired),
        _by_code=by_code,
    )
