"""Letters cut into syllables of pinyin: chongqinghg is chong qing h g, and xian is xian or xi an."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from genjin.core.search.pinyin import all_syllables

LONGEST = 40  # letters; nobody types more of a name
READINGS = 6  # ways of cutting that are followed, the likeliest first
ALSO_TYPED = {"lue": "lve", "nue": "nve", "lyu": "lv", "nyu": "nv"}
INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


class Piece(NamedTuple):
    """A syllable that was typed, or its beginning: its first letters, or what was typed so far at the end."""

    letters: str
    is_whole: bool
    is_last: bool = False


@cache
def beginning_with(letters: str) -> tuple[str, ...]:
    """The syllables that begin so."""
    return tuple(sorted(said for said in all_syllables() if said.startswith(letters)))


def cut(letters: str) -> list[tuple[Piece, ...]]:
    """The ways in which letters can be read as syllables, some of them perhaps by their initials; likeliest first.

    >>> [[piece.letters for piece in way] for way in cut("xian")][:2]
    [['xian'], ['xi', 'an']]
    """
    if not 2 <= len(letters) <= LONGEST or not (letters.isascii() and letters.isalpha()):
        return []
    best: list[list[tuple[float, tuple[Piece, ...]]]] = [[] for _ in letters] + [[(0.0, ())]]
    for at in range(len(letters) - 1, -1, -1):
        ways = [
            (cost + more, (piece, *rest))
            for cost, piece, length in _pieces_at(letters, at)
            for more, rest in best[at + length]
        ]
        best[at] = sorted(ways, key=lambda way: way[0])[:READINGS]
    return [way for _, way in best[0]]


def _pieces_at(letters: str, at: int) -> Iterator[tuple[float, Piece, int]]:
    """What may begin here: how unlikely it is, the piece, and how many letters it takes."""
    left = len(letters) - at
    for length in range(min(6, left), 0, -1):
        typed = letters[at : at + length]
        said = ALSO_TYPED.get(typed, typed)
        if said in all_syllables() and (length > 1 or typed in "aeo"):
            yield 1.0 if length > 1 else 1.4, Piece(said, True, length == left), length
        elif length == left and beginning_with(said):
            yield 1.2, Piece(said, False, True), length
        elif typed in INITIALS:
            yield 1.7, Piece(typed, False), length
