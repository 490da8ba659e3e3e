"""Whose the slots of a day are: new customers own their blocks, follow-ups have the rest (domain §2 day plan)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from genjin.playbooks.rules.leave import without
from genjin.playbooks.rules.today import scaled_targets
from genjin.playbooks.variant import Variant

NO_HALF: frozenset[str] = frozenset()
NEVER: Mapping[date, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shares:
    """The slots of each day: `new` for the classes that wait in a queue, `follow_up` for all others."""

    new: Mapping[date, int]
    follow_up: Mapping[date, int]


def shares(
    playbook: Variant, slots: Mapping[date, int], waiting: int, *, done_new: int = 0, done_others: int = 0,
    more_new: int = 0, off: Mapping[date, frozenset[str]] = NEVER,
) -> Shares:  # fmt: skip
    """Divide the slots of the coming days. `waiting`: customers in the queue, who are fewer from day to day.

    What was done on the first day already, `done_new` of it with the queue's classes, has used up its slots.

    The blocks of the queue's classes keep their target for them as long as there are any; a person of half the slots
    keeps half of it. `more_new` slots of a whole day are theirs besides, for development. On a day of which a half is
    `off` only the blocks of the other one do.
    """
    new: dict[date, int] = {}
    follow_up: dict[date, int] = {}
    for day, number in sorted(slots.items()):
        target = target_for_new(without(playbook, off.get(day, NO_HALF)), number)
        wanted = target + (0 if day in off else min(more_new, max(number - target, 0)))
        share = min(max(wanted - done_new, 0), waiting, number)
        waiting -= share
        new[day], follow_up[day] = share, max(number - share - done_new - done_others, 0)
        done_new = done_others = 0
    return Shares(new, follow_up)


def target_for_new(playbook: Variant, slots: int) -> int:
    """The slots of the blocks that belong to the queue's classes alone."""
    targets = scaled_targets(playbook, slots)
    blocks = [block for block in playbook.blocks if set(block.classes) <= playbook.queue_classes]
    return sum(targets[block.code] or 0 for block in blocks)
