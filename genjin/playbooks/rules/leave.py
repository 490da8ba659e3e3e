"""What is left of a day when half of it is off: which blocks, and how many contacts (domain §2 day plan).

The source's morning holds 15 of the 40 contacts and its afternoon 25, so a half is worth what its blocks are; a
playbook whose day has no break is cut in the middle.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from itertools import pairwise

from genjin.playbooks.variant import Block, Variant

MORNING, AFTERNOON = "morning", "afternoon"
HALVES = (MORNING, AFTERNOON)


def half_of(block: Block, after: time | None) -> str:
    """In which half of the day a block lies; what has no time of its own is done whenever the person is there."""
    if block.starts is None or after is None:
        return ""
    return MORNING if block.starts < after else AFTERNOON


def longest_break(playbook: Variant) -> time | None:
    """When the day goes on after its longest break; None where it has none."""
    timed = [(block.starts, block.ends) for block in playbook.blocks if block.starts and block.ends]
    breaks = [(_minutes(starts) - _minutes(ends), starts) for (_, ends), (starts, _) in pairwise(timed)]
    longest, after = max(breaks, default=(0, None))
    return after if longest > 0 else None


def slots_left(playbook: Variant, slots: int, off: Collection[str]) -> int:
    """How many of the person's contacts a day are left of one of which these halves are off."""
    if not off:
        return slots
    if set(off) >= set(HALVES):
        return 0
    morning = _morning(playbook, slots)
    return slots - morning if MORNING in off else morning


def _morning(playbook: Variant, slots: int) -> int:
    """The morning's part: the targets of its blocks; what no block names belongs to the afternoon (15 and 25 of 40)."""
    after = longest_break(playbook)
    if after is None:
        return (slots + 1) // 2
    named = sum(block.target or 0 for block in playbook.blocks if half_of(block, after) == MORNING)
    return min((2 * slots * named + playbook.daily_slots) // (2 * playbook.daily_slots), slots)


def slots_of_days(
    playbook: Variant, days: Iterable[date], slots: int, off: Mapping[date, Collection[str]]
) -> dict[date, int]:
    """The person's contacts of each of these days."""
    return {day: slots_left(playbook, slots, off.get(day, ())) for day in days}


@lru_cache(maxsize=64)
def without(playbook: Variant, off: frozenset[str]) -> Variant:
    """The playbook of a day of which these halves are off: the blocks of the others, with their own targets.

    A block that takes all that are due stays without its hours: whoever is to pay is asked when the person is there.
    """
    after = longest_break(playbook)
    if after is None or not off or off >= set(HALVES):
        return playbook
    blocks = tuple(
        replace(block, starts=None, ends=None) if half_of(block, after) in off else block
        for block in playbook.blocks
        if half_of(block, after) not in off or block.target is None
    )
    return replace(playbook, blocks=blocks, daily_slots=slots_left(playbook, playbook.daily_slots, off))


def _minutes(at: time | None) -> int:
    return at.hour * 60 + at.minute if at else 0
