"""Who of those who wait stands in a block of their own class.

As many as possible do. Of the ways to do so the blocks that come first in the day are filled first, so that the last
ones give way; of these, whoever comes first in the order given stands. A block that takes two classes leaves to the
block of one of them whom that one needs: nobody sits where another could while a block of their own stays empty.

Whom the blocks can seat together is a transversal matroid, and how many each seats a polymatroid (Edmonds 1970): taking
blocks, then customers, in their order and letting those who sit already move on is exact, not a rule of thumb.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

# The numbers of the blocks in which one may stand, in the order of the day.
Blocks = tuple[int, ...]


def seated(waiting: Sequence[Blocks], room: Sequence[int], capacity: int) -> list[list[int]]:
    """Whom each block takes: their numbers among those who wait, in that order. `room`: places of each block, of which
    the day can fill `capacity`."""
    held = _Seats(_filled(Counter(waiting), room, capacity))
    chosen: dict[Blocks, list[int]] = defaultdict(list)
    full: set[Blocks] = {()}
    for nth, blocks in enumerate(waiting):
        if blocks in full:
            continue
        if held.seat(blocks):
            chosen[blocks].append(nth)
        else:
            full.add(blocks)
    found: list[list[int]] = []
    for taken in held.taken:
        found.append(sorted(nth for blocks, number in taken.items() for nth in chosen[blocks][:number]))
        for blocks, number in taken.items():
            del chosen[blocks][:number]
    return found


def _filled(waiting: Counter[Blocks], room: Sequence[int], capacity: int) -> list[int]:
    """How many each block takes: one block after the other as many as it can, whoever they are."""
    held, left = _Seats([0] * len(room)), Counter(waiting)
    for nth, places in enumerate(room):
        held.free[nth] = wanted = max(min(places, capacity), 0)
        for blocks in left:
            while left[blocks] and held.free[nth] and held.seat(blocks):
                left[blocks] -= 1
        capacity -= wanted - held.free[nth]
    return [taken.total() for taken in held.taken]


class _Seats:
    """The blocks while they are being filled: `free` places of each, and how many sit there who may sit where."""

    def __init__(self, room: Iterable[int]) -> None:
        self.free = list(room)
        self.taken: list[Counter[Blocks]] = [Counter() for _block in self.free]

    def seat(self, blocks: Blocks) -> bool:
        """Give one more a place in one of these blocks, others moving on to theirs; whether there was one."""
        came_from: dict[int, tuple[int, Blocks] | None] = dict.fromkeys(blocks)
        reached = list(blocks)
        for block in reached:
            if self.free[block] > 0:
                self._move_on(block, came_from, blocks)
                return True
            for theirs, number in self.taken[block].items():
                for other in theirs if number else ():
                    if other not in came_from:
                        came_from[other] = (block, theirs)
                        reached.append(other)
        return False

    def _move_on(self, block: int, came_from: dict[int, tuple[int, Blocks] | None], newcomer: Blocks) -> None:
        self.free[block] -= 1
        while (step := came_from[block]) is not None:
            before, theirs = step
            self.taken[block][theirs] += 1
            self.taken[before][theirs] -= 1
            block = before
        self.taken[block][newcomer] += 1
