"""Today's list: the day's blocks of time filled with the customers that belong to today (domain §2 day plan).

Each block takes its own classes up to its target: appointments and promises at their time, then key before normal,
within each the longest overdue first. What a block lacks the next class fills. Classes of a block without a target (1
and 2), appointments, promises, what a task asks for and a key customer's second slot always find a place; they count
within the day, so the day's last blocks give way. Slots left over go to the rest. Whoever found no place is returned,
never hidden.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.rules.seats import seated
from genjin.playbooks.rules.why import why_today
from genjin.playbooks.variant import Block, Variant


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised to a customer by today; `at` the local time, None where the day itself has passed."""

    what: str
    on: date
    at: time | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer that belongs to today: planned for today or before, due and unplanned, in the queue, appointed, or
    promised something by today.

    `appointment_at` is the local time of today's appointment; `tried_at` that of today's attempt when a second slot is
    due today, which failed, or in which was `spoken` and a question left open; `since` the day the cycle counts from
    (last effective contact or class move), None where unknown. `gives_way`: the levelled days have no slot for it, so
    that it takes only what all others leave. `asked`: somebody who leads asked for it by a task of today, `asked_at` at
    a time.
    """

    customer: int
    class_code: str
    due_on: date
    planned_on: date | None = None
    planned_why: Reason | None = None
    appointment_at: time | None = None
    tried_at: time | None = None
    since: date | None = None
    gives_way: bool = False
    promised: Promised | None = None
    spoken: bool = False
    asked: bool = False
    asked_at: time | None = None

    @property
    def fixed_at(self) -> time | None:
        """The time of day at which it stands whatever else the day holds; None once it was tried after that."""
        agreed = self.appointment_at or self.asked_at
        if agreed is None and self.promised is not None:
            agreed = self.promised.at or time.min
        return None if agreed is None or (self.tried_at is not None and agreed <= self.tried_at) else agreed

    @property
    def is_agreed(self) -> bool:
        return self.appointment_at is not None or self.promised is not None


@dataclass(frozen=True, slots=True)
class Done:
    """An attempt made today. `class_code` is the class the customer was in before it, `at` the local time."""

    customer: int
    class_code: str
    at: time
    is_effective: bool


@dataclass(frozen=True, slots=True)
class Entry:
    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def customer(self) -> int:
        return self.candidate.customer

    @property
    def is_second(self) -> bool:
        """Whether the customer was tried or spoken with earlier today: a second slot, no second plan."""
        return self.candidate.tried_at is not None


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A block of the day. `standard` is its share of the day's slots, None where it takes all that are due."""

    block: Block
    standard: int | None
    done: tuple[Done, ...]
    entries: tuple[Entry, ...]

    @property
    def target(self) -> int:
        """What the block holds today: done and still to do. The targets of a day add up."""
        return len(self.done) + len(self.entries)

    @property
    def effective(self) -> int:
        return sum(done.is_effective for done in self.done)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """`left_over`: who belongs to today and found no place; `left_over_by_class` counts them."""

    slots: int
    blocks: tuple[BlockPlan, ...]
    left_over: tuple[Candidate, ...]

    @property
    def left_over_by_class(self) -> dict[str, int]:
        return dict(Counter(each.class_code for each in self.left_over))

    @property
    def done(self) -> int:
        return sum(len(plan.done) for plan in self.blocks)

    @property
    def effective(self) -> int:
        return sum(plan.effective for plan in self.blocks)

    @property
    def entries(self) -> list[Entry]:
        """Everybody still to contact today, in the order of the day."""
        return [entry for plan in self.blocks for entry in plan.entries]


def scaled_targets(playbook: Variant, slots: int) -> dict[str, int | None]:
    """Each block's share of a day of `slots` contacts; a person's own number stretches or shrinks all of them alike."""
    exact = {block.code: block.target * slots / playbook.daily_slots for block in playbook.blocks if block.target}
    shares = {code: int(share) for code, share in exact.items()}
    missing = round(sum(exact.values())) - sum(shares.values())
    for code in sorted(exact, key=lambda code: shares[code] - exact[code])[:missing]:
        shares[code] += 1
    return {block.code: None if block.target is None else shares.get(block.code, 0) for block in playbook.blocks}


def fill_day(
    playbook: Variant,
    candidates: Iterable[Candidate],
    done: Iterable[Done],
    *,
    today: date,
    slots: int,
    calendar: WorkingCalendar,
    tasks: int = 0,
    known: Callable[[Candidate], Candidate] = lambda each: each,
) -> DayPlan:
    """Put everybody who belongs to today into the blocks of the day, or among the left over: each exactly once.

    `tasks`: slots that go to what the person is asked to do at no customer; the day's last blocks give way.
    `known` adds to who found a place what only the reasons ask for: most of a big stock find none.
    """

    def entry(each: Candidate) -> Entry:
        whole = known(each)
        return Entry(whole, why_today(playbook, whole, today=today, calendar=calendar))

    day = _Day(playbook, slots, done, tasks)
    waiting = sorted({each.customer: each for each in candidates}.values(), key=order_of_urgency(playbook))
    waiting = day.place_appointments(waiting)
    waiting = day.place_pressing(waiting)
    waiting = day.place_second_slots(waiting)
    waiting = day.place_asked(waiting)
    left = []
    for gives_way in (False, True):
        some = day.place_own_classes([each for each in waiting if each.gives_way is gives_way])
        left += day.fill_the_rest(day.fill_what_blocks_lack(some))
    plans = tuple(
        BlockPlan(
            block,
            day.standards[block.code],
            tuple(day.done[block.code]),
            tuple(entry(each) for each in _agreed_at_their_time(day.placed[block.code])),
        )
        for block in day.blocks
    )
    return DayPlan(slots, plans, tuple(sorted(left, key=order_of_urgency(playbook))))


class Urgent(Protocol):
    """What the order of the day reads of a customer."""

    @property
    def customer(self) -> int: ...
    @property
    def class_code(self) -> str: ...
    @property
    def due_on(self) -> date: ...


def order_of_urgency(playbook: Variant) -> Callable[[Urgent], tuple]:
    """Key before normal, then the longest overdue, then by class, so that the same day always looks the same."""
    keys = playbook.key_classes
    ranks = {cls.code: cls.rank for cls in playbook.classes}

    def order(each: Urgent) -> tuple:
        rank = ranks.get(each.class_code, len(ranks))
        return each.class_code not in keys, each.due_on, rank, each.customer

    return order


def _agreed_at_their_time(placed: list[Candidate]) -> list[Candidate]:
    agreed = [(each.fixed_at, each.customer, each) for each in placed if each.fixed_at is not None]
    others = [each for each in placed if each.fixed_at is None]
    return [each for *_, each in sorted(agreed, key=lambda one: one[:2])] + others


class _Day:
    """The blocks while they are being filled. `capacity`: contacts that the day can still take."""

    def __init__(self, playbook: Variant, slots: int, done: Iterable[Done], tasks: int) -> None:
        self.playbook = playbook
        self.blocks = [*playbook.blocks, *([playbook.rest] if playbook.rest else [])]
        self.standards: Mapping[str, int | None] = scaled_targets(playbook, slots)
        if playbook.rest:
            named = sum(share or 0 for share in self.standards.values())
            self.standards = {**self.standards, playbook.rest.code: max(slots - named, 0)}
        self.placed: dict[str, list[Candidate]] = {block.code: [] for block in self.blocks}
        self.done: dict[str, list[Done]] = {block.code: [] for block in self.blocks}
        for each in sorted(done, key=lambda each: (each.at, each.customer)):
            self.done[self._block_of(each).code].append(each)
        self.capacity = max(slots - tasks - sum(map(len, self.done.values())), 0)

    def _block_of(self, done: Done) -> Block:
        """The block of its class in whose time it lay, else one of its class with room, else the rest of the day."""
        own = [block for block in self.playbook.blocks if done.class_code in block.classes and self._has_room(block)]
        at_that_time = [block for block in own if _holds(block, done.at)]
        return (at_that_time or own or [self.playbook.rest or self._block_at(done.at)])[0]

    def _has_room(self, block: Block) -> bool:
        standard = self.standards[block.code]
        return standard is None or len(self.done[block.code]) < standard

    def _block_at(self, at: time) -> Block:
        """The block in whose time it lies; between two blocks the next; after the last one the last."""
        timed = [block for block in self.playbook.blocks if block.ends is not None and at < block.ends]
        return timed[0] if timed else self.playbook.blocks[-1]

    def _put(self, block: Block, each: Candidate) -> None:
        self.placed[block.code].append(each)
        self.capacity = max(self.capacity - 1, 0)

    def place_appointments(self, waiting: list[Candidate]) -> list[Candidate]:
        for each in waiting:
            if each.fixed_at is not None:
                self._put(self._block_at(each.fixed_at), each)
        return [each for each in waiting if each.fixed_at is None]

    def place_pressing(self, waiting: list[Candidate]) -> list[Candidate]:
        """All that are due of the classes whose block has no target; a second try in a later block."""
        unlimited = [block for block in reversed(self.playbook.blocks) if block.target is None]
        own = {code: block for block in unlimited for code in block.classes}
        for each in waiting:
            if each.class_code in own:
                block = own[each.class_code]
                self._put(block if self._may_stand(each, block) else self._later(each), each)
        return [each for each in waiting if each.class_code not in own]

    def place_second_slots(self, waiting: list[Candidate]) -> list[Candidate]:
        """A second slot of a key customer, or of one with whom something is agreed, in a later block: of its class,
        else one that its class fills, else any with room."""
        keys = self.playbook.key_classes
        second = [e for e in waiting if e.tried_at is not None and (e.class_code in keys or e.is_agreed)]
        for each in second:
            self._put(self._best(each), each)
        return [each for each in waiting if each not in second]

    def place_asked(self, waiting: list[Candidate]) -> list[Candidate]:
        """Whom somebody who leads asked for today: a slot whatever else the day holds, until they were tried."""
        asked = [each for each in waiting if each.asked and each.tried_at is None]
        for each in asked:
            self._put(self._best(each), each)
        return [each for each in waiting if each not in asked]

    def _best(self, each: Candidate) -> Block:
        """A block of its class with room, else one that its class fills, else any with room, else a later one."""
        free = [block for block in self.playbook.blocks if self._may_stand(each, block) and self._room(block) > 0]
        own = [block for block in free if each.class_code in block.classes]
        fills = [block for block in free if each.class_code in block.then]
        return next(iter(own or fills or free), self._later(each))

    def _later(self, each: Candidate) -> Block:
        later = [block for block in self.blocks if self._may_stand(each, block)]
        return later[0] if later else self.blocks[-1]

    def _may_stand(self, each: Candidate, block: Block) -> bool:
        """A second try stands in a later block than the first."""
        if each.tried_at is None or block.starts is None:
            return True
        return block.starts > each.tried_at

    def _room(self, block: Block) -> int:
        standard = self.standards[block.code]
        if standard is None:
            return 0
        return min(standard - len(self.done[block.code]) - len(self.placed[block.code]), self.capacity)

    def _take(self, block: Block, codes: Collection[str], waiting: list[Candidate], room: int) -> list[Candidate]:
        """Put the first of these classes into the block while there is room; who is still waiting."""
        if room <= 0:
            return waiting
        left = []
        for each in waiting:
            if room > 0 and each.class_code in codes and self._may_stand(each, block):
                self._put(block, each)
                room -= 1
            else:
                left.append(each)
        return left

    def place_own_classes(self, waiting: list[Candidate]) -> list[Candidate]:
        """As many as possible in blocks of their own class, each block up to its target (`rules/seats.py`)."""
        blocks, where = self.playbook.blocks, _Own(self)
        room = [self._room(block) for block in blocks]
        found = seated([where.of(each) for each in waiting], room, self.capacity)
        for block, some in zip(blocks, found, strict=True):
            for nth in some:
                self._put(block, waiting[nth])
        placed = {nth for some in found for nth in some}
        return [each for nth, each in enumerate(waiting) if nth not in placed]

    def fill_what_blocks_lack(self, waiting: list[Candidate]) -> list[Candidate]:
        for block in self.playbook.blocks:
            for code in block.then:
                waiting = self._take(block, (code,), waiting, self._room(block))
        return waiting

    def fill_the_rest(self, waiting: list[Candidate]) -> list[Candidate]:
        """Every slot left over: the rest's own classes, the longest overdue first, then whoever else is there."""
        rest = self.playbook.rest
        if rest is None:
            return waiting
        longest_overdue_first = sorted(waiting, key=lambda each: (each.due_on, each.customer))
        waiting = self._take(rest, rest.classes, longest_overdue_first, self.capacity)
        waiting = sorted(waiting, key=order_of_urgency(self.playbook))
        for code in rest.then:
            waiting = self._take(rest, (code,), waiting, self.capacity)
        return waiting


class _Own:
    """In which blocks of its class each customer may stand, by their numbers."""

    def __init__(self, day: _Day) -> None:
        self.day = day
        self.known: dict[tuple[str, time | None], tuple[int, ...]] = {}

    def of(self, each: Candidate) -> tuple[int, ...]:
        key = each.class_code, each.tried_at
        if key not in self.known:
            self.known[key] = tuple(
                nth
                for nth, block in enumerate(self.day.playbook.blocks)
                if each.class_code in block.classes and self.day._may_stand(each, block)
            )
        return self.known[key]


def _holds(block: Block, at: time) -> bool:
    return block.starts is not None and block.ends is not None and block.starts <= at < block.ends
