"""A day's contacts by the hour, and against the blocks of the playbook."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from genjin.playbooks.variant import Block


@dataclass(frozen=True, slots=True)
class Made:
    """One contact: local time, whether it was effective, the class the customer had before it."""

    at: time
    is_effective: bool
    class_code: str


@dataclass(frozen=True, slots=True)
class InBlock:
    """Contacts made in a block's hours: with customers of its own classes, with others; `target` None takes all due."""

    block: Block
    own: int
    others: int
    target: int | None

    @property
    def missing(self) -> int:
        return max((self.target or 0) - self.own - self.others, 0)


@dataclass(frozen=True, slots=True)
class Hour:
    """Contacts of one hour of the day."""

    hour: int
    effective: int
    missed: int

    @property
    def made(self) -> int:
        return self.effective + self.missed


def in_blocks(made: Sequence[Made], blocks: Iterable[Block]) -> list[InBlock]:
    """Each block that has hours, with what was done in them. The end of a block belongs to the next one."""
    found = []
    for block in blocks:
        if block.starts is None or block.ends is None:
            continue
        within = [each for each in made if block.starts <= each.at < block.ends]
        own = sum(each.class_code in block.classes for each in within)
        found.append(InBlock(block, own, len(within) - own, block.target))
    return found


def outside(made: Sequence[Made], blocks: Iterable[Block]) -> int:
    """Contacts made in no block's hours: at noon, before work, after it."""
    spans = [(block.starts, block.ends) for block in blocks if block.starts is not None and block.ends is not None]
    return sum(not any(start <= each.at < end for start, end in spans) for each in made)


def by_hour(made: Sequence[Made], first: int, last: int) -> list[Hour]:
    """Every hour from `first` to `last`, both included, empty ones too."""
    counts = Counter((each.at.hour, each.is_effective) for each in made)
    return [Hour(hour, counts[hour, True], counts[hour, False]) for hour in range(first, last + 1)]
