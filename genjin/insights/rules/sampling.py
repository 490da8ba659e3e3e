"""Which of a day's notes are worth a manager's time: the same for everybody who asks, and not the worst ones only."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal

Why = Literal["lowest", "class_three", "lot"]
LOWEST, CLASS_THREE, LOT = 4, 3, 3  # (ours)
OF_ONE = 2  # of the lowest at most so many of one author: who copies all day does not fill the page


@dataclass(frozen=True, slots=True)
class Candidate:
    touch: int
    author: int
    score: int
    is_class_three: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """A note to read, with why it was picked."""

    touch: int
    why: Why


def sample(notes: Collection[Candidate], *, day: date) -> list[Picked]:
    """The lowest scores, class 3, and some by lot, each note once. The lot is drawn by the day and the note's key."""
    drawn = sorted(notes, key=lambda note: _lot(day, note.touch))
    lowest = sorted(notes, key=lambda note: (note.score, note.touch))
    picked: dict[int, Picked] = {}
    _take(picked, _at_most(lowest, OF_ONE), LOWEST, "lowest")
    _take(picked, [note for note in drawn if note.is_class_three], CLASS_THREE, "class_three")
    _take(picked, _one_each_first(drawn), LOT, "lot")
    return list(picked.values())


def _lot(day: date, touch: int) -> bytes:
    return blake2b(f"{day.isoformat()}:{touch}".encode(), digest_size=8).digest()


def _take(picked: dict[int, Picked], notes: Iterable[Candidate], count: int, why: Why) -> None:
    left = count
    for note in notes:
        if left and note.touch not in picked:
            picked[note.touch] = Picked(note.touch, why)
            left -= 1


def _at_most(notes: Iterable[Candidate], of_one: int) -> list[Candidate]:
    seen: Counter[int] = Counter()
    kept = []
    for note in notes:
        seen[note.author] += 1
        if seen[note.author] <= of_one:
            kept.append(note)
    return kept


def _one_each_first(notes: Sequence[Candidate]) -> list[Candidate]:
    """In their order, but a second note of anybody comes after everybody's first."""
    seen: Counter[int] = Counter()
    turns = []
    for place, note in enumerate(notes):
        turns.append((seen[note.author], place, note))
        seen[note.author] += 1
    return [note for _turn, _place, note in sorted(turns, key=lambda each: each[:2])]
