"""How a playbook's file is written: every part of it, and nothing else may stand there."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from genjin.playbooks.keeping_order import LADDER, LadderStep, MoveProposal, PoolRules, Recycle
from genjin.playbooks.parts import ClassCode, Clock, Code, Count, Days, Strict
from genjin.playbooks.words import Chip, Words

Look = Literal["1", "2", "3k", "3", "4k", "4", "5", "6", "7", "0", "9"]


class Span(Strict, kw_only=True):
    min: Count
    max: Count


class Cycle(Strict, kw_only=True):
    """Working days between two effective contacts."""

    min: Days
    max: Days


class Step(Strict, kw_only=True):
    """One step of a talk track: what it is for, and a sentence a seller would say."""

    title: Words
    say: Words


class Condition(Strict, kw_only=True):
    """What must be known before a class is entered. `by`: derived from the notes, the seller's tick, or the lead."""

    code: Code
    by: Literal["derived", "seller", "lead"]
    words: Words


class ClassEntry(Strict, kw_only=True):
    """`weekend` is what its key customers are written at the weekend (B4), {name} standing for whom it is said to."""

    code: ClassCode
    name: Words
    badge: Words
    look: Look
    aim: Words
    definition: Words
    talk_track: tuple[Step, ...]
    family: ClassCode | None = None
    key: bool = False
    cycle: Cycle | None = None
    queue: bool = False
    first_contact_within: Days | None = None
    close_within: Days | None = None
    warn_from_day: Days | None = None
    enter: tuple[Code | tuple[Code, ...], ...] = ()
    closes_as: Literal["dead"] | None = None
    weekend: Words | None = None


class Stock(Strict, kw_only=True):
    """How many customers of these classes together one person holds."""

    classes: tuple[ClassCode, ...]
    target: Span | None = None
    limit: Count | None = None
    warning: Count | None = None


class Size(Strict, kw_only=True):
    code: Code
    name: Words
    stock: tuple[Stock, ...]


class CycleChange(Strict, kw_only=True):
    classes: tuple[ClassCode, ...]
    cycle: Cycle


class Rhythm(Strict, kw_only=True):
    code: Code
    name: Words
    cycles: tuple[CycleChange, ...] = ()


class BlockEntry(Strict, kw_only=True):
    """A time of the day with its own classes. Without a target it takes all that are due."""

    code: Code
    name: Words
    starts: Clock = msgspec.field(name="from")
    ends: Clock = msgspec.field(name="to")
    classes: tuple[ClassCode, ...]
    target: Count | None = None
    then: tuple[ClassCode, ...] = ()


class Rest(Strict, kw_only=True):
    """Whom the slots that no block names go to."""

    name: Words
    classes: tuple[ClassCode, ...]
    then: tuple[ClassCode, ...] = ()


class MixPart(Strict, kw_only=True):
    classes: tuple[ClassCode, ...]
    min: Count
    max: Count
    key: Count | None = None


class Mix(Strict, kw_only=True):
    """Contacts of a day by class."""

    code: Code
    name: Words
    parts: tuple[MixPart, ...]


class ClassTarget(Strict, kw_only=True):
    classes: tuple[ClassCode, ...]
    count: Count


class EndOfDay(Strict, kw_only=True):
    """What a day should have brought (C7)."""

    effective: Count
    class_targets: tuple[ClassTarget, ...] = ()


class Week(Strict, kw_only=True):
    """Customers booked ahead per day of the week, Monday first, and what the manager inspects for (C8)."""

    booked: tuple[Count, ...]
    inspected: tuple[Count, ...]


class RetryStep(Strict, kw_only=True):
    """What follows a miss: working days until the next try; a key customer may be tried again the same day."""

    days: Days
    key_same_day: bool = False
    propose: bool = False


class RetryProposal(Strict, kw_only=True):
    """What is proposed for these classes; `kp_known` restricts it to customers whose KP is, or is not, known."""

    classes: tuple[ClassCode, ...]
    kp_known: bool | None = None
    move_to: ClassCode | None = None
    give_up: bool = False


class RetryPlan(Strict, kw_only=True):
    steps: Annotated[tuple[RetryStep, ...], Meta(min_length=1)]
    proposals: tuple[RetryProposal, ...] = ()


class Standard(Strict, kw_only=True):
    """A reason that suffices for giving a customer up (C11)."""

    code: Code
    times: Days
    words: Words


class GiveUp(Strict, kw_only=True):
    classes: tuple[ClassCode, ...]
    standards: tuple[Standard, ...]


class Chips(Strict, kw_only=True):
    """The words of the note form (C6)."""

    interests: tuple[Chip, ...]
    objections: tuple[Chip, ...]
    services: tuple[Chip, ...]
    bring_next: tuple[Chip, ...]
    miss_reasons: tuple[Chip, ...]


class Origin(Strict, kw_only=True):
    """What another playbook's classes become here."""

    playbook: Code
    classes: dict[ClassCode, ClassCode]


class PlaybookFile(Strict, kw_only=True):
    """A playbook as its file has it."""

    code: Code
    name: Words
    summary: Words
    entry_class: ClassCode
    won_class: ClassCode | None = None
    daily_slots: Annotated[int, Meta(ge=1, le=500)]
    conditions: tuple[Condition, ...] = ()
    classes: Annotated[tuple[ClassEntry, ...], Meta(min_length=1)]
    sizes: tuple[Size, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    blocks: Annotated[tuple[BlockEntry, ...], Meta(min_length=1)]
    rest: Rest | None = None
    mix: Code | None = None
    mixes: tuple[Mix, ...] = ()
    end_of_day: EndOfDay | None = None
    week: Week | None = None
    retry: RetryPlan
    give_up: GiveUp
    proposals: tuple[MoveProposal, ...] = ()
    pool: PoolRules = PoolRules()
    recycle: Recycle = Recycle()
    ladder: tuple[LadderStep, ...] = LADDER
    worth_following: tuple[Words, ...] = ()
    chips: Chips
    comes_from: tuple[Origin, ...] = ()
    retired: dict[ClassCode, ClassCode] = {}
